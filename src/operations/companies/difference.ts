import { isFields } from './known-fields';

export interface FieldChange {
  readonly path: string;
  /** Absent: the field is new. */
  readonly before?: unknown;
  /** Absent: the field goes. */
  readonly after?: unknown;
}

/** The fields in which two records differ, by path. */
export function differences(before: unknown, after: unknown): readonly FieldChange[] {
  const left = new Map(leaves(before));
  const right = new Map(leaves(after));
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((path) => {
    const [old, now] = [left.get(path), right.get(path)];
    if (old?.text === now?.text) return [];
    return [{ path, ...(old ? { before: old.value } : {}), ...(now ? { after: now.value } : {}) }];
  });
}

interface Leaf {
  readonly value: unknown;
  readonly text: string;
}

function leaves(value: unknown, path = ''): ReadonlyArray<readonly [string, Leaf]> {
  if (value === undefined) return [];
  if (isFields(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, held]) => leaves(held, path ? `${path}.${name}` : name));
  }
  const field = Object.hasOwn(NAMED_BY, path) ? NAMED_BY[path] : undefined;
  const named = field !== undefined && Array.isArray(value) ? byName(value, field) : undefined;
  if (named) return named.flatMap(([name, held]) => leaves(held, `${path}.${name}`));
  const plain = value instanceof Set ? [...value] : value;
  return path ? [[path, { value: plain, text: JSON.stringify(plain) }]] : [];
}

/** Lists of a record in which the order says nothing: the field that names each entry. */
const NAMED_BY: Readonly<Record<string, string>> = { answer_cards: 'card_id', knowledge: 'name' };

/** The entries of such a list by their names, so that each is compared with its like. */
function byName(list: readonly unknown[], field: string): ReadonlyArray<readonly [string, unknown]> | undefined {
  const named = list.flatMap((entry) => {
    const name = isFields(entry) ? entry[field] : undefined;
    return typeof name === 'string' && name !== '' ? [[name, entry] as const] : [];
  });
  const isNamed = named.length > 0 && new Set(named.map(([name]) => name)).size === list.length;
  return isNamed ? named : undefined;
}
