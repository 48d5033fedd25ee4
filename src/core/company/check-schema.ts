import * as z from 'zod/mini';
import type { Fault } from '../contract/refusal';

export type Checked<Value> =
  { readonly valid: true; readonly value: Value } | { readonly valid: false; readonly faults: readonly Fault[] };

/** Reads a part of a company record; every fault of it is named at once. */
export function checkSchema<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): Checked<z.output<Schema>> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return { valid: true, value: result.data };
  return {
    valid: false,
    faults: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: describe(issue) })),
  };
}

/** What the schema library says of a form that has no words of its own. */
const NO_WORDS = 'Invalid input';
const WRONG_FORM = 'has the wrong form';

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${issue.expected}`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return issue.origin === 'array' ? `must hold at most ${issue.maximum}` : `must be at most ${issue.maximum}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0] ? describe(issue.issues[0]) : WRONG_FORM;
    case 'invalid_format':
    case 'custom':
      return issue.message === NO_WORDS ? WRONG_FORM : issue.message;
    default:
      return WRONG_FORM;
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string') return 'must not be empty';
  if (origin === 'array') return `must hold at least ${minimum}`;
  // Whole numbers above nothing begin at one.
  return minimum === 0 ? (inclusive ? 'must not be negative' : 'must be more than 0') : `must be at least ${minimum}`;
}
