import { plainWord } from '../names/vocabulary';
import { lazyPattern } from './lazy-pattern';

/**
 * Counts of an object's fields are told by its own name: "three repairs" of `repairs: { window, heating, door }`.
 * A number alone would prove too much.
 */
const NOUN = '(?<noun>\\p{L}[\\p{L}\\p{M}]{2,24})(?!\\p{L})';
const OF = '(?:out of|of the|of|der|von(?: den)?|des|sur|de (?:los|las|les)|d[eo]s|das|dei|delle|degli|su|van de|van|z|av de'
  + '|av|af de|af|из)';
const NOUN_BEHIND = lazyPattern(() => new RegExp(`^ ${NOUN}`, 'u'));
/** `2 of the 3 searches`, `2 documents sur 3`. */
const PART = lazyPattern(() =>
  new RegExp(`^(?: ${NOUN})? ${OF} (?<whole>\\d{1,2})(?: ${NOUN.replace('noun', 'behind')})?`, 'u'));
const WHOLE_BEHIND = lazyPattern(() => new RegExp(`(?<!\\d)\\d{1,2} ${NOUN} ${OF} $`, 'u'));
/** Characters before a number in which its part stands. */
const REACH = 48;

/** Key of so many entries of what is called so. */
export function entriesKey(count: number, name: string): string {
  return `number:entries ${count} ${plainWord(name)}`;
}

/** Key of so many of them that are alike. */
export function partKey(part: number, whole: number, name: string): string {
  return `number:part ${part}/${whole} ${plainWord(name)}`;
}

/** What proves that there are so many of what stands around the number. */
export function entryKeys(text: string, start: number, end: number): readonly string[] {
  const value = Number(text.slice(start, end));
  if (!Number.isInteger(value) || value < 1 || value > 20) return [];
  const rest = text.slice(end, end + REACH);
  const { noun = '', whole = '', behind = '' } = PART().exec(rest)?.groups ?? {};
  const names = whole === '' ? [] : [noun, behind].filter((name) => name !== '');
  const part = names.map((name) => partKey(value, Number(whole), name));
  const counted = [NOUN_BEHIND().exec(rest), WHOLE_BEHIND().exec(text.slice(Math.max(0, start - REACH), start))]
    .flatMap((match) => match?.groups?.noun ?? []);
  return [...part, ...counted.map((name) => entriesKey(value, name))];
}
