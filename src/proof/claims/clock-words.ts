import type { ClockWords } from '../words/tables';
import { tables } from '../words/tables';

/** The words of a language's clock; undefined for a language that is not known. */
export function clockWords(language: string): ClockWords | undefined {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const key = primary === 'no' ? 'nb' : primary;
  const { clocks } = tables();
  return Object.hasOwn(clocks, key) ? clocks[key] : undefined;
}

/** Hours of the clock in the ordinal forms that Polish and Russian use; empty for other languages. */
export function ordinalHours(language: string): string {
  const { ordinalHours: byLanguage } = tables();
  return Object.hasOwn(byLanguage, language) ? byLanguage[language] ?? '' : '';
}
