import type { Candidate } from '../../../src/proof/proof';
import { validateCandidates } from '../../../src/proof/proof';
import { evidenceOf, planMessage } from '../../../src/proof/message-plan';
import type { TracedClaim } from '../../../src/proof/trace/proof-trace';
import { proofTrace } from '../../../src/proof/trace/proof-trace';
import { explainClaim } from '../../../src/proof/trace/explain-claim';
import { readTruthCases, planOfCase } from '../../bench/truth/truth-cases';
import type { TruthCase } from '../../bench/truth/truth-cases';
import {
  EMAIL,
  FIRST_NAME,
  project,
  settings,
  SUBJECT,
  UNCLEAR,
  WHATSAPP,
} from '../../processor/composition/recruitment';

const TEMPLATE = {
  ...WHATSAPP,
  body: 'Hello {{1}}: £{{2}} {{3}}',
  variables: { 1: FIRST_NAME, 2: UNCLEAR, 3: UNCLEAR },
};

function planned(
  template: object,
  facts?: Readonly<Record<string, unknown>>,
  channel: 'whatsapp' | 'email' = 'whatsapp',
) {
  const subject = { ...SUBJECT, ...(facts ? { project_data: facts } : {}) };
  const plan = planMessage(subject, project(), settings(channel, template).content);
  if (!plan.valid) throw new Error(plan.detail);
  return plan.plan;
}

const written = (values: Readonly<Record<string, string>>) => new Map<string, Candidate>(
  Object.entries(values).map(([name, value]) => [name, { value, verdict: 'proved' }]),
);

/** The claims of one value, each with the words that it stands on and the words of the fact that proves it. */
function traced(value: string, facts: Readonly<Record<string, unknown>>, language = 'en-GB') {
  const plan = planned({ ...TEMPLATE, language, body: '{{1}} {{2}} {{3}}' }, facts);
  const claims = proofTrace(plan, written({ 3: value })).get('3') ?? [];
  return claims.map(({ start, end, kind, fact, rule }) => ({
    words: value.slice(start, end),
    kind,
    rule,
    path: fact?.path ?? null,
    proof: fact && textAt(facts, fact)?.slice(fact.start, fact.end),
  }));
}

function textAt(facts: unknown, { path }: NonNullable<TracedClaim['fact']>): string | undefined {
  const found = path.split('.').slice(1).reduce((held: unknown, key) => Object(held)[key], facts);
  return found === undefined ? undefined : String(found);
}

test('each claim of a value stands beside the words of the fact that prove it', () => {
  const facts = { visit: 'Nurse Ida Moe comes on 3 March 2027 at 14:30.', fee: { amount: 45, currency: 'GBP' } };
  expect(traced('Ida Moe comes on 3 March at half past two in the afternoon for £45.', facts)).toEqual([
    { words: 'Ida', kind: 'name', rule: null, path: 'project_data.visit', proof: 'Ida' },
    { words: 'Moe', kind: 'name', rule: null, path: 'project_data.visit', proof: 'Moe' },
    { words: '3 March', kind: 'date', rule: null, path: 'project_data.visit', proof: '3 March 2027' },
    { words: 'half past two in the afternoon', kind: 'time', rule: null, path: 'project_data.visit', proof: '14:30' },
    { words: '£45', kind: 'amount', rule: null, path: 'project_data.fee.amount', proof: '45' },
  ]);
});

test('what nothing proves has its rule and no fact', () => {
  const facts = { visit: 'Nurse Ida Moe comes on 3 March 2027.' };
  expect(traced('we guarantee that Tom comes on 4 March', facts)).toEqual([
    { words: 'guarantee', kind: 'words', rule: 'unknown_promise', path: null, proof: null },
    { words: 'Tom', kind: 'name', rule: 'unknown_name', path: null, proof: null },
    { words: '4 March', kind: 'date', rule: 'unknown_date', path: null, proof: null },
  ]);
});

test.each([
  ['number words before it', 'twenty-one pupils meet Ida.', { pupils: 21, by: 'Ida Moe' }, 'Ida'],
  ['a wide digit before it', 'in １０ days Ida calls', { days: 10, by: 'Ida Moe' }, 'Ida'],
  ['an emoji before it', '\u{1F642}\u{1F642} Ida calls', { by: 'Ida Moe' }, 'Ida'],
  ['a fraction sign before it', '½ day with Ida', { days: 0.5, by: 'Ida Moe' }, 'Ida'],
])('a name keeps its place with %s', (_what, value, facts, name) => {
  expect(traced(value, facts)).toContainEqual({
    words: name,
    kind: 'name',
    rule: null,
    path: 'project_data.by',
    proof: name,
  });
});

test.each([
  ['spaces at its ends', '  due on 3 March 2027  ', '3 March 2027'],
  ['number words', 'twenty-one guests on 3 March 2027', '3 March 2027'],
  ['signs that are folded', '… … due “on” 3 March 2027', '3 March 2027'],
])('the place in a fact is that of the fact as it was sent, with %s', (_what, note, proof) => {
  expect(traced('on 3 March', { note })).toEqual([
    { words: '3 March', kind: 'date', rule: null, path: 'project_data.note', proof },
  ]);
});

test('a claim that a value makes with the words around it belongs to the value, clipped to it', () => {
  const plan = planned(TEMPLATE, { fee: { amount: 45, currency: 'GBP' } });
  const trace = proofTrace(plan, written({ 2: '45', 3: 'thank you' }));
  expect(trace.get('2')).toMatchObject([
    { start: 0, end: 2, kind: 'amount', fact: { path: 'project_data.fee.amount' }, rule: null },
  ]);
  expect(proofTrace(plan, written({ 2: '46', 3: 'thank you' })).get('2')).toMatchObject([
    { start: 0, end: 2, rule: 'unknown_amount' },
  ]);
});

test('names of the recipient and of the template are named as such', () => {
  const plan = planned({ ...TEMPLATE, body: '{{1}} {{2}} {{3}} Yours, Larkspur' });
  const [one, two] = proofTrace(plan, written({ 3: 'we thank Amara, Larkspur' })).get('3') ?? [];
  expect(one?.fact).toMatchObject({ path: 'recipient_data.recipient_first_name' });
  expect(two?.fact).toMatchObject({ path: 'template' });
});

test('copies and fallbacks are values as a whole, and a rule of the whole value has no smaller place', () => {
  const plan = planned(TEMPLATE);
  const candidates = new Map<string, Candidate>([
    ['1', { value: 'Amara', verdict: 'copied' }],
    ['2', { value: '9', verdict: 'fallback' }],
    ['3', { value: 'x\ny', verdict: 'proved' }],
  ]);
  expect(Object.fromEntries(proofTrace(plan, candidates))).toEqual({
    1: [
      {
        start: 0,
        end: 5,
        kind: 'value',
        key: 'copied',
        fact: { path: 'recipient_data.recipient_first_name', start: 0, end: 5 },
        rule: null,
      },
    ],
    2: [{ start: 0, end: 1, kind: 'value', key: 'fallback', fact: null, rule: null }],
    3: [{ start: 0, end: 3, kind: 'value', key: 'line_break', fact: null, rule: 'line_break' }],
  });
});

test('a value that stands in two texts of an e-mail is traced once', () => {
  const plan = planned(
    { ...EMAIL, subject: '{{topic}}', text: '{{first_name}} {{point}} {{topic}}' },
    undefined,
    'email',
  );
  expect(proofTrace(plan, written({ topic: 'June 2023', point: 'see Tom' })).get('topic')).toHaveLength(1);
});

test('claims are explained in plain words', () => {
  const plan = planned(TEMPLATE, { by: 'Ida Moe' });
  const value = 'Ida meets Tom';
  const lines = (proofTrace(plan, written({ 3: value })).get('3') ?? []).map((claim) =>
    explainClaim(claim, value, () => 'Ida Moe'),
  );
  expect(lines).toEqual([
    '"Ida" (name): proved by project_data.by ("Ida")',
    expect.stringMatching(/^"Tom" \(name\): refused\. The value names a person/),
  ]);
});

describe('over the benchmark', () => {
  const cases = readTruthCases().filter((_, index) => index % 40 === 0);
  const traceOf = (truthCase: TruthCase) => {
    const plan = planOfCase(truthCase);
    const candidates = written({ [truthCase.scenario.variable]: truthCase.value });
    return { plan, candidates, claims: proofTrace(plan, candidates).get(truthCase.scenario.variable) ?? [] };
  };

  test('a trace names exactly the rules by which the value is refused', () => {
    for (const each of cases) {
      const { plan, candidates, claims } = traceOf(each);
      const refused = validateCandidates(plan, evidenceOf(plan), candidates).refusals.get(each.scenario.variable) ?? [];
      const named = claims.flatMap(({ rule }) => rule ?? []);
      expect({ value: each.value, rules: [...new Set(named)].sort() }).toEqual({
        value: each.value,
        rules: [...refused].sort(),
      });
    }
  });

  test('every place lies in its value, and every claim that may go out is proved by a fact', () => {
    for (const each of cases) {
      for (const { start, end, fact, rule, kind } of traceOf(each).claims) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(each.value.length);
        expect(start).toBeLessThan(end);
        if (rule === null && kind !== 'name') {expect({ value: each.value, fact }).toEqual({ value: each.value, fact: expect.anything() });}
      }
    }
  });
});
