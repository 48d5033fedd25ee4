import { foldText } from '../claims/folded-text';
import type { Evidence, Ground } from '../evidence';
import type { Leaf } from '../fact-places';
import { claimsOf } from '../fact-offers';
import { plainWord } from '../names/vocabulary';
import type { MessagePlan } from '../message-plan';
import type { Place } from './original-place';
import { placeInOriginal, placesOfClaims } from './original-place';

/** A fact that proves a claim, and where in its text it does; `template` is the path of the template's own words. */
export interface ProvingFact extends Place {
  /** Dotted, from a section of the facts: `project_data.interview`. */
  readonly path: string;
}

/** The fact of a ground, with the place in the fact as the client sent it. */
export function provingFact(plan: MessagePlan, { leaf, start, end, text }: Ground, language: string): ProvingFact {
  const value = String(leaf.value);
  return { path: pathOf(plan, leaf), ...placeInFact(value, { start, end, text }, language) };
}

function placeInFact(value: string, { start, end, text }: Omit<Ground, 'leaf'>, language: string): Place {
  const whole = { start: 0, end: value.length };
  if (start === 0 && end >= text.length) return whole;
  const trimmed = value.trim();
  const folded = foldText(trimmed);
  const claims = claimsOf(trimmed, language);
  const index = claims.findIndex((claim) => claim.start === start && claim.end === end && claim.text === text);
  const claim = claims[index];
  if (!claim) return foundAsWritten(value, text.slice(start, end)) ?? whole;
  const before = value.indexOf(trimmed);
  const { start: first, end: last } = placeInOriginal(trimmed, placesOfClaims(folded, language)(index, claim));
  return { start: before + first, end: before + last };
}

/** Long texts are read piece by piece: what is left is to look for the words. */
function foundAsWritten(value: string, words: string): Place | undefined {
  const start = value.indexOf(words);
  return start === -1 ? undefined : { start, end: start + words.length };
}

/** Where facts, names or template hold a word, in any of its forms; the facts before the template's own words. */
export function factOfWord(plan: MessagePlan, { leaves }: Evidence, word: string): ProvingFact | undefined {
  const plain = plainWord(word.replace(/'s$/, ''));
  const isTemplate = ({ path }: Leaf) => path[0] === 'template';
  const ordered = [...leaves.filter((leaf) => !isTemplate(leaf)), ...leaves.filter(isTemplate)];
  for (const isSame of [(known: string) => known === plain, (known: string) => isForm(known, plain)]) {
    for (const leaf of ordered) {
      const found = typeof leaf.value === 'string' ? wordIn(leaf.value, isSame) : undefined;
      if (found) return { path: pathOf(plan, leaf), ...found };
    }
  }
  const named = ordered.find(({ path }) => path.some((key) => plainWord(key).includes(plain)));
  return named && { path: pathOf(plan, named), start: 0, end: String(named.value).length };
}

function wordIn(text: string, isSame: (word: string) => boolean): Place | undefined {
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (isSame(plainWord(match[0]))) return { start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** Letters that two forms of a word share at least, and by which their endings may differ. */
const SHORTEST_STEM = 3;
const LONGEST_ENDING = 3;

function isForm(one: string, other: string): boolean {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return shared >= SHORTEST_STEM && Math.max(one.length, other.length) - shared <= LONGEST_ENDING;
}

/** Names of the recipient are kept without their field. */
function pathOf({ facts: { recipient } }: MessagePlan, { path, value }: Leaf): string {
  if (path.length > 1 || path[0] !== 'recipient_data') return path.join('.');
  const field = Object.entries(recipient).find(([, name]) => name === value)?.[0];
  return field === undefined ? 'recipient_data' : `recipient_data.${field}`;
}
