import type { ClaimKind } from './claims/claim';
import type { FoundClaim } from './claims/extract-claims';
import { foldText } from './claims/folded-text';
import { wholeCode } from './claims/known-codes';
import type { Evidence, Ground } from './evidence';
import type { Leaf } from './fact-places';
import { isName } from './names/name-facts';

const COPIED: ReadonlySet<ClaimKind> = new Set(['date', 'time', 'number', 'percentage']);

/**
 * The fact in which a figure with more than two digits stands as it is written: that proves it, whatever it is read as.
 */
export function copiedFrom({ kind, text, start, end }: FoundClaim, { leaves }: Evidence): Ground | undefined {
  const written = text.slice(start, end);
  if (!COPIED.has(kind) || written.replace(/\D/g, '').length < 3) return undefined;
  const leaf = leaves.find(({ value, path }) => {
    if (typeof value !== 'string' || path[0] === 'recipient_data') return false;
    const at = value.indexOf(written);
    return at >= 0 && !/[\p{L}\p{N}_@]$|\d[.,:/]$/u.test(value.slice(Math.max(0, at - 2), at))
      && !/^[\p{L}\p{N}_@]|^[.,:/]\d/u.test(value.slice(at + written.length, at + written.length + 2))
      && wholeCode(foldText(value)) === undefined && !isDialled(value);
  });
  return leaf && groundIn(leaf, written);
}

function groundIn(leaf: Leaf, written: string): Ground {
  const text = String(leaf.value);
  const start = text.indexOf(written);
  return { leaf, start, end: start + written.length, text };
}

/** A text of digits alone may be a telephone number, of which no part proves anything. */
function isDialled(value: string): boolean {
  return /^[+\d ()./-]{7,}$/.test(value) && value.replace(/\D/g, '').length >= 7 && !/^\d{4}-\d\d/.test(value);
}

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
