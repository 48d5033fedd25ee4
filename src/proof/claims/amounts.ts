import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { CURRENCY, currencyOf, MONEY_WORD, provedCurrencies } from './currencies';
import { NUMBER, numberKeys } from './number-literal';
import { DIGIT_START, LETTER, WORD_END, WORD_START } from './word-boundary';

const PERCENT = `(?:%|(?<!${LETTER})(?:per ?cent|percentage points?|pct|prozent|procent|pour cent|por ciento|per cento)${WORD_END})`;
const PERCENTAGE = new RegExp(`(?=[-\\d])${WORD_START}(?<number>-?${NUMBER}) ?${PERCENT}`, 'giu');
const CURRENCY_FIRST = new RegExp(`${WORD_START}(?<currency>${CURRENCY})(?:(?<=[A-Za-z])\\.)? ?(?<number>-?${NUMBER})${WORD_END}`, 'gu');
const NUMBER_FIRST = new RegExp(`${DIGIT_START}(?<number>${NUMBER})(?:,-|\\.-)? ?(?<currency>${CURRENCY})${WORD_END}`, 'gu');
/** Money or a share in words that are no English number: `fünfzig Euro`. The words around are part of the claim. */
const WORD_BEFORE = `(?:(?<!${LETTER})${LETTER}{1,40}[ -])?`;
const IN_WORDS = new RegExp(
  `${WORD_BEFORE}(?:(?<!${LETTER})(?:${MONEY_WORD})(?!${LETTER})|${PERCENT})|${WORD_BEFORE}\\p{Sc}(?:[ -]?${LETTER}{1,40})?`,
  'giu',
);

/** Takes percentages. */
export function readPercentages(reading: Reading, language: string): void {
  take(reading, PERCENTAGE, ({ groups = {} }) => {
    const keys = numberKeys(groups.number ?? '', language).map((key) => `percentage:${key}`);
    return [{ kind: 'percentage', needs: keys, offers: keys }];
  });
}

/** Takes amounts of money, then whatever speaks of money or percents without a number in digits. */
export function readAmounts(reading: Reading, language: string): void {
  for (const pattern of [CURRENCY_FIRST, NUMBER_FIRST]) {
    take(reading, pattern, ({ groups = {} }) => {
      const currency = currencyOf(groups.currency ?? '');
      return currency === undefined ? undefined : [amountClaim(currency, numberKeys(groups.number ?? '', language))];
    });
  }
  take(reading, IN_WORDS, ([words]) => [claim('amount', `in words ${words.toLowerCase()}`)]);
}

/** The claim that so much of a currency is meant. */
export function amountClaim(currency: string, numbers: readonly string[]): ClaimBody {
  const keys = (name: string) => numbers.map((number) => `amount:${name} ${number}`);
  return { kind: 'amount', needs: keys(currency), offers: provedCurrencies(currency).flatMap(keys) };
}
