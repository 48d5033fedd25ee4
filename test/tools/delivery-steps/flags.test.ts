import { readFlags } from '../../../tools/delivery-steps/flags';

const NAMES = { one: ['stage'], optional: ['run'], many: ['person'] };

test('flags are read by how often they are given', () => {
  const flags = readFlags('guard', ['--stage', 'prod', '--person', 'ada', '--person', 'grace'], NAMES);
  expect([flags.one('stage'), flags.optional('run'), flags.many('person')]).toEqual(['prod', undefined, ['ada', 'grace']]);
});

test('an empty value counts as not given, as an unset variable of a workflow arrives', () => {
  expect(readFlags('find', ['--stage', 'prod', '--run', ''], NAMES).optional('run')).toBeUndefined();
  expect(() => readFlags('find', ['--stage', ''], NAMES)).toThrow('it needs --stage once, with a value');
});

test('a flag that is missing, doubled or unknown is one sentence', () => {
  expect(() => readFlags('find', [], NAMES)).toThrow('Running the pipeline step "find" failed: it needs --stage once');
  expect(() => readFlags('find', ['--stage', 'dev', '--stage', 'prod'], NAMES)).toThrow('it needs --stage once');
  expect(() => readFlags('find', ['--stage', 'dev', '--colour', 'red'], NAMES)).toThrow('It knows --stage, --run, --person.');
});

test('a value that looks like a flag is no value', () => {
  expect(() => readFlags('find', ['--stage', '--run'], NAMES)).toThrow('Running the pipeline step "find" failed');
});
