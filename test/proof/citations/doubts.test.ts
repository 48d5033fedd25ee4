import { doubtsAbout } from '../../../src/proof/citations/doubts';
import { missingQualifiers } from '../../../src/proof/citations/qualifiers';
import { collectEvidence } from '../../../src/proof/evidence';

const FACTS = { visit: 'Ida Moe visits on 3 March, free of charge.', refund_promised: true, price_from: 20 };

function doubts(value: string, quote = 'Ida Moe visits on 3 March', language = 'en-GB') {
  const evidence = collectEvidence({ language, facts: FACTS, names: [], templateTexts: ['Hello'] });
  return doubtsAbout(value, evidence, [{ path: ['visit'], value: FACTS.visit, quote }]);
}

test.each([
  ['Ida Moe visits on 3 March.', []],
  ['hello, please let us know which visit this is.', []],
  ['Ida Moe brings biscuits.', ['unknown_word']],
  ['Ida Moe does not visit.', ['negation']],
  ['a refund is free of charge.', ['promise']],
] as const)('%s: %j', (value, expected) => expect(doubts(value)).toEqual(expect.arrayContaining([...expected])));

test.each([
  ['de', 'Ida Moe bringt Kekse.', ['unknown_word']],
  ['de', 'bitte teilen Sie uns mit, wann.', []],
  ['ja', 'クッキーです。', []],
] as const)('in %s %s: %j', (language, value, expected) => {
  expect(doubts(value, '3 March', language)).toEqual([...expected]);
});

test.each([
  ['The visit is free, but only on weekdays.', 'the visit is free', true],
  ['The visit is free, but only on weekdays.', 'the visit is free on weekdays alone, only then', false],
  ['Up to 500 euros are paid back.', '500 euros are paid back', true],
  ['Bis zu 500 Euro werden erstattet.', '500 Euro werden erstattet', true],
  ['Si el pago llega, enviamos el paquete.', 'enviamos el paquete', true],
  ['The parcel may arrive on Monday.', 'the parcel arrives on Monday', true],
  ['The parcel arrives on Monday.', 'the parcel arrives on Monday', false],
])('%s told as %s lacks a qualifier: %s', (fact, value, lacks) => {
  expect(missingQualifiers(value, [fact]).length > 0).toBe(lacks);
});
