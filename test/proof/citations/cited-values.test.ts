import { composed, composing, unprovable } from '../../processor/composition/composing';
import { FIRST_NAME, SMS, UNCLEAR } from '../../processor/composition/recruitment';

const FACTS = {
  teacher: 'Ida Moe',
  headteacher: 'Tom Byrne',
  trip: { day: '2027-03-03', price: { amount: 45, currency: 'GBP' }, deposit: { amount: 10, currency: 'GBP' } },
  lunch_included: false,
  insured: true,
  request_status: 'declined',
  note: 'The coach has not been booked. Meet at the north gate at 08:15, only with a signed form.',
  pupils: [{ name: 'Ann Vale', group: 'A' }, { name: 'Bo Quist', group: 'B' }],
};

type Cited = readonly [path: string, quote: string];

async function tried(value: string, cited: readonly Cited[], language = 'en-GB') {
  const evidence = cited.map(([path, quote]) => ({ path: path === 'template' ? path : `project_data.${path}`, quote }));
  const template = { ...SMS, language, variables: { first_name: FIRST_NAME, point: UNCLEAR } };
  const answer = { point: { evidence, value } };
  return composing({ channel: 'sms', template, facts: FACTS, answers: [answer, answer] });
}

const refused = async (value: string, cited: readonly Cited[]) => unprovable((await tried(value, cited)).result).detail;

test.each<[string, readonly Cited[]]>([
  ['Ida Moe teaches on 3 March.', [['teacher', 'Ida Moe'], ['trip.day', '2027-03-03']]],
  ['the trip costs £45.', [['trip.price.amount', '45']]],
  ['lunch is not included.', [['lunch_included', 'false']]],
  ['please bring your own lunch.', [['lunch_included', 'false']]],
  ['your request was declined.', [['request_status', 'declined']]],
  ['the coach has not been booked yet.', [['note', 'The coach has not been booked.']]],
  ['meet at the north gate at quarter past eight.', [['note', 'north gate at 08:15']]],
  ['the two pupils are Ann Vale and Bo Quist.', [['pupils.0.name', 'Ann Vale'], ['pupils.1.name', 'Bo Quist']]],
  ['Amara, Harbour & Pine asks: did Ida Moe write?', [['teacher', 'Ida Moe']]],
  ['thank you.', []],
])('%s goes out with %j', async (value, cited) => {
  expect(composed((await tried(value, cited)).result).verdicts.point).toBe('proved');
});

test('what the model cited is kept with the composition, beside the value that it wrote', async () => {
  const { result } = await tried('the trip costs £45.', [['trip.price.amount', '45']]);
  expect(composed(result).evidence).toEqual({ point: [{ path: 'project_data.trip.price.amount', quote: '45' }] });
  expect(composed((await tried('thank you.', [])).result)).not.toHaveProperty('evidence');
});

describe('a quote', () => {
  test.each<[string, Cited]>([
    ['of another fact', ['teacher', 'Tom Byrne']],
    ['with other words', ['note', 'The coach has been booked.']],
    ['of a path that is none', ['teachers', 'Ida Moe']],
    ['that is empty', ['teacher', ' ']],
    ['that a colleague of the prototype holds', ['constructor', 'Object']],
  ])('%s is refused', async (_what, cited) => {
    expect(await refused('thank you.', [cited])).toBe('point: unknown_quote');
  });

  test.each<[string, Cited]>([
    ['in other spaces, signs and capitals', ['note', 'the  coach has not been booked.']],
    ['of an object, for one of its fields', ['trip', '2027-03-03']],
    ['of a list, for one of its entries', ['pupils', 'Bo Quist']],
    ['by a path with brackets', ['pupils[1].name', 'Bo Quist']],
    ['of the template', ['template', 'a question about your CV']],
  ])('%s stands at its path', async (_what, cited) => {
    expect(composed((await tried('thank you.', [cited])).result).verdicts.point).toBe('proved');
  });

  test('outside the variable\'s own facts is refused', async () => {
    const template = {
      ...SMS,
      variables: { first_name: FIRST_NAME, point: { ...UNCLEAR, facts: ['project_data.trip'] } },
    };
    const answer = { point: { evidence: [{ path: 'project_data.teacher', quote: 'Ida Moe' }], value: 'thank you.' } };
    const { result } = await composing({ channel: 'sms', template, facts: FACTS, answers: [answer, answer] });
    expect(unprovable(result).detail).toBe('point: unknown_quote');
  });
});

describe('what no cited fact holds is refused, though another fact does', () => {
  test.each<[string, readonly Cited[]]>([
    ['Tom Byrne teaches.', [['teacher', 'Ida Moe']]],
    ['the trip costs £45.', [['trip.deposit.amount', '10']]],
    ['meet on 3 March.', [['note', 'north gate at 08:15']]],
    ['Bo Quist is in group A.', [['pupils.0.name', 'Ann Vale'], ['pupils.0.group', 'A']]],
  ])('%s with %j', async (value, cited) => expect(await refused(value, cited)).toMatch(/^point: .*uncited/));
});

describe('a name in the part of another is refused', () => {
  const both: readonly Cited[] = [['teacher', 'Ida Moe'], ['headteacher', 'Tom Byrne']];

  test('two exchanged', async () => {
    expect(await refused('your teacher is Tom Byrne, the headteacher is Ida Moe.', both)).toBe(
      'point: unknown_relation',
    );
    expect(
      composed((await tried('your teacher is Ida Moe, the headteacher is Tom Byrne.', both)).result).verdicts.point,
    ).toBe('proved');
  });

  test.each([
    'the headteacher wrote to Ida Moe.',
    'Ida Moe sees the headteacher on 3 March.',
    'Ida Moe teaches with the headteacher.',
  ])("but not where the role is another person's: %s", async (value) => {
    const cited: readonly Cited[] = [
      ['teacher', 'Ida Moe'],
      ['trip.day', '2027-03-03'],
    ];
    expect(composed((await tried(value, cited)).result).verdicts.point).toBe('proved');
  });

  test('one that stands where another belongs', async () => {
    expect(await refused('Ida Moe is your headteacher.', [['teacher', 'Ida Moe']])).toBe('point: unknown_relation');
    expect(await refused('your headteacher is Ida Moe.', [['teacher', 'Ida Moe']])).toBe('point: unknown_relation');
  });
});

describe('a cited fact turned round is refused', () => {
  test.each<[string, Cited]>([
    ['lunch is included.', ['lunch_included', 'false']],
    ['there is a meal for everybody.', ['lunch_included', 'false']],
    ['you are not insured.', ['insured', 'true']],
    ['your request was approved.', ['request_status', 'declined']],
    ['the coach has been booked.', ['note', 'The coach has not been booked.']],
    ['do not meet at the north gate.', ['note', 'Meet at the north gate at 08:15']],
  ])('%s with %j', async (value, cited) => expect(await refused(value, [cited])).toMatch(/^point: .*contradiction/));

  test.each<[string, string, Cited]>([
    ['de', 'das Mittagessen ist inbegriffen.', ['lunch_included', 'false']],
    ['fr', 'le repas est inclus.', ['lunch_included', 'false']],
  ])('in %s: %s', async (language, value, cited) => {
    expect(unprovable((await tried(value, [cited], language)).result).detail).toMatch(/contradiction/);
  });
});

test('the schema asks for the evidence first, and the repair for both again', async () => {
  const { model } = await tried('Tom Byrne teaches.', [['teacher', 'Ida Moe']]);
  const [first, second] = model.requests;
  const form = {
    properties: { evidence: { type: 'array' }, value: { type: 'string' } },
    required: ['evidence', 'value'],
  };
  expect(first?.schema).toMatchObject({ properties: { point: form } });
  expect(second?.schema).toMatchObject({ properties: { point: form } });
  expect(second?.repair).toMatchObject({
    point: { value: 'Tom Byrne teaches.', reason: expect.stringContaining('cite') },
  });
  expect(first?.instructions).toContain('letter by letter');
});

test.each([
  ['a bare text', 'Ida Moe teaches.'],
  ['evidence of another form', { value: 'Ida Moe teaches.', evidence: 'teacher' }],
  ['no evidence', { value: 'Ida Moe teaches.' }],
  ['entries that are none', { value: 'Ida Moe teaches.', evidence: [null, 7, { path: 'teacher' }] }],
])('%s cites nothing and is judged by all facts alike', async (_what, point) => {
  const template = { ...SMS, variables: { first_name: FIRST_NAME, point: UNCLEAR } };
  const { result } = await composing({ channel: 'sms', template, facts: FACTS, answers: [{ point }] });
  expect(composed(result).verdicts.point).toBe('proved');
});
