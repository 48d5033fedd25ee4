import { copyFact, DEEPEST_FACTS, gatherFacts, LARGEST_FACTS } from '../../src/proof/facts';
import { project, SUBJECT } from '../processor/composition/recruitment';

const gather = (project_data: Readonly<Record<string, unknown>>) =>
  gatherFacts({ ...SUBJECT, project_data }, project());

describe('the facts for a model', () => {
  test("are one canonical block of JSON with the names, the company and the client's data, whatever the order of "
    + 'the keys', () => {
    const facts = gather({ b: [2, { d: null, c: true }], a: 'x' });
    expect(facts.block).toBe(
      '{"company_data":{"company_name":"Harbour & Pine Recruitment","project_name":"Nurses for ' +
        'Northfield"},"company_rep":{"company_rep_1":"Morgan Blake"},' +
        '"project_data":{"a":"x","b":[2,{"c":true,"d":null}]},"recipient_data":{"recipient_first_name":"Amara","recipient_last_name":"Okafor"}}',
    );
    expect(gather({ a: 'x', b: [2, { c: true, d: null }] }).hash).toBe(facts.hash);
    expect(facts.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(gather({ a: 'y' }).hash).not.toBe(facts.hash);
  });

  test('hold no telephone number and no address of the recipient', () => {
    expect(gather({}).block).not.toMatch(/7700|example\.com/);
  });

  test('hide nothing: invisible characters go, words and emoji stay', () => {
    expect(gather({ 'k\u200Bey': 'a\u{E0041}b\u202Ec\r\nd\u0000 👩‍⚕️\uD83D' }).block).toContain('"key":"abc\\nd 👩‍⚕️"');
  });

  test('that are no JSON become null', () => {
    expect(gather({ a: NaN, b: undefined, c: () => 1 }).block).toContain('"project_data":{"a":null,"b":null,"c":null}');
  });

  test('are limited in size and depth', () => {
    expect(gather({ a: 'x'.repeat(LARGEST_FACTS - 400) }).isTooLarge).toBe(false);
    expect(gather({ a: 'x'.repeat(LARGEST_FACTS) }).isTooLarge).toBe(true);
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < DEEPEST_FACTS - 1; level += 1) deep = { deep };
    expect(gather(deep).isTooLarge).toBe(false);
    expect(gather({ deep }).isTooLarge).toBe(true);
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    expect(gather(deep).isTooLarge).toBe(true);
  });

  test('with a key that every object has are facts like others', () => {
    const data: Record<string, unknown> = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}');
    expect(gather(data).block).toContain('"project_data":{"__proto__":{"a":1},"constructor":"x"}');
  });
});

const plain = (path: string) => ({ path, format: undefined, language: 'en-GB' });

describe('a copied fact', () => {
  test.each([
    ['recipient_data.recipient_first_name', 'Amara'],
    ['recipient_data.recipient_tel', '+447700900210'],
    ['recipient_data.recipient_email', 'amara.okafor@example.com'],
    ['company_data.company_name', 'Harbour & Pine Recruitment'],
    ['company_data.project_id', 'nurses'],
    ['company_rep.company_rep_1', 'Morgan Blake'],
    ['project_data.job_title', 'Staff Nurse, Intensive Care'],
    ['project_data.posts.1.employer', 'St Brigid Hospital'],
    ['project_data.posts.0.hours', '37.5'],
    ['project_data.salary.minimum', '28000'],
  ])('%s is %j', (path, value) => expect(copyFact(plain(path), SUBJECT, project())).toEqual({ value }));

  test.each([
    ['company_rep.company_rep_2', 'fact_missing'],
    ['project_data.nothing', 'fact_missing'],
    ['project_data.job_title.length', 'fact_missing'],
    ['project_data.posts.length', 'fact_missing'],
    ['project_data.posts.9', 'fact_missing'],
    ['project_data.constructor', 'fact_missing'],
    ['project_data.__proto__.toString', 'fact_missing'],
    ['project_data.posts', 'fact_not_text'],
    ['project_data.salary', 'fact_not_text'],
  ])('%s: %s', (path, rule) => expect(copyFact(plain(path), SUBJECT, project())).toEqual({ rule }));

  test('that is blank is missing; one that is not a plain number is not text', () => {
    const data = (value: unknown) =>
      copyFact(plain('project_data.a'), { ...SUBJECT, project_data: { a: value } }, project());
    expect([data('  '), data(null), data(true), data(1e21), data(-0.5)]).toEqual([
      { rule: 'fact_missing' },
      { rule: 'fact_missing' },
      { rule: 'fact_not_text' },
      { rule: 'fact_not_text' },
      { value: '-0.5' },
    ]);
  });
});
