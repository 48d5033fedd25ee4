import type { FillRequest, FillResult } from '../../../src/core/ports/language-model';
import type { LIES } from './reply-plan';

const USAGE = { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 };
const MONTHS: Readonly<Record<string, string>> = { March: '03', April: '04', May: '05', June: '06' };

interface Answer {
  readonly value: string;
  readonly quote: string;
}

/** What the words say of a date and a shift, written down apart from the engine. */
export function saidIn(text: string): { readonly start_date?: Answer; readonly shift?: Answer } {
  const [quote, day = '', month = ''] = /\b(\d{1,2}) (March|April|May|June) 2027/.exec(text) ?? [];
  const [shift] = /\b(?:day|night)\b/.exec(text) ?? [];
  return {
    ...(quote === undefined ? {} : { start_date: { value: `2027-${MONTHS[month] ?? ''}-${day.padStart(2, '0')}`, quote } }),
    ...(shift === undefined ? {} : { shift: { value: shift, quote: shift } }),
  };
}

/** A model that reads what is there, or lies in one of the ways in which models do. */
export function readAs(lie: (typeof LIES)[number], { facts, schema }: FillRequest): FillResult {
  if (lie === 'away') return { outcome: 'unavailable', retryAfterSeconds: 20 };
  const { messages }: { readonly messages: readonly string[] } = JSON.parse(facts);
  const answers = Object.fromEntries(keysOf(schema).map((key) => [key, answerFor(key, messages, lie)]));
  const stop = lie === 'stop' ? { stop: 'clear', stop_quote: 'never write to me again' } : { stop: 'none', stop_quote: null };
  return { outcome: 'values', values: { answers, asks: 'none', ...stop, language: 'en' }, usage: USAGE };
}

function answerFor(key: string, messages: readonly string[], lie: (typeof LIES)[number]): Answer | null {
  const isDate = key.endsWith('.start_date');
  const last = messages.at(-1) ?? '';
  switch (lie) {
    case 'unquoted': return isDate ? { value: '2027-06-01', quote: '1 June 2027' } : { value: 'night', quote: 'night' };
    case 'misquoted': return isDate ? { value: '2027-06-01', quote: last } : { value: 'night', quote: last };
    case 'fits two': {
      const found = messages.map(saidIn).find(({ start_date: date, shift }) => date ?? shift) ?? {};
      return found.start_date ?? found.shift ?? null;
    }
  }
  const found = messages.map(saidIn).findLast((said) => (isDate ? said.start_date : said.shift));
  return (isDate ? found?.start_date : found?.shift) ?? null;
}

function keysOf(schema: FillRequest['schema']): readonly string[] {
  const { answers }: { readonly answers?: { readonly properties?: object } } = Object(schema.properties);
  return Object.keys(answers?.properties ?? {});
}
