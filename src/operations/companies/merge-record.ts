import { isDeepStrictEqual } from 'node:util';
import type { KnownFields } from './known-fields';
import { child, COMPANY_FIELDS, isFields } from './known-fields';

type Fields = Readonly<Record<string, unknown>>;

/** A file says the whole of what the engine knows; what other tools wrote beside it stays. */
export function mergeRecord(stored: Fields, given: Fields): Fields {
  const merged = merge(COMPANY_FIELDS, stored, given);
  return isFields(merged) ? merged : given;
}

function merge(known: KnownFields, stored: unknown, given: unknown): unknown {
  if (stored instanceof Set) return asSet(stored, given);
  if (known.kind !== 'fields' || !isFields(stored) || !isFields(given)) return given;
  const kept = Object.entries(stored).filter(
    ([name]) => !(name in given) && (!known.fields.has(name) || isWrittenByTools(name)),
  );
  const added = Object.entries(given).map(
    ([name, value]) => [name, merge(child(known, name) ?? { kind: 'value' }, stored[name], value)] as const,
  );
  return Object.fromEntries([...kept, ...added]);
}

function isWrittenByTools(name: string): boolean {
  return name === 'created_at' || name === 'updated_at';
}

/** Old tools store lists of words as sets and expect them so; a set cannot be empty. */
function asSet(stored: Set<unknown>, given: unknown): unknown {
  if (!Array.isArray(given) || given.length === 0) return given;
  const next = new Set<unknown>(given);
  return isDeepStrictEqual(next, stored) ? stored : next;
}
