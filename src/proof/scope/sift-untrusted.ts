import { hasInstructions } from '../instructions-in-text';
import { liesWithin } from './facts-within';
import { withoutInstructions } from './untrusted-text';

/** Facts without the instructions that strangers wrote into them. */
export interface SiftedFacts {
  readonly tree: Readonly<Record<string, unknown>>;
  /** What was taken out; nothing may repeat it. */
  readonly excluded: readonly string[];
}

/** Takes instructions out of the texts and field names that lie at or below these dotted paths. */
export function siftUntrusted(tree: Readonly<Record<string, unknown>>, untrusted: readonly string[]): SiftedFacts {
  if (untrusted.length === 0) return { tree, excluded: [] };
  const excluded: string[] = [];
  const sift = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') {
      if (!liesWithin(path, untrusted)) return value;
      const sifted = withoutInstructions(value);
      excluded.push(...sifted.excluded);
      return sifted.kept;
    }
    if (Array.isArray(value)) return value.map((entry, index) => sift(entry, [...path, String(index)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => {
      const below = [...path, key];
      if (!liesWithin(below, untrusted) || !hasInstructions(key)) return [[key, sift(entry, below)] as const];
      excluded.push(key);
      return [];
    }));
  };
  return { tree: Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, sift(value, [key])])), excluded };
}
