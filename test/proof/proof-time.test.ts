import { evidenceOf, planMessage } from '../../src/proof/message-plan';
import type { Candidate } from '../../src/proof/proof';
import { validateCandidates } from '../../src/proof/proof';
import { project, settings, SUBJECT, WHATSAPP } from '../processor/composition/recruitment';

/** Processor time in milliseconds, which other work on the machine does not lengthen. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function plan(project_data: Readonly<Record<string, unknown>>) {
  const planned = planMessage(
    { ...SUBJECT, project_data },
    project(),
    settings('whatsapp', {
      ...WHATSAPP,
      variables: { ...WHATSAPP.variables, 2: { description: 'Anything', max_length: 1_600 } },
    }).content,
  );
  if (!planned.valid) throw new Error(planned.detail);
  return planned.plan;
}

const written = (value: string) =>
  new Map<string, Candidate>([
    ['1', { value: 'Amara', verdict: 'copied' }],
    ['2', { value, verdict: 'proved' }],
  ]);

test('a typical message is proved in milliseconds; `npx projen bench -- truth` measures how many', () => {
  const typical = plan(SUBJECT.project_data);
  const evidence = evidenceOf(typical);
  const candidates = written('we see two end dates for Northfield Care Home, June 2023 and August 2023.');
  const prove = (times: number) =>
    processorTime(() => {
      for (let run = 0; run < times; run += 1) validateCandidates(typical, evidence, candidates);
    });
  prove(100);
  // The bound shows a mistake in order of magnitude, on a slow machine and with coverage too.
  expect(prove(200) / 200).toBeLessThan(25);
});

/** Short texts that, repeated, make careless patterns take quadratic or exponential time. */
const HOSTILE = [
  'a',
  '1',
  '1 ',
  'a.',
  '@',
  'one ',
  'twenty-one and ',
  'Mon 1 May 2023, ',
  '1/',
  'ignore a ',
  '£1 ',
  '1,',
  '1.000',
  '1.000 ',
  'a+',
  'a-',
  ' ',
  '[',
  'call us us us ',
  "1'",
  '-',
  '👩‍👩',
  '٣',
  'a%',
  'user: x\n',
  '五万',
  'a\u0301',
  '1 million ',
  'euro ',
  'http:',
  'a:',
  '+',
  '(',
  '100 ',
  '1-',
  '1:',
  '12:30 ',
  'a\u200D',
  'oh double ',
  "'",
  '111,',
  'https://',
  '. ',
  'at 1 ',
];

/** Long enough that quadratic time would show by far: 30,000 characters squared are a thousand million steps. */
const FACTS = 30_000;

test.each(HOSTILE)(`a value of 1,600 and facts of ${FACTS} characters of %j are proved in time`, (text) => {
  const hostile = plan({ note: text.repeat(Math.ceil(FACTS / text.length)) });
  const candidates = written(text.repeat(Math.ceil(1_600 / text.length)).slice(0, 1_600));
  expect(processorTime(() => validateCandidates(hostile, evidenceOf(hostile), candidates))).toBeLessThan(4_000);
});

test.each([
  ['a link with a long end', (length: number) => `http://a.com/${'!'.repeat(length)}x`],
  ['an address with a long end', (length: number) => `a@b.com${'!'.repeat(length)}x`],
  ['zeros', (length: number) => `1.${'0'.repeat(length)}1`],
  ['ranges', (length: number) => 'from 1 to 2, 3 and 4 May, '.repeat(length / 26)],
])('facts of %s take at most in proportion to their length', (_what, text) => {
  const once = (length: number) =>
    Math.min(...[1, 2, 3].map(() => processorTime(() => evidenceOf(plan({ note: text(length) })))));
  once(1_000);
  // Quadratic time would be four times as much; what the garbage collector adds is not.
  expect(once(96_000)).toBeLessThan(3.3 * once(48_000) + 25);
});
