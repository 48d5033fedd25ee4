import type { FoundClaim } from '../claims/extract-claims';
import type { Evidence, Ground } from '../evidence';
import type { Leaf } from '../fact-places';
import { isName } from './name-facts';

/** "Clínica Mar de 2021": the month is the end of a name, and only the year is said. */
export function nameAround({ kind, text, start, end }: FoundClaim, { leaves, offered }: Evidence): Ground | undefined {
  if (kind !== 'date') return undefined;
  const leaf = leaves.filter(isName).find(({ value }) => {
    const name = String(value);
    const at = text.lastIndexOf(name, start);
    const nameEnd = at + name.length;
    if (at < 0 || nameEnd <= start || nameEnd > end) return false;
    const [year] = /\d{4}/.exec(text.slice(nameEnd, end)) ?? [];
    if (year === undefined) return !/\d/.test(text.slice(nameEnd, end));
    return offered.has(`date:year ${year}`) || offered.has(`number:number:${year}`);
  });
  return leaf && groundIn(leaf, String(leaf.value));
}

function groundIn(leaf: Leaf, written: string): Ground {
  const text = String(leaf.value);
  const start = text.indexOf(written);
  return { leaf, start, end: start + written.length, text };
}
