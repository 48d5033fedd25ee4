import metadata from 'libphonenumber-js/metadata.max.json';
import { Metadata } from 'libphonenumber-js/core';
import { identityOf, isReachable, isSameAddress, spellingsOf } from '../../../src/core/recipient/identity';
import { withoutTrunkZero } from '../../../src/core/recipient/telephone';

describe('one person', () => {
  test.each([
    ['a WhatsApp number of Mexico', '+525512345678', 'whatsapp:+5215512345678'],
    ['a WhatsApp number of Argentina', '+541123456789', 'whatsapp:+5491123456789'],
    ['a WhatsApp number of Brazil', '+5511987654321', 'whatsapp:+551187654321'],
    ['an RCS number', '+447700900123', 'rcs:+447700900123'],
    ['a number written by hand', '+447700900123', '44 7700 900-123'],
    ['a number with the zero of its country', '+447700900555', '+4407700900555'],
    ['a domain in capitals', 'ada@example.com', 'ada@EXAMPLE.com'],
    ['a name in capitals', 'priya.shah@example.com', 'Priya.Shah@Example.com'],
    ['an address with a scheme', 'ada@example.com', 'mailto:ada@example.com'],
    ['a business-scoped identifier', 'GB.13491208655302741918', 'whatsapp:gb.13491208655302741918'],
  ])('is known by %s', (_what, one, other) => {
    expect(isSameAddress(one, other)).toBe(true);
    expect(isSameAddress(other, one)).toBe(true);
  });
});

describe('two people', () => {
  test.each([
    ['whose numbers differ in a digit', '+447700900123', '+447700900124'],
    ['one of whom has a landline in Brazil', '+551132345678', '+5511932345678'],
    ['in Italy, where a zero is part of the number', '+390612345678', '+39612345678'],
    ['one of whom is in Mexico and one in the United States', '+525512345678', '+15512345678'],
    ['with a dot between', 'ada.l@example.com', 'adal@example.com'],
    ['with a tag between', 'ada+cv@example.com', 'ada@example.com'],
    ['on two services', 'messenger:13491208655302', 'rcs:13491208655302'],
    ['of two countries', 'GB.13491208655302741918', 'US.13491208655302741918'],
    ['of two letter cases that Meta tells apart', 'GB.aB', 'GB.ab'],
    ['a short code and a number', '12345', '+12345'],
  ])('%s stay two', (_what, one, other) => {
    expect(isSameAddress(one, other)).toBe(false);
  });
});

test.each(['Anonymous', 'anonymous', 'unknown', '+266696687', '', '  ', 'whatsapp:'])('%j is nobody', (address) => {
  expect(identityOf(address)).toBeUndefined();
  expect(isSameAddress(address, address)).toBe(false);
});

test('an identity is its own identity, and so is each of its spellings', () => {
  for (const address of [
    '+5215512345678',
    '+5491123456789',
    '+551187654321',
    'Ada@Example.com',
    'gb.ENT.1',
    'rcs:Agent_1',
    '12345',
    'x'.repeat(10_000),
  ]) {
    const identity = identityOf(address) ?? '';
    expect(identityOf(identity)).toBe(identity);
    for (const spelling of spellingsOf(identity)) expect(identityOf(spelling)).toBe(identity);
    expect(Buffer.byteLength(identity)).toBeLessThanOrEqual(1_024);
  }
});

test('conversations can be had with numbers and e-mail addresses alone', () => {
  expect(['+447700900123', 'ada@example.com'].every(isReachable)).toBe(true);
  expect(['GB.1349', '12345', 'messenger:1', 'messenger:a@b', '+', 'ACME'].some(isReachable)).toBe(false);
});

describe('the zero that is dialled inside a country', () => {
  test.each([
    ['+4407700900555', '+447700900555'],
    ['+4901511234567', '+491511234567'],
    ['+61041234567', '+6141234567'],
    ['+353085123456', '+35385123456'],
  ])('of %s is left out: %s', (wrong, right) => {
    expect(withoutTrunkZero(wrong)).toBe(right);
  });

  test.each(['+447700900555', '+390612345678', '+22507123456', '+15550123456', 'text', '', '+'])(
    'is not in %j',
    (number) => {
      expect(withoutTrunkZero(number)).toBeUndefined();
    },
  );

  test('is left out for no country whose numbers may begin with it', () => {
    const refused = Object.keys(metadata.country_calling_codes).filter(
      (code) => withoutTrunkZero(`+${code}0123456789`) !== undefined,
    );
    expect(refused.length).toBeGreaterThan(90);
    const wrong = refused.filter((code) =>
      countriesOf(code).some(({ prefix, patterns }) => prefix !== '0' || patterns.some(mayBeginWithZero)),
    );
    expect(wrong).toEqual([]);
  });
});

interface Plan {
  readonly prefix: string | undefined;
  readonly patterns: readonly string[];
}

const TYPES = [
  'FIXED_LINE',
  'MOBILE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'PERSONAL_NUMBER',
  'VOICEMAIL',
  'UAN',
  'PAGER',
  'VOIP',
  'SHARED_COST',
] as const;

/** The numbering plans of a calling code by the metadata of libphonenumber; the first is that of its main country. */
function countriesOf(code: string): readonly Plan[] {
  const countries = Object.entries(metadata.country_calling_codes).find(([known]) => known === code)?.[1] ?? [];
  return countries.slice(0, 1).map((country) => {
    const plans = new Metadata(metadata as never) as unknown as {
      selectNumberingPlan(name: string): void;
      readonly numberingPlan: {
        nationalPrefix(): string | undefined;
        type(name: string): { pattern(): string } | undefined;
      };
    };
    plans.selectNumberingPlan(country);
    const { numberingPlan: plan } = plans;
    return { prefix: plan.nationalPrefix(), patterns: TYPES.flatMap((type) => plan.type(type)?.pattern() ?? []) };
  });
}

/** Whether a number of this form can begin with a zero and another digit after it. */
function mayBeginWithZero(pattern: string): boolean {
  const form = new RegExp(`^(?:${pattern})$`);
  return [...Array(9).keys()].some((digit) => [...Array(12).keys()].some((length) => (
    [...Array(10).keys()].some((filler) => form.test(`0${digit + 1}${String(filler).repeat(length)}`)))));
}
