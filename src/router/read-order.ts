import * as z from 'zod/mini';
import type { Fault, Refusal } from '../core/contract/refusal';
import { parseBody } from './parse-body';

/** The body of a call by its schema. `rules` says of each field what it must be; other fields are refused. */
export function readOrder<Schema extends z.core.$ZodType>(
  { body, isBase64 = false }: { readonly body?: string | undefined; readonly isBase64?: boolean },
  schema: Schema,
  rules: Readonly<Record<string, string>>,
): { readonly order: z.infer<Schema> } | { readonly refusal: Refusal } {
  const parsed = parseBody({ body, isBase64 });
  if (!parsed.valid) {
    const { code, path, message } = parsed.fault;
    return { refusal: { code, message: `${path} ${message}.`, details: [{ path, message }] } };
  }
  const read = z.safeParse(schema, parsed.value);
  if (read.success) return { order: read.data };
  return { refusal: invalid(read.error.issues.flatMap((issue) => faults(issue, rules))) };
}

/** A refusal that names every fault. */
export function invalid(details: readonly Fault[]): Refusal {
  const [first = { path: 'body', message: 'is not valid' }] = details;
  return { code: 'INVALID_REQUEST', message: `${first.path} ${first.message}.`, details };
}

function faults(issue: z.core.$ZodIssue, rules: Readonly<Record<string, string>>): readonly Fault[] {
  if (issue.code === 'unrecognized_keys') {
    const message = `is not a known field; the known ones are ${Object.keys(rules).join(', ')}`;
    return issue.keys.map((path) => ({ path, message }));
  }
  const field = String(issue.path[0] ?? 'body');
  return [{ path: issue.path.join('.') || 'body', message: rules[field] ?? 'is not valid' }];
}
