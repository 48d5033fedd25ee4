import { amountClaim } from './claims/amounts';
import { CONTACT_KINDS } from './claims/claim';
import { MINOR_UNITS } from './claims/currencies';
import { dateClaims } from './claims/date-parts';
import type { FoundClaim } from './claims/extract-claims';
import { extractClaims } from './claims/extract-claims';
import { foldText } from './claims/folded-text';
import { codeKey, wholeCode } from './claims/known-codes';
import { exactNumberKey, numberKeys, shiftedKeys } from './claims/number-literal';
import { namedDays } from './claims/named-days';
import { nationalForms, telephoneDigits } from './claims/telephone';
import { timeClaim } from './claims/time-keys';
import { durationKey, largerUnit } from './claims/units';
import type { Units } from './fact-places';
import type { Work } from './turns';
import { atOnce } from './turns';

/** A key that a fact offers, with its place in the fact's text as it was read. */
export interface Offer {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The text that was read; number words are digits there. */
  readonly text: string;
}

/** The claims of a text in a template's language. */
export function claimsOf(text: string, language: string): readonly FoundClaim[] {
  return extractClaims({ text: foldText(text), spans: [] }, language);
}

/**
 * Shorter numbers in facts are salaries, identifiers and years; a field's name may say that it is dialled all the same.
 */
const SHORTEST_DIALLED = 1_000_000;
/** Digits of a code or number of which the last ones may be said alone. */
const SHORTEST_TO_END = 7;

/** What a JSON number proves. */
export function numberOffers(value: number, units: Units): readonly Offer[] {
  const key = exactNumberKey(value);
  if (key === undefined) return [];
  const text = String(value);
  const isDialled = Number.isInteger(value) && value >= (units.isDialled ? 100 : SHORTEST_DIALLED);
  const telephones = isDialled ? dialledKeys(text, true) : [];
  return whole(text, [`number:${key}`, ...telephones, ...unitKeys([key], units, value), ...endings(text)]);
}

/** What a text proves: contacts only if it consists of them. */
export function textOffers(text: string, language: string, units: Units): readonly Offer[] {
  const trimmed = text.trim();
  if (isLong(trimmed)) return atOnce(longTextOffers(trimmed, language));
  const folded = foldText(trimmed);
  const found = extractClaims({ text: folded, spans: [] }, language);
  const code = wholeCode(folded);
  const offers = found
    // Half a code proves nothing: "HB71" of "HB71 RDO". "18A1234E" of "NMC 18A1234E" is all but its name.
    .filter(({ isWhole, start, end }) => code === undefined || isWhole || end - start > code.length * 0.6)
    .filter((claim) => claim.isWhole || !CONTACT_KINDS.includes(claim.kind) || isOfSomebody(claim))
    .flatMap((claim) =>
      offersOf(
        claim,
        claim.kind === 'telephone'
          ? dialledKeys(telephoneDigits(claim.text), /^\s*(?:\+|00)/.test(claim.text))
          : claim.offers,
      ),
    );
  const more: string[] = [];
  // A longer number is a claim of its own; a short one is dialled only if its field says so.
  if (units.isDialled && /^\d[\d ]{2,6}$/.test(folded)) more.push(`telephone:${telephoneDigits(folded)}`);
  if (/^-?\d[\d.,' ]*$/.test(folded)) more.push(...unitKeys(numberKeys(folded, language), units, Number(folded)));
  if (code !== undefined) more.push(`number:${codeKey(code)}`);
  const entries = entriesOf(folded);
  if (entries > 0) more.push(`number:count ${entries}`);
  if (folded.length <= 48 && /^[^a-z]*\d/.test(folded)) more.push(...endings(folded));
  return [
    ...offers,
    ...whole(folded, [...more, ...namedDays(folded, language)]),
    ...whole(folded, localTimes(folded, units.zone)),
  ];
}

/** First and last name, and a sign that sets the contact apart. */
const NAME_BEFORE =
  /^(?:(?:\p{Lu}[\p{L}\p{M}.'-]*|von|van|de|da|del|der|den|di|la|el|al|bin) ){1,4}\p{Lu}[\p{L}\p{M}'-]+(?:,|:|;| [(<|-]) ?$/u;

/** `Beth Orozco, b.orozco@example.com`: nothing but a name and an address or a telephone number. */
function isOfSomebody({ kind, text, start, end }: FoundClaim): boolean {
  return kind !== 'link' && start <= 60 && NAME_BEFORE.test(text.slice(0, start)) && /^[)>]?$/.test(text.slice(end));
}

/** Entries of a list that is one text: short, without figures, between semicolons or commas; 0 for other texts. */
function entriesOf(text: string): number {
  if (text.length > 160 || !/[;,]/.test(text) || /[\d.!?:\n]/.test(text)) return 0;
  const entries = text.split(text.includes(';') ? ';' : ',').map((entry) => entry.trim());
  const isList = entries.length <= 8 && entries.every((entry) => entry !== '' && entry.split(' ').length <= 5);
  return isList ? entries.length : 0;
}

/**
 * Characters that are read at once, and claims after which the rest of a text proves nothing: no document has so many.
 */
const LONGEST_PIECE = 4_000;
const MOST_CLAIMS = 2_500;

/** The text is read piece by piece, so that one of nothing but figures holds up no other message. */
export function isLong(text: string): boolean {
  return text.length > LONGEST_PIECE;
}

/** What a long text proves: no contact. */
export function* longTextOffers(text: string, language: string): Work<readonly Offer[]> {
  const offers: Offer[] = [];
  let claims = 0;
  for (let from = 0; from < text.length && claims < MOST_CLAIMS;) {
    const space = text.lastIndexOf(' ', from + LONGEST_PIECE);
    const to = space > from ? space + 1 : from + LONGEST_PIECE;
    const found = claimsOf(text.slice(from, to), language);
    claims += found.length;
    const proving = found.filter(({ kind }) => !CONTACT_KINDS.includes(kind));
    for (const claim of proving) offers.push(...offersOf(claim, claim.offers));
    yield to - from;
    from = to;
  }
  return offers;
}

function offersOf({ start, end, text }: FoundClaim, keys: readonly string[]): readonly Offer[] {
  return keys.map((key) => ({ key, start, end, text }));
}

function whole(text: string, keys: readonly string[]): readonly Offer[] {
  return keys.map((key) => ({ key, start: 0, end: text.length, text }));
}

function dialledKeys(digits: string, isInternational: boolean): readonly string[] {
  return [digits, ...(isInternational ? nationalForms(digits) : [])].map((number) => `telephone:${number}`);
}

function unitKeys(numbers: readonly string[], units: Units, value: number): readonly string[] {
  const { percent, mayBeShare, unit } = units;
  const duration = durationKey(value, unit);
  const isShare = mayBeShare && Math.abs(value) < 1 && value !== 0;
  return [
    ...amountKeys(numbers, units),
    ...(percent ? numbers.map((number) => `percentage:${number}`) : []),
    ...(isShare ? shiftedKeys(numbers, 2).map((number) => `percentage:${number}`) : []),
    ...(unit === undefined ? [] : numbers.map((number) => `number:${number} ${unit}`)),
    ...(duration === undefined ? [] : [duration]),
    ...largerUnitKeys(value, unit),
  ];
}

function largerUnitKeys(value: number, unit: string | undefined): readonly string[] {
  const [larger, factor = 1] = largerUnit(unit) ?? [];
  const number = larger === undefined ? undefined : exactNumberKey(value / factor);
  return number === undefined ? [] : [`number:${number} ${larger}`];
}

function amountKeys(numbers: readonly string[], { currencies, inherited, isMinor }: Units): readonly string[] {
  const all = [...new Set([...currencies, ...inherited])];
  if (!isMinor) return all.flatMap((currency) => amountClaim(currency, numbers).offers);
  // 11200 pence are £112, and not £11,200.
  return all.flatMap((currency) =>
    amountClaim(currency, MINOR_UNITS.has(currency) ? numbers : shiftedKeys(numbers, -2)).offers,
  );
}

/** The last digits of an account, a card or a code, as people quote them. */
function endings(written: string): readonly string[] {
  const squashed = written.replace(/[^\p{L}\p{N}]/gu, '');
  if (squashed.length < SHORTEST_TO_END) return [];
  return [2, 3, 4, 5, 6]
    .map((length) => squashed.slice(-length))
    .filter((last) => /^\d+$/.test(last))
    .map((last) => `number:ending ${last}`);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and time that clocks show in the zone of the object: no appointment is made in UTC. */
function localTimes(text: string, zone: string | undefined): readonly string[] {
  if (zone === undefined || !INSTANT.test(text)) return [];
  const instant = new Date(text.replace(' ', 'T'));
  if (Number.isNaN(instant.getTime())) return [];
  const known = formats.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  if (!known) formats.set(zone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return [
    ...(dateClaims({ year: part('year'), month: part('month'), day: part('day') }) ?? []).flatMap(
      ({ offers }) => offers,
    ),
    ...(timeClaim(part('hour'), part('minute'), part('second'))?.offers ?? []),
  ];
}
