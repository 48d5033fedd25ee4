import { CONTACT_KINDS } from './claims/claim';
import { entriesKey, partKey } from './claims/entries';
import { namedDays } from './claims/named-days';
import type { Offer } from './fact-offers';
import { claimsOf } from './fact-offers';
import { wordsOfKey } from './fact-places';

/** What words prove that are no field of their own: anything but contacts. */
export function wordOffers(text: string, language: string): readonly Offer[] {
  return claimsOf(text, language).filter(({ kind }) => !CONTACT_KINDS.includes(kind))
    .flatMap((claim) => claim.offers.map((key) => ({ key, start: claim.start, end: claim.end, text: claim.text })));
}

/** Texts remembered at most; one more, and the memory starts afresh. */
const REMEMBERED = 500;
const remembered = new Map<string, readonly Offer[]>();

function remember(key: string, read: () => readonly Offer[]): readonly Offer[] {
  const known = remembered.get(key);
  if (known) return known;
  const offers = read();
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, offers);
  return offers;
}

/**
 * A template's texts are the same for each of its messages, and reading them is a third of the work of grounding one.
 */
export function templateOffers(text: string, language: string): readonly Offer[] {
  return remember(`${language}\n${text}`, () => claimsOf(text, language)
    .flatMap((claim) => claim.offers.map((key) => ({ key, start: claim.start, end: claim.end, text: claim.text }))));
}

/** The longest key of facts that is read. */
const LONGEST_KEY = 80;

/**
 * A field's name says something too: `monday`, `first_lesson_free`, `2027-06-08`. Digits alone are an index, no number
 * of anything.
 */
export function keyOffers(key: string, language: string): readonly Offer[] {
  if (/^(?:19|20)\d\d$/.test(key)) return [{ key: `date:year ${key}`, start: 0, end: key.length, text: key }];
  if (key.length > LONGEST_KEY || /^\d*$/.test(key)) return [];
  return remember(`${language}\r${key}`, () => {
    const words = wordsOfKey(key).map((word) => word.replace(/^\p{L}/u, (letter) => letter.toUpperCase())).join(' ');
    const texts = /\d{1,2}:\d{2}|\d{4}-\d{2}/.test(key) ? [key] : [words];
    const days = namedDays(words, language).map((day) => ({ key: day, start: 0, end: key.length, text: key }));
    const read = texts
      .flatMap((text) => wordOffers(text, language))
      .filter(
        ({ key: offered }) => /^(?:date|time):|ordinal|^number:code /.test(offered) || (/^number:/.test(offered) && !isSmall(offered, key)),
      );
    return [...read, ...days];
  });
}

/** `option_2`: so small a number only tells fields apart. */
function isSmall(offered: string, key: string): boolean {
  return /\d/.test(key) && !/^number:number:(?:[3-9]|\d{2,4})$/.test(offered);
}

/** How long a list is. */
export function listOffers(length: number): readonly Offer[] {
  return length === 0 ? [] : [{ key: `number:count ${length}`, start: 0, end: 0, text: '' }];
}

/** How many fields an object has, and how many of them are alike: two of the three searches have come back. */
export function entryOffers(values: readonly unknown[], name: string): readonly Offer[] {
  const alike = [...new Set(values)].map((value) => values.filter((other) => other === value).length)
    .filter((count) => count < values.length);
  return wordsOfKey(name).filter((word) => word.length > 2).flatMap((word) => [
    entriesKey(values.length, word), ...alike.map((count) => partKey(count, values.length, word)),
  ]).map((key) => ({ key, start: 0, end: 0, text: '' }));
}
