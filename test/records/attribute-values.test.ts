import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { fromAttributeValues, toAttributeValues } from '../../src/records/attribute-values';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

/** Words that mean something to JavaScript, to the SDK or to DynamoDB, and nothing in a client's facts. */
const WORDS = [
  'constructor',
  '__proto__',
  '___proto__',
  '_proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  'name',
  'Set',
  'Map',
  'Object',
  'String',
  'Number',
  'Uint8Array',
  'Buffer',
  'S',
  'N',
  'M',
  'L',
  'B',
  'SS',
  'NULL',
  '',
  'a.b',
  '#',
  ':',
];

const word = fc.oneof(fc.constantFrom(...WORDS), fc.string());
const leaf = fc.oneof(
  word,
  fc.boolean(),
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
);

/** JSON as `JSON.parse` makes it: every field is the object's own, `__proto__` too. */
const { facts } = fc.letrec<{ facts: unknown; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('facts'),
  ),
  facts: fc
    .array(fc.tuple(word, tie('value')), { maxLength: 5 })
    .map((fields) => JSON.parse(JSON.stringify(Object.fromEntries(fields)))),
}));

const throughWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('any JSON comes back as it was, whatever its fields are called', () => {
  fc.assert(fc.property(facts, (value) => {
    const stored = throughWire(toAttributeValues({ facts: value }));
    expect(JSON.stringify(stored)).not.toContain('"__proto__":');
    const read = fromAttributeValues(stored as never);
    expect(JSON.stringify(read)).toBe(JSON.stringify({ facts: value }));
  }), { numRuns: 500 });
});

test('what the SDK\'s own converter can store is stored as it does it', () => {
  const ordinary = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}[0-9]$/), leaf);
  fc.assert(fc.property(ordinary, (value) => {
    const expected = marshall(value);
    expect(toAttributeValues(value)).toEqual(expected);
    expect(fromAttributeValues(expected)).toEqual(unmarshall(expected));
  }));
});

describe('against a table', () => {
  let dynalite: DynaliteTables;
  beforeAll(async () => { dynalite = await startDynaliteTables(); });
  afterAll(() => dynalite.stop());

  test.each([
    '{"constructor":"Acme Builders"}',
    '{"constructor":{"name":"Set"}}',
    '{"constructor":{"name":"Uint8Array"},"length":3}',
    '{"deep":[{"constructor":{"name":"Map"},"__proto__":{"admin":true}}]}',
    '{"__proto__":"a text","toString":null,"valueOf":1,"toJSON":"no function"}',
    '{"S":"text","N":"1","M":{"L":[]},"NULL":true,"B":"bytes"}',
  ])('%s is written and read', async (json) => {
    const key = { primary_channel: '+447700900123', conversation_id: json };
    const table = dynalite.tables.conversations;
    await dynalite.records.put({ TableName: table, Item: { ...key, project_data: JSON.parse(json) } });
    expect(JSON.stringify((await dynalite.records.get(table, key))?.project_data)).toBe(json);
    const pages = dynalite.records.query({
      TableName: table,
      KeyConditionExpression: 'primary_channel = :person AND conversation_id = :id',
      ExpressionAttributeValues: { ':person': key.primary_channel, ':id': json },
    });
    for await (const [item] of pages) expect(JSON.stringify(item?.project_data)).toBe(json);
  });
});

test.each([
  ['a set of texts', { list: new Set(['b', 'a']) }, { list: { SS: ['b', 'a'] } }],
  ['a set of numbers', { list: new Set([2, 1]) }, { list: { NS: ['2', '1'] } }],
  ['bytes', { bytes: new Uint8Array([1]) }, { bytes: { B: new Uint8Array([1]) } }],
  ['more digits than a number keeps', { big: 12_345_678_901_234_567_890n }, { big: { N: '12345678901234567890' } }],
])('%s is kept as it is', (_what, item, stored) => {
  expect(toAttributeValues(item)).toEqual(stored);
  expect(fromAttributeValues(stored)).toEqual(item);
});

test('sets of numbers and bytes that other tools wrote are read', () => {
  expect(fromAttributeValues({ numbers: { NS: ['1'] }, bytes: { BS: [new Uint8Array([1])] }, tiny: { N: '1E-130' } }))
    .toEqual({ numbers: new Set([1]), bytes: [new Uint8Array([1])], tiny: 1e-130 });
});

test('what is undefined is left out, at any depth', () => {
  expect(toAttributeValues({ a: undefined, b: { c: undefined }, d: [undefined, 1] }))
    .toEqual({ b: { M: {} }, d: { L: [{ N: '1' }] } });
});

test.each([
  ['a function', { f: () => 1 }],
  ['an empty set', { s: new Set() }],
  ['a mixed set', { s: new Set(['a', 1]) }],
  ['a number that is not exact', { n: 2 ** 53 }],
  ['a number that is not one', { n: Number.NaN }],
  ['an object of a class', { at: new Date(0) }],
])('%s cannot be written, and the error says what to do', (_what, item) => {
  expect(() => toAttributeValues(item)).toThrow(/^Writing an item failed: .*\. (Write|Leave)/);
});
