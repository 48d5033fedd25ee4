import { unitBehind } from '../claims/units';
import { tellingWords } from './concepts';

/** A stretch of a text. */
export interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a text says of one of its figures. */
export interface SaidOf {
  /** Words that say what the figure is about. */
  readonly words: readonly string[];
  /** Those of its own part of the sentence. */
  readonly nearest: readonly string[];
}

/** What stands around a figure. */
export interface Neighbours {
  /** The figures of the same kind on each side. */
  readonly before: Place | undefined;
  readonly after: Place | undefined;
  /** Where the next figure of any kind begins. */
  readonly next: number | undefined;
  /** What is said of a figure follows it, as in Japanese, Korean and Turkish. */
  readonly isVerbFinal: boolean;
}

/** Where one figure's words end and the next one's begin. */
const LINK =
  /(?:,|;|\band\b|\bor\b|\bto\b|\bbut\b|\bthen\b|\buntil\b|\bund\b|\bbis\b|\baber\b|\bet\b|\bà\b|\bmais\b|\bau\b|\by\b|\ba las\b|\bhasta\b|\bal\b|\be\b|\bfino\b|\balle\b|\baté\b|\ben\b|\btot\b|\boch\b|\btill\b|\bi\b|\bdo\b|\bog\b|\bve\b|[、，；])/iu;
/** Where a part of a sentence ends in any case. */
const PART =
  /[,;、，；()]|(?<!\p{L})(?:and|or|but|then|und|oder|aber|et|ou|mais|puis|y|o|pero|luego|e|ma|poi|mas|en|of|maar|i|oraz|lub|ale|och|eller|men|og|ve|и|а|но)(?!\p{L})/giu;
/** What is said to be in a figure or beside it is not what the figure is. */
const ASIDE =
  /(?:\b(?:incl\w*|exclud\w*|plus|before|after|without|with|inkl\w*|zzgl|exkl\w*|hors|hasta|más|más|avant|sin)\b)[^,;]*/giu;
const VERB_FINAL = /^(?:ja|ko|tr)(?:-|$)/i;
/** Characters before and behind a figure in which its words are looked for. */
const REACH_BEFORE = 120;
const REACH_BEHIND = 80;

/** The language says of a figure what it is behind it. */
export function isVerbFinal(language: string): boolean {
  return VERB_FINAL.test(language);
}

/** The words around a figure that are not its neighbours'. */
export function wordsAround({ text, start, end }: Place, around: Neighbours): SaidOf {
  const { before, after, next, isVerbFinal: isLast } = around;
  const isBefore = before?.text === text;
  const isAfter = after?.text === text;
  // The unit of a figure and the word behind it are its own, not the next one's.
  const behind = isBefore ? unitBehind(text, before.end)?.end ?? before.end : start - REACH_BEFORE;
  const from = Math.max(0, Math.min(start, behind));
  const left = text.slice(from, start).replace(isBefore ? /^ ?\p{L}+/u : /^(?!)/u, '').split(/[.!?:;\n](?=\s|$)/u).at(-1) ?? '';
  // "… until 12 March. It is free until …": the point of a short month belongs to the date.
  const stop = text[end - 1] === '.' && /^\s+\p{Lu}/u.test(text.slice(end, end + 4)) ? end - 1 : end;
  const [right = ''] = text.slice(stop, Math.min(isAfter ? after.start : end + REACH_BEHIND, next ?? Infinity))
    .split(/[.!?;\n](?=\s|$)/u);
  const ownRight = untilLink(right, !isAfter).replace(ASIDE, ' ');
  const ownLeft = isBefore ? fromLink(left, !isLast) : left;
  const [nearRight = ''] = ownRight.split(PART);
  return {
    words: [...new Set([
      ...withoutDirections(tellingWords(ownLeft), true), ...withoutDirections(tellingWords(ownRight), false),
    ])],
    nearest: [...new Set([...tellingWords(ownLeft.split(PART).at(-1) ?? ''), ...tellingWords(nearRight)])],
  };
}

/** Fields are called `from` and `to`; in a sentence the words say that only right before a figure. */
const DIRECTIONS: ReadonlySet<string> = new Set(['to', 'from']);

function withoutDirections(words: readonly string[], isBefore: boolean): readonly string[] {
  return words.filter((word, index) => !DIRECTIONS.has(word) || (isBefore && index === words.length - 1));
}

function fromLink(gap: string, isOwn: boolean): string {
  const link = LINK.exec(gap);
  return link ? gap.slice(link.index) : isOwn ? gap : '';
}

function untilLink(gap: string, isOwn: boolean): string {
  const link = LINK.exec(gap);
  return link ? gap.slice(0, link.index) : isOwn ? gap : '';
}
