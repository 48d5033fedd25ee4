import { brokenRules } from './proving';

const FACTS = {
  visit: { technician: 'Bea Lindholm', city: 'Perth', starts_at: '09:15', ends_at: '11:45' },
  manager: { first_name: 'Omar', last_name: 'Vance' },
  plan: { setup_fee: { amount: 35, currency: 'GBP' }, monthly_fee: { amount: 12, currency: 'GBP' } },
  walk: { distance_km: 6, duration_hours: 3 },
  form: { signed: false },
  loan: { status: 'declined' },
};

describe('names', () => {
  test.each([
    'our technician Bea Lindholm comes to Perth.',
    "Bea's visit is with Omar Vance.",
    "the visit in Perth is on, and I'm glad.",
  ])('%j names what the facts name', (value) => {
    expect(brokenRules(value, FACTS)).toEqual([]);
  });

  test.each([
    'our technician Bea Lundqvist comes.',
    'the visit is in Durham.',
    'Omar Lindholm comes to you.',
    'you hold a BA.',
    'Lundqvist comes to you.',
  ])('%j does not', (value) => {
    expect(brokenRules(value, FACTS)).toEqual(['unknown_name']);
  });

  test.each<[string, string, readonly string[]]>([
    ['de-DE', 'unser Techniker Bea Lindholm kommt nach Perth, die Rechnung folgt.', []],
    ['de-DE', 'unser Techniker Bea Sommer kommt.', ['unknown_name']],
    ['pl-PL', 'technik Bea Lindholma przyjedzie do Państwa.', []],
    ['fr-FR', 'notre technicienne Bea Morel vient chez vous.', ['unknown_name']],
  ])('in %s: %j', (language, value, rules) => expect(brokenRules(value, FACTS, { language })).toEqual(rules));
});

describe('relations', () => {
  test.each([
    'the setup fee is £35 and the monthly fee £12.',
    'you pay £35 for the setup and £12 a month.',
    'it starts at 9:15 and ends at 11:45.',
    'the walk takes three hours and is six kilometres long.',
  ])('%j is said as the facts do', (value) => expect(brokenRules(value, FACTS)).toEqual([]));

  test.each([
    'the setup fee is £12 and the monthly fee £35.',
    'it starts at 11:45 and ends at 9:15.',
    'the walk takes six hours and is three kilometres long.',
    'the monthly fee is £35.',
  ])('%j is not', (value) => expect(brokenRules(value, FACTS)).toContain('unknown_relation'));
});

describe('wording', () => {
  test.each<[string, string]>([
    ['we guarantee that it works.', 'unknown_promise'],
    ['you should replace the boiler.', 'unknown_promise'],
    ['the spots are harmless.', 'unknown_promise'],
    ['thank you, we have your signed form.', 'contradiction'],
    ['your loan has been approved.', 'contradiction'],
  ])('%j breaks %s', (value, rule) => expect(brokenRules(value, FACTS)).toEqual([rule]));

  test.each([
    'we cannot guarantee that it works.',
    'your form is not signed yet.',
    'please sign the form.',
    'your loan was declined.',
  ])('%j goes out', (value) => {
    expect(brokenRules(value, FACTS)).toEqual([]);
  });

  test('what the facts promise may be promised', () => {
    expect(brokenRules('you get a refund within the warranty.', { terms: 'refundable under warranty' })).toEqual([]);
  });
});

describe('facts with the names of what every object has', () => {
  const facts = JSON.parse('{"constructor":{"name":"Kit Ames","fee_gbp":7},"__proto__":{"level":4}}');

  test('are facts like others', () => {
    expect(brokenRules('Kit Ames is on level 4 and takes £7.', facts)).toEqual([]);
    expect(brokenRules('Kit Ames is on level 5.', facts)).toEqual(['unknown_number']);
  });
});
