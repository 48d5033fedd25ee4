import { clausesOf } from '../proof/citations/clauses';
import { NEGATION } from '../proof/citations/find-reversed';
import { foldText } from '../proof/claims/folded-text';
import { isDoubtful } from './yes-or-no';

/** A part of a text, letter by letter as it stands there. */
export interface FoundQuote {
  readonly text: string;
  /** Where it stands in the whole text, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** Characters of a quote that are looked for; a longer one is none. */
const LONGEST = 4_000;

/**
 * Where a text holds a quote, both read as the proof reads them: without regard to case, runs of spaces, and characters
 * that look the same or are invisible. Undefined where it does not stand there, or stands only inside other words.
 */
export function findQuote(text: string, quote: string): FoundQuote | undefined {
  if (quote.length > LONGEST) return undefined;
  const whole = folded(text);
  const part = folded(quote).letters.trim();
  if (!/[\p{L}\p{N}\p{Sc}]/u.test(part)) return undefined;
  for (let at = whole.letters.indexOf(part); at >= 0; at = whole.letters.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (splitsWord(whole.letters, at) || splitsWord(whole.letters, end)) continue;
    const start = whole.places[at] ?? 0;
    const last = whole.places[end] ?? text.length;
    const found = text.slice(start, last).trimEnd();
    return { text: found, start, end: start + found.length };
  }
  return undefined;
}

/** Denials that mean something else in another language: Dutch "nu", Polish "nici". */
const OWN_NEGATIONS: Readonly<Record<string, RegExp>> = {
  ro: /(?<!\p{L})(?:nu|nici|niciodată|fără)(?!\p{L})/iu,
  tr: /(?<!\p{L})(?:olmaz|olmuyor|asla|hayır)(?!\p{L})/iu,
};

/**
 * True where the words around the quote, in its own clause, turn it round: "not before 12 March". `languages` are BCP
 * 47 tags by which it is read.
 */
export function isTurnedRound(text: string, { start, end }: FoundQuote, languages: readonly string[] = []): boolean {
  const own = languages.flatMap((language) => OWN_NEGATIONS[language.split('-')[0]?.toLowerCase() ?? ''] ?? []);
  const denies = (words: string) => [NEGATION, ...own].some((negation) => negation.test(words));
  return clausesAround(text, { start, end })
    .some((clause) => {
      const before = text.slice(clause.start, Math.max(clause.start, start));
      const behind = text.slice(Math.min(clause.end, end), clause.end);
      return denies(before) || denies(behind);
    });
}

/** True where the quote, or words beside it in its own clause, leave open whether it is an answer: "maybe 12 March". */
export function isInDoubt(text: string, place: FoundQuote): boolean {
  return clausesAround(text, place).some(({ words }) => isDoubtful(words));
}

function clausesAround(text: string, { start, end }: Pick<FoundQuote, 'start' | 'end'>) {
  return clausesOf(text).filter((clause) => clause.start < end && clause.end > start);
}

interface Folded {
  readonly letters: string;
  /** By letter, where it stood before, and where the text ends. */
  readonly places: readonly number[];
}

/** Character by character, with the marks on it, so that each letter knows where it came from. */
function folded(text: string): Folded {
  let letters = '';
  const places: number[] = [];
  let place = 0;
  for (const [character] of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const letter = foldText(character).toLowerCase().replaceAll(/\s+/g, ' ');
    // A run of spaces is one.
    const added = letter === ' ' && letters.endsWith(' ') ? '' : letter;
    for (let index = 0; index < added.length; index += 1) places.push(place);
    letters += added;
    place += character.length;
  }
  return { letters, places: [...places, text.length] };
}

/** Letters or digits on both sides of a place are one word, but for scripts that put no spaces between words. */
function splitsWord(text: string, at: number): boolean {
  const [before, behind] = [text.charAt(at - 1), text.charAt(at)];
  // Arabic writes "and" and "so" as part of the word behind them.
  if (/[وف]/u.test(before) && !WORD.test(text.charAt(at - 2)) && /\p{Script=Arabic}/u.test(behind)) return false;
  return [before, behind].every((letter) => WORD.test(letter) && !SPACELESS.test(letter))
    && /\p{N}/u.test(before) === /\p{N}/u.test(behind);
}

const WORD = /[\p{L}\p{N}\p{M}]/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
