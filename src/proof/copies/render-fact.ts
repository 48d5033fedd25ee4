import type { CopyFormat } from '../../core/channels/template-base';
import { supportedLocale } from '../claims/number-literal';
import { nationalForms, telephoneDigits } from '../claims/telephone';
import type { Leaf } from '../fact-places';
import { visitFacts } from '../fact-places';

/** A fact at its place among the others: a currency and a time zone stand beside it. */
export interface PlacedFact {
  /** Dotted, from a section of the facts. */
  readonly path: string;
  readonly value: unknown;
  /** The sections of the request. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Writes a fact in the template's language, in one of the formats; undefined if the fact has not that form. */
export function renderFact(fact: PlacedFact, format: CopyFormat, language: string): string | undefined {
  const [locale = 'en'] = supportedLocale(language);
  const written = WRITERS[format](fact, locale);
  // Narrow spaces and direction marks of the locale data cost SMS segments and are no part of what is said.
  return written?.replace(/[\u00A0\u202F\u2009]/gu, ' ').replace(/[\u200E\u200F\u061C]/gu, '');
}

const WRITERS: Readonly<Record<CopyFormat, (fact: PlacedFact, locale: string) => string | undefined>> = {
  date: (fact, locale) => dateText(fact, locale, { dateStyle: 'long' }),
  time: (fact, locale) => timeText(fact, locale),
  amount: (fact, locale) => amountText(fact, locale),
  phone: ({ value }) => telephoneText(value),
  list: ({ value }, locale) => listText(value, locale),
};

const DAY = /^\d{4}-\d{2}-\d{2}/;
const CLOCK = /^(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}):(\d{2})/;
const WITH_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** A day as it is written, or an instant on the day that clocks show in the zone of its object. */
function dateText(fact: PlacedFact, locale: string, style: Intl.DateTimeFormatOptions): string | undefined {
  const { value } = fact;
  if (typeof value !== 'string' || !DAY.test(value)) return undefined;
  const zone = WITH_OFFSET.test(value) && CLOCK.test(value) ? leafAt(fact)?.units.zone : undefined;
  const moment = zone === undefined ? Date.parse(value.slice(0, 10)) : Date.parse(value.replace(' ', 'T'));
  // `2026-02-30` is read as a day of March.
  const isReal = !Number.isNaN(moment) && (zone !== undefined || isDay(value.slice(0, 10), moment));
  return isReal ? new Intl.DateTimeFormat(locale, { ...style, timeZone: zone ?? 'UTC' }).format(moment) : undefined;
}

function isDay(written: string, moment: number): boolean {
  return new Date(moment).toISOString().slice(0, 10) === written;
}

function timeText(fact: PlacedFact, locale: string): string | undefined {
  const { value } = fact;
  const [, hour, minute] = typeof value === 'string' ? CLOCK.exec(value) ?? [] : [];
  if (typeof value !== 'string' || hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const zone = WITH_OFFSET.test(value) && DAY.test(value) ? leafAt(fact)?.units.zone : undefined;
  const moment =
    zone === undefined ? Date.UTC(2000, 0, 1, Number(hour), Number(minute)) : Date.parse(value.replace(' ', 'T'));
  if (Number.isNaN(moment)) return undefined;
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone ?? 'UTC' }).format(moment);
}

/** A number whose place names one currency, or an object of one number and its currency. */
function amountText(fact: PlacedFact, locale: string): string | undefined {
  const leaf = typeof fact.value === 'object' ? onlyNumberBelow(fact) : leafAt(fact);
  if (!leaf) return undefined;
  const number =
    typeof leaf.value === 'string' && /^-?\d+(?:\.\d+)?$/.test(leaf.value) ? Number(leaf.value) : leaf.value;
  const named = [...new Set(leaf.units.currencies.length > 0 ? leaf.units.currencies : leaf.units.inherited)];
  const [currency] = named.map((name) => WHOLE_CURRENCY[name] ?? name).filter((name) => /^[A-Z]{3}$/.test(name));
  if (typeof number !== 'number' || !Number.isFinite(number) || currency === undefined || named.length !== 1) {return undefined;}
  const amount = leaf.units.isMinor ? number / 100 : number;
  const digits = Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(amount);
}

/** Hundredths name their currency where it is one. */
const WHOLE_CURRENCY: Readonly<Partial<Record<string, string>>> = { pence: 'GBP' };

function leafAt(fact: PlacedFact): Leaf | undefined {
  return leavesBelow(fact).find(({ path }) => path.join('.') === fact.path);
}

function onlyNumberBelow(fact: PlacedFact): Leaf | undefined {
  const numbers = leavesBelow(fact).filter(
    ({ path, value }) => typeof value === 'number' && path.join('.').startsWith(`${fact.path}.`),
  );
  return numbers.length === 1 ? numbers[0] : undefined;
}

function leavesBelow({ facts, path }: PlacedFact): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const nothing = () => undefined;
  visitFacts(facts, {
    key: nothing,
    list: nothing,
    leaf: (leaf) => leaf.path.join('.').startsWith(path) && leaves.push(leaf),
  });
  return leaves;
}

/** `+44 7700 900123`: the country's code, and groups that people read aloud. */
function telephoneText(value: unknown): string | undefined {
  const written = typeof value === 'string' ? value.trim() : '';
  if (!/^(?:\+|00)[\d ().-]{7,30}$/.test(written)) return undefined;
  const digits = telephoneDigits(written);
  const rest = nationalForms(digits).at(-1);
  if (rest === undefined || digits.length > 15) return undefined;
  const code = digits.slice(0, digits.length - rest.length);
  return [`+${code}`, ...groupsOf(rest, code)].join(' ');
}

function groupsOf(digits: string, code: string): readonly string[] {
  if (code === '44' && digits.length === 10) return [digits.slice(0, 4), digits.slice(4)];
  const first = digits.length % 3 === 2 ? 2 : 3;
  const groups: string[] = [];
  for (let from = 0; from < digits.length;) {
    const left = digits.length - from;
    const length = from === 0 ? first : left === 4 ? 4 : 3;
    groups.push(digits.slice(from, from + length));
    from += length;
  }
  return groups;
}

/** Entries of a list at most: more are no sentence. */
const LONGEST_LIST = 20;

function listText(value: unknown, locale: string): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > LONGEST_LIST) return undefined;
  const entries = value.map((entry: unknown) =>
    typeof entry === 'string'
      ? entry.trim()
      : typeof entry === 'number'
        ? new Intl.NumberFormat(locale).format(entry)
        : '',
  );
  return entries.includes('') ? undefined : new Intl.ListFormat(locale, { type: 'conjunction' }).format(entries);
}
