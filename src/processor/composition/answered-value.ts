import type { Citation } from '../../core/lifecycle/conversation';

/** What a model answered for one variable: its words, whatever their type, and the facts that it cites for them. */
export interface AnsweredValue {
  readonly value: unknown;
  readonly cited: readonly Citation[];
}

/** Citations of one value that are read. */
const MOST_CITATIONS = 40;

/** Reads an answer of the schema's form, and a bare text, which cites nothing. */
export function answeredValue(answer: unknown): AnsweredValue {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return { value: answer, cited: [] };
  const fields: Readonly<Record<string, unknown>> = { ...answer };
  const entries: readonly unknown[] = Array.isArray(fields.evidence) ? fields.evidence : [];
  // Another object is an answer all the same, and is refused as what it is.
  const value = Object.hasOwn(fields, 'value') ? fields.value : answer;
  return { value, cited: entries.slice(0, MOST_CITATIONS).flatMap(citationOf) };
}

function citationOf(entry: unknown): readonly Citation[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { path, quote }: Readonly<Record<string, unknown>> = { ...entry };
  return typeof path === 'string' && typeof quote === 'string' ? [{ path, quote }] : [];
}
