import { matchesOf } from './folded-text';

/** What a message can claim and a fact can prove. */
export const CLAIM_KINDS = ['link', 'address', 'telephone', 'amount', 'percentage', 'date', 'time', 'number'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** Kinds that lead the recipient somewhere. Prose never proves them, because prose can be an injected instruction. */
export const CONTACT_KINDS: readonly ClaimKind[] = ['link', 'address', 'telephone'];

/** A claim without its place. */
export interface ClaimBody {
  readonly kind: ClaimKind;
  /** Keys of which one must be offered by a fact or by the template. */
  readonly needs: readonly string[];
  /** Keys that this claim offers where a fact or the template makes it. */
  readonly offers: readonly string[];
}

export interface Claim extends ClaimBody {
  readonly start: number;
  /** One past the last character. */
  readonly end: number;
}

/** A text on its way through the readers: what one has taken is masked, so that no later one reads it again. */
export interface Reading {
  text: string;
  readonly claims: Claim[];
}

/** Stands for what was read already, and for a variable that has no value yet. Values that hold it are refused. */
export const MASK = '\uFFFC';

/** A claim that is proved by its own key only. */
export function claim(kind: ClaimKind, key: string): ClaimBody {
  return { kind, needs: [`${kind}:${key}`], offers: [`${kind}:${key}`] };
}

/**
 * Reads every match of a pattern (which must be global) and masks those that are claims; undefined leaves a match to
 * the next reader.
 */
export function take(
  reading: Reading,
  pattern: RegExp,
  read: (match: RegExpExecArray) => readonly ClaimBody[] | undefined,
): void {
  const claims: Claim[] = [];
  for (const match of matchesOf(pattern, reading.text)) {
    const end = match.index + match[0].length;
    for (const body of read(match) ?? []) claims.push({ ...body, start: match.index, end });
  }
  if (claims.length > 0) takePlaces(reading, claims);
}

/** Adds claims and masks their places, all at once: one by one, each would copy the whole text. */
export function takePlaces(reading: Reading, claims: readonly Claim[]): void {
  let masked = '';
  let from = 0;
  for (const found of [...claims].sort((left, right) => left.start - right.start)) {
    if (found.start < from) continue;
    masked += reading.text.slice(from, found.start) + MASK.repeat(found.end - found.start);
    from = found.end;
  }
  reading.claims.push(...claims);
  if (from > 0) reading.text = masked + reading.text.slice(from);
}
