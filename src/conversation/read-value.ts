import type { AnswerValue, ExpectedAnswer } from '../core/company/expected-answer';
import { extractClaims } from '../proof/claims/extract-claims';
import { foldText } from '../proof/claims/folded-text';
import { readYesOrNo } from './yes-or-no';

export interface Reading {
  /** BCP 47 tags by which figures and months may be read; all that read something must read the same. */
  readonly languages: readonly string[];
  /** When the message came (milliseconds since 1970): a date without a year is the nearest one. */
  readonly now: number;
}

/**
 * What a quote says for an expected answer, read by the proof's own readers and nothing else. Undefined where it says
 * nothing of the kind, or more than one thing.
 */
export function readValue(
  expected: Pick<ExpectedAnswer, 'type' | 'choices'>,
  quote: string,
  reading: Reading,
): AnswerValue | undefined {
  switch (expected.type) {
    case 'text':
      return quote;
    case 'choice':
      return onlyChoice(expected.choices ?? [], quote);
    case 'yes_no':
      return readYesOrNo(quote, reading.languages);
    case 'date':
      return onlyOne(reading, (language) => datesIn(keysIn(quote, language), reading.now));
    case 'number':
      return onlyOne(reading, (language) => keysIn(quote, language).map(numberOf));
    case 'amount': {
      const found = onlyOne(reading, (language) => keysIn(quote, language).map(amountOf));
      const [currency = '', amount = ''] = found?.split(' ') ?? [];
      return found === undefined ? undefined : { amount: Number(amount), currency };
    }
  }
}

/** What each figure of a quote needs to be proved: its own reading first. */
function keysIn(quote: string, language: string): readonly string[] {
  const claims = extractClaims({ text: foldText(quote), spans: [] }, language);
  return claims.map(({ needs: [key = ''] }) => key);
}

/** The one value of all figures; a figure of another kind makes none. Every language that reads some reads the same. */
function onlyOne<Value extends string | number>(
  { languages }: Reading,
  read: (language: string) => ReadonlyArray<Value | undefined>,
): Value | undefined {
  const found = languages.map(read).filter((values) => values.length > 0);
  const values = new Set(found.flat());
  const [value] = values;
  return values.size === 1 ? value : undefined;
}

/** The third floor is number 3: ordinals count, as languages abbreviate them. */
function numberOf(key: string): number | undefined {
  const digits = /^(?:number|percentage):number:(-?\d{1,15}(?:\.\d{1,6})?)$/.exec(key)?.[1]
    ?? /^number:(?:ordinal (\d{1,4})|code (\d{1,4})(?:e|er|re|ère|eme|ème|º|ª|o|a)$)/.exec(key)?.slice(1).find(Boolean);
  return digits === undefined ? undefined : Number(digits);
}

/** `$` and `kr` stand for several currencies, and so for none. */
function amountOf(key: string): string | undefined {
  const [, currency, amount] = /^amount:([A-Z]{3}) number:(-?\d{1,12}(?:\.\d{1,4})?)$/.exec(key) ?? [];
  return currency === undefined ? undefined : `${currency} ${amount}`;
}

/** A day as the readers of dates name it; without its year where none is written. */
const DAY = /^date:(?:year (\d{4}) )?month (\d{1,2}) day (\d{1,2})(?: weekday \d)?$/;

/** A language that knows none of the months reads bare figures, and so nothing of the kind. */
function datesIn(keys: readonly string[], now: number): ReadonlyArray<string | undefined> {
  const dates = keys.map((key) => {
    const [, year, month, day] = DAY.exec(key) ?? [];
    if (month === undefined || day === undefined) return undefined;
    const at = [Number(month), Number(day)] as const;
    return year === undefined ? nearest(...at, now) : iso(Number(year), ...at);
  });
  return dates.some((date) => date !== undefined) ? dates : [];
}

/** "12 March": the one that is fewer days away. */
function nearest(month: number, day: number, now: number): string | undefined {
  const year = new Date(now).getUTCFullYear();
  const away = (date: string) => Math.abs(Date.parse(date) - now);
  const dates = [year - 1, year, year + 1].flatMap((one) => iso(one, month, day) ?? []);
  return [...dates].sort((one, other) => away(one) - away(other))[0];
}

function iso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : undefined;
}

/** The one choice whose words stand in the quote; a longer one holds the words of a shorter. */
function onlyChoice(choices: readonly string[], quote: string): string | undefined {
  const said = ` ${plain(quote)} `;
  const found = choices.filter((choice) => plain(choice) !== '' && said.includes(` ${plain(choice)} `));
  const longest = found.filter((choice) => !found.some(
    (other) => other !== choice && ` ${plain(other)} `.includes(` ${plain(choice)} `),
  ));
  return longest.length === 1 ? longest[0] : undefined;
}

function plain(text: string): string {
  // The small letter of a Turkish "İ" keeps its dot as a mark of its own.
  return foldText(text).toLowerCase().replaceAll('i\u0307', 'i').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}
