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
  const plain = value instanceof Set ? [...value] : value;
  return path ? [[path, { value: plain, text: JSON.stringify(plain) }]] : [];
}
