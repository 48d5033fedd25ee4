/** Calling codes of countries whose numbers are dialled with a zero inside the country and without it from abroad. */
const ZERO_INSIDE_ONLY = new Set((
  '20 27 31 32 33 40 41 43 44 46 49 51 53 54 55 57 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 ' +
  '218 231 232 233 234 243 249 251 252 254 255 256 260 261 262 263 264 265 291 353 355 358 359 370 373 374 377 380 ' +
  '381 382 383 385 386 387 389 421 423 508 590 591 593 594 595 596 598 686 850 855 856 880 886 961 962 963 964 966 ' +
  '967 970 971 972 976 977 994 995 996'
).split(' '));

/**
 * What cannot stand at the beginning of a number that is dialled from abroad, for one expression of the API's document.
 */
export const TRUNK_ZERO = `\\+(?:${[...ZERO_INSIDE_ONLY].join('|')})0[1-9]`;

/**
 * One subscriber, two numbers: networks have dropped or added a digit, and vendors report whichever they like. `from`
 * is the other spelling, `to` the one that stands for both.
 */
const SPELLINGS: ReadonlyArray<{
  readonly from: RegExp;
  readonly to: string;
  readonly back: readonly [RegExp, string];
}> = [
  // Mexico: the 1 of mobile numbers fell away in 2019, and WhatsApp still writes it.
  { from: /^\+521(\d{10})$/, to: '+52$1', back: [/^\+52(\d{10})$/, '+521$1'] },
  // Argentina: the 9 of mobile numbers stands in calls from abroad and on WhatsApp, and not in every directory.
  { from: /^\+549(\d{10})$/, to: '+54$1', back: [/^\+54(\d{10})$/, '+549$1'] },
  // Brazil: mobile numbers, which begin with 6 to 9, have got a 9 in front, and WhatsApp still leaves it out.
  { from: /^\+55(\d{2})([6-9]\d{7})$/, to: '+55$19$2', back: [/^\+55(\d{2})9([6-9]\d{7})$/, '+55$1$2'] },
];

/** The number without the zero that is only dialled inside its country; undefined if it has none. */
export function withoutTrunkZero(number: string): string | undefined {
  const [, digits = ''] = /^\+(\d{1,20})$/.exec(number) ?? [];
  const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((prefix) => ZERO_INSIDE_ONLY.has(prefix));
  const rest = code === undefined ? '' : digits.slice(code.length);
  return /^0[1-9]/.test(rest) ? `+${code}${rest.slice(1)}` : undefined;
}

/** The one spelling that stands for a subscriber. */
export function canonicalTelephone(number: string): string {
  const dialled = withoutTrunkZero(number) ?? number;
  return SPELLINGS.reduce((spelling, { from, to }) => spelling.replace(from, to), dialled);
}

/** The other spelling under which a vendor may know the subscriber of a canonical number. */
export function otherTelephones(canonical: string): readonly string[] {
  return SPELLINGS.flatMap(({ back: [pattern, spelling] }) =>
    pattern.test(canonical) ? [canonical.replace(pattern, spelling)] : [],
  );
}
