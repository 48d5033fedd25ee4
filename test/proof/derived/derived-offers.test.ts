import { derivedOffers } from '../../../src/proof/derived/derived-offers';
import type { Leaf } from '../../../src/proof/fact-places';
import { visitFacts } from '../../../src/proof/fact-places';
import { collectEvidence } from '../../../src/proof/evidence';
import { extractClaims } from '../../../src/proof/claims/extract-claims';
import { foldText } from '../../../src/proof/claims/folded-text';
import { regionalCurrency } from '../../../src/proof/regional-currency';

/** The claims of a text that no fact proves. */
function unproved(text: string, facts: Readonly<Record<string, unknown>>, language = 'en-GB'): readonly string[] {
  const { offered } = collectEvidence({ language, facts, names: [], templateTexts: [] });
  return extractClaims({ text: foldText(text), spans: [] }, language)
    .filter(({ needs }) => !needs.some((key) => offered.has(key)))
    .map((claim) => claim.text.slice(claim.start, claim.end));
}

const BILL = { total: 386.4, paid: 100, currency: 'EUR' };
const ORDER = { lines: [{ qty: 2, unit_price: 38.5 }, { qty: 1, unit_price: 52 }], booking_fee: 4.5, currency: 'GBP' };
const FEE = { net_minor: 124_000, vat_rate: 0.2, currency: 'GBP' };

test.each([
  ['€286.40 is still to pay', BILL],
  ['two tickets come to £77', ORDER],
  ['you have three tickets', ORDER],
  ['two things to bring', { bring: 'photo ID; forklift licence' }],
  ['it weighs 1.25 kg', { weight_g: 1_250 }],
  ['it costs £90, 10% less', { price_gbp: 100, early_price_gbp: 90 }],
  ['€30 is left', { totalCents: 8_000, paidCents: 5_000, currency: 'EUR' }],
  ['the fee is £1,240 plus VAT, £1,488 in all', FEE],
  ['VAT comes to £248', FEE],
  ['the rent goes from £925 to £950, £25 more', { rent: { current: 925, next: 950, currency: 'GBP' } }],
  ['the deposit is 10% of the price', { funds: { deposit: 28_750, price: 287_500, currency: 'GBP' } }],
  ['you used 68 kWh less', { used_kwh: 742, last_year_kwh: 810 }],
  ['it weighs 0.5kg less', { pet: { weight_kg: 4.6, previous_weight_kg: 5.1 } }],
  ['it takes 90 minutes', { slot: { start: '2027-01-20T08:00:00Z', end: '2027-01-20T09:30:00Z' } }],
  ['it takes two hours', { opens: '10:00', closes: '12:00' }],
])('%p follows from facts that stand together', (text, facts) => {
  expect(unproved(text, facts)).toEqual([]);
});

test.each([
  ['€286.50 is still to pay', BILL, ['€286.50']],
  ['three tickets come to £115.50', ORDER, ['£115.50']],
  ['four tickets', ORDER, ['4']],
  ['the fee comes to £1,448', FEE, ['£1,448']],
  ['the deposit is 11% of the price', { funds: { deposit: 28_750, price: 287_500, currency: 'GBP' } }, ['11%']],
  ['the estimate is £180 to £420', { estimate: { low: 180, high: 240, currency: 'GBP' } }, ['£420']],
  ['3 pets', { rooms: 5, dogs: 2 }, ['3']],
  ['it ends at 9:45', { slot: { start: '2027-01-20T08:00:00Z', end: '2027-01-20T09:30:00Z' } }, ['9:45']],
  ['£150 in all', { price: { value: 100, currency: 'GBP' }, other: { value: 50, currency: 'EUR' } }, ['£150']],
])('%p does not', (text, facts, expected) => {
  expect(unproved(text, facts)).toEqual(expected);
});

test('among many amounts only those of one object are reckoned with', () => {
  const prices = Object.fromEntries(Array.from({ length: 9 }, (_none, index) => [`item_${index}`, { price: 100 + 7 * index }]));
  expect(unproved('£207 for both', { ...prices, currency: 'GBP' })).toEqual(['£207']);
  expect(unproved('£207 for both', { both: { bed_price: 100, desk_price: 107 }, ...prices, currency: 'GBP' })).toEqual([]);
});

describe('hostile facts', () => {
  const repeated = (count: number, entry: (index: number) => readonly [string, unknown]) =>
    Object.fromEntries(Array.from({ length: count }, (_none, index) => entry(index)));
  const derived = (facts: unknown) => {
    const leaves: Leaf[] = [];
    visitFacts(facts, { key: () => undefined, list: () => undefined, leaf: (leaf) => leaves.push(leaf) });
    return derivedOffers(leaves).length;
  };

  test.each<readonly [string, (count: number) => unknown]>([
    ['prices and quantities of one object', (count) => ({
      currency: 'GBP',
      ...repeated(count, (index) => [`unit_price_${index}`, 100 + index]),
      ...repeated(count, (index) => [`qty_${index}`, 2 + (index % 900)]),
    })],
    ['amounts and rates of one object', (count) => ({
      ...repeated(count, (index) => [`fee_gbp_${index}`, 100 + index]),
      ...repeated(count, (index) => [`vat_rate_${index}`, 0.1 + index / 100_000]),
    })],
    ['amounts of one list', (count) => ({ prices_gbp: Array.from({ length: count }, (_none, index) => index + 1) })],
    ['times of one object', (count) => repeated(count, (index) => [`at_${index}`, `2027-01-${10 + (index % 20)}T08:00:00Z`])],
    ['weights of one object', (count) => repeated(count, (index) => [`weight_kg_${index}`, index + 0.5])],
    ['objects of a price and a quantity', (count) => repeated(count, (index) => [`line_${index}`, { unit_price_gbp: index, qty: 3 }])],
  ])('%s: many of them derive no more than few', (_what, facts) => {
    // Each pair of 4,000 would be too many for memory, and for the arguments of one call.
    expect(derived(facts(4_000))).toBeLessThanOrEqual(derived(facts(2_000)));
    expect(derived(facts(2_000))).toBeLessThanOrEqual(5_000);
  });

  test('many small objects derive a bounded number of keys', () => {
    const line = repeated(4, (index) => [`unit_price_gbp_${index}`, 10 + index]);
    const amounts = { ...line, ...repeated(4, (index) => [`qty_${index}`, 20 + index]), vat_rate: 0.2 };
    expect(derived(repeated(60, (index) => [`line_${index}`, { ...amounts }]))).toBe(5_000);
    expect(derived(repeated(61, (index) => [`line_${index}`, { ...amounts }]))).toBe(0);
  });
});

describe('money whose facts name no currency', () => {
  test.each([
    ['en-GB', 'the total is £133.50', { order: { total: 133.5 } }],
    ['en-US', 'the total is $133.50', { order: { total: 133.5 } }],
    ['de-DE', 'Die Gebühr beträgt 12,50 €', { gebühr: 12.5 }],
    ['pl-PL', 'Rata wynosi 747,50 zł', { oferta: { rata_gr: 74_750 } }],
    ['en-GB', 'labour is £68', { quote: { labour_minor: 6_800 } }],
    ['sv-SE', 'Hyran är 8 745 kr', { hyra: { ny_hyra: 8_745 } }],
  ])('is in what the region of %s pays with: %p', (language, text, facts) => {
    expect(unproved(text, facts, language)).toEqual([]);
  });

  test.each([
    ['en-GB', 'it costs £500', { copies: 500 }],
    ['en-GB', 'it costs £12', { age: 12, room: { number: 12 } }],
    ['en-GB', 'the total is £133.50', { order: { total: 133.5, currency: 'EUR' } }],
    ['en', 'the total is £133.50', { order: { total: 133.5 } }],
  ])('is not guessed in %s: %p', (language, text, facts) => {
    expect(unproved(text, facts, language)).not.toEqual([]);
  });

  test('a tag tells its region, or the one where its language is at home', () => {
    expect(['en-GB', 'de', 'pt-BR', 'zh-Hant-TW', 'fr-CA', 'es', 'en', ''].map(regionalCurrency)).toEqual([
      'GBP', 'EUR', 'BRL', 'TWD', 'CAD', undefined, undefined, undefined,
    ]);
  });
});
