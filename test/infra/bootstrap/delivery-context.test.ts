import { chosenStages } from '../../../src/infra/bootstrap/chosen-stages';
import { parseDeliveryContext } from '../../../src/infra/bootstrap/delivery-context';

const CONTEXT = {
  repository: { owner: 'example-org', name: 'engine' },
  stages: ['dev', 'prod'].map((name) => ({
    name,
    environment: name,
    testEnvironment: `${name}-test`,
    region: 'eu-west-2',
    writesTestData: false,
  })),
};

test('what the project file wrote is read', () => {
  expect(parseDeliveryContext(CONTEXT)).toEqual(CONTEXT);
});

test.each([
  ['nothing', undefined],
  ['no stage', { ...CONTEXT, stages: [] }],
  ['a repository with a path', { ...CONTEXT, repository: { owner: 'example-org/engine', name: 'x' } }],
  [
    'ids that are not numbers',
    { ...CONTEXT, repository: { ...CONTEXT.repository, ids: { owner: 'a', repository: '2' } } },
  ],
  ['a region that is none', { ...CONTEXT, stages: [{ ...CONTEXT.stages[0], region: 'europe' }] }],
])('%s is one sentence with the way out', (_title, context) => {
  expect(() => parseDeliveryContext(context)).toThrow(
    /^Reading "delivery" from cdk\.json failed: [\s\S]*Run npx projen in the project's folder/,
  );
});

test('stages are chosen by their names', () => {
  const delivery = parseDeliveryContext(CONTEXT);
  expect(chosenStages(delivery, 'prod').map(({ name }) => name)).toEqual(['prod']);
  expect(chosenStages(delivery, 'dev, prod').map(({ name }) => name)).toEqual(['dev', 'prod']);
});

test.each([
  [
    'no choice',
    undefined,
    'no stage was named. Add -c stages= with the stages that live in this account, of dev, prod',
  ],
  ['an empty choice', ' ', 'no stage was named'],
  ['a stage that there is not', 'dev,test', 'there is no stage "test". Take one of dev, prod'],
])('%s is one sentence', (_title, choice, sentence) => {
  expect(() => chosenStages(parseDeliveryContext(CONTEXT), choice)).toThrow(sentence);
});
