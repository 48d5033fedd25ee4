import type { ClaimKind } from '../claims/claim';
import type { FoundClaim } from '../claims/extract-claims';
import { unitBehind } from '../claims/units';
import type { Evidence, Ground } from '../evidence';
import { agreement, tellingWords } from './concepts';
import type { WeightedWord } from './figure-context';
import { areInOneList, contextOf, isInProse } from './figure-context';

/** A figure of a value with the facts that hold it. */
interface Figure {
  readonly claim: FoundClaim;
  readonly grounds: readonly Ground[];
  /** Words of the value that say what the figure is about. */
  readonly words: readonly string[];
}

const FIGURES: ReadonlySet<ClaimKind> = new Set(['amount', 'percentage', 'date', 'time', 'number']);
/**
 * Figures in a value and facts of a kind, beyond which nothing is compared: a list of prices says one thing at a time.
 */
const MOST_FIGURES = 40;
const MOST_FACTS = 400;
/** By how much an exchange has to fit better. */
const MARGIN = 0.9;

/**
 * The claims that are true of something else than the value says: figures exchanged, or given another fact's name or
 * unit.
 */
export function misplacedFigures(claims: readonly FoundClaim[], evidence: Evidence): readonly FoundClaim[] {
  const figures = claims.filter(({ kind }) => FIGURES.has(kind)).map((claim) => figureOf(claim, evidence))
    .sort((left, right) => left.claim.start - right.claim.start);
  if (figures.length === 0 || figures.length > MOST_FIGURES) return [];
  const context = (ground: Ground) => contextOf(ground, { labels: true, neighbours: true });
  // A label separates the entries of one list; for other facts it is only what the message is about. Prose is compared
  // with prose.
  const contextBeside = (own: readonly Ground[]) => (ground: Ground) =>
    contextOf(ground, { labels: own.some((each) => areInOneList(each, ground)), neighbours: own.some(isInProse) });
  const starts = figures.map(({ claim }) => claim.start);
  const misplaced = new Set<FoundClaim>(
    figures.filter(({ claim, grounds }) => hasAnotherUnit(claim, grounds)).map(({ claim }) => claim),
  );
  for (const kind of FIGURES) {
    const ofKind = figures
      .filter(({ kind: own, grounds }) => own === kind && grounds.length > 0 && !grounds.some(isTemplate))
      .filter(
        ({ claim }, index, all) => !all.some((other, at) => at !== index && contains(other.claim, claim, at < index)),
      );
    const withWords = ofKind.map((figure, index) => {
      const next = starts.find((start) => start >= figure.claim.end);
      const around = {
        before: ofKind[index - 1]?.claim,
        after: ofKind[index + 1]?.claim,
        next,
        isVerbFinal: VERB_FINAL.test(evidence.language),
      };
      return { ...figure, words: wordsOf(figure.claim, around) };
    });
    for (const { claim } of exchanged(withWords, context)) misplaced.add(claim);
    const ofFacts = withWords.length > 0 ? factsOfKind(kind, evidence) : [];
    for (const figure of withWords) {
      if (belongsElsewhere(figure, withWords, ofFacts, { context, contextBeside })) misplaced.add(figure.claim);
    }
  }
  return [...misplaced];
}

/** A weekday and its date are claims of their own beside the two together. */
function contains(outer: FoundClaim, inner: FoundClaim, isFirst: boolean): boolean {
  const isSame = outer.start === inner.start && outer.end === inner.end;
  return outer.text === inner.text && outer.start <= inner.start && outer.end >= inner.end && (!isSame || isFirst);
}

function isTemplate({ leaf }: Ground): boolean {
  return leaf.path[0] === 'template';
}

/**
 * Its kind is that of the fact: `14.00` may be a number or a time. Codes, counts and last digits are recognised by
 * themselves.
 */
function figureOf(claim: FoundClaim, { offered }: Evidence) {
  const keys = claim.needs.filter((key) => offered.has(key));
  const isOfItself =
    claim.needs.some((key) => /^number:(?:code|ending|ordinal) /.test(key)) ||
    keys.every((key) => key.startsWith('number:count '));
  const kind: string = isOfItself ? 'of itself' : keys[0]?.split(':')[0] ?? claim.kind;
  return { claim, kind, grounds: keys.flatMap((key) => offered.get(key) ?? []) };
}

/** Number and unit come from one place: seven weeks do not prove seven years. */
function hasAnotherUnit(claim: FoundClaim, grounds: readonly Ground[]): boolean {
  if (claim.kind !== 'number' || grounds.length === 0) return false;
  const said =
    unitBehind(claim.text, claim.end)?.unit ??
    unitBehind(claim.text.slice(claim.end).replace(/^ (?:working|business|calendar|full|whole|more|other) /, ' '), 0)
      ?.unit;
  if (said === undefined) return false;
  return grounds.every((ground) => {
    const unit = ground.leaf.units.unit ?? unitBehind(ground.text, ground.end)?.unit;
    // A ground by a length of time agrees although its unit is another.
    return unit !== undefined && unit !== said && !(isTime(unit) && isTime(said) && !sameNumber(claim, ground));
  });
}

function isTime(unit: string): boolean {
  return ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'].includes(unit);
}

function sameNumber(claim: FoundClaim, ground: Ground): boolean {
  const number = (text: string) => /\d+(?:[.,]\d+)?/.exec(text)?.[0];
  return number(ground.text.slice(ground.start, ground.end)) === number(claim.text.slice(claim.start, claim.end));
}

type ContextOf = (ground: Ground) => readonly WeightedWord[];

interface Contexts {
  readonly context: ContextOf;
  readonly contextBeside: (own: readonly Ground[]) => ContextOf;
}

function score(words: readonly string[], grounds: readonly Ground[], context: ContextOf): number {
  return Math.max(0, ...grounds.map((ground) => words.reduce((sum, word) => sum + best(word, context(ground)), 0)));
}

function best(word: string, context: readonly WeightedWord[]): number {
  return context.reduce((most, [known, weight]) => Math.max(most, weight * agreement(word, known)), 0);
}

/** One text of the facts says both, in the same order. */
function standsSo(one: Figure, other: Figure): boolean {
  return one.grounds.some((left) =>
    other.grounds.some((right) => left.leaf === right.leaf && left.start < right.start),
  );
}

/** Two figures of which each has the other's words. */
function exchanged(figures: readonly Figure[], context: ContextOf): readonly Figure[] {
  const found: Figure[] = [];
  figures.forEach((one, index) => figures.slice(index + 1).forEach((other) => {
    if (one.grounds.some((ground) => other.grounds.includes(ground)) || one.claim.needs[0] === other.claim.needs[0]) {
      return;
    }
    if (standsSo(one, other)) return;
    const straight = score(one.words, one.grounds, context) + score(other.words, other.grounds, context);
    const swapped = score(one.words, other.grounds, context) + score(other.words, one.grounds, context);
    if (swapped > straight + MARGIN) found.push(one, other);
  }));
  return found;
}

/** A figure of which nothing is said that its own fact says, and much that another fact of the kind does. */
function belongsElsewhere(
  figure: Figure,
  all: readonly Figure[],
  facts: readonly Ground[],
  contexts: Contexts,
): boolean {
  if (facts.length > MOST_FACTS || figure.words.length === 0) return false;
  if (all.some((other) => other !== figure && (standsSo(figure, other) || standsSo(other, figure)))) return false;
  // Prepositions such as "to" are names of fields, too.
  const words = figure.words.filter((word) => word.length > 2 || /[\u3040-\uD7AF]/u.test(word));
  const own = score(words, figure.grounds, contexts.context);
  const said = new Set(all.flatMap(({ grounds }) => grounds.map(({ leaf }) => leaf)));
  const others = facts.filter(
    ({ leaf }) => !said.has(leaf) && leaf.path[0] !== 'template' && leaf.path[0] !== 'recipient_data',
  );
  const unit = unitBehind(figure.claim.text, figure.claim.end)?.unit;
  // Lengths, prices and counts are not rivals of one another.
  const rivals =
    figure.claim.kind === 'number'
      ? others.filter(
        ({ leaf: { units } }) =>
          units.currencies.length === 0 && !units.isMinor && (unit === undefined || units.unit === unit),
      )
      : others;
  return score(words, rivals, contexts.contextBeside(figure.grounds)) >= own + 2;
}

const facts = new WeakMap<Evidence, Map<ClaimKind, readonly Ground[]>>();

function factsOfKind(kind: ClaimKind, evidence: Evidence): readonly Ground[] {
  const byKind = facts.get(evidence) ?? new Map<ClaimKind, readonly Ground[]>();
  facts.set(evidence, byKind);
  const known = byKind.get(kind) ?? collectFacts(kind, evidence);
  byKind.set(kind, known);
  return known;
}

function collectFacts(kind: ClaimKind, { offered }: Evidence): readonly Ground[] {
  const found = new Map<string, Ground>();
  for (const [key, grounds] of offered) {
    if (!key.startsWith(`${kind}:`) || /^number:(?:code|count|ending|ordinal|seconds|months) /.test(key)) continue;
    for (const ground of grounds) found.set(`${ground.leaf.path.join('.')} ${ground.start}`, ground);
    if (found.size > MOST_FACTS) break;
  }
  return [...found.values()];
}

/** Where one figure's words end and the next one's begin. */
const LINK =
  /(?:,|;|\band\b|\bor\b|\bto\b|\bbut\b|\bthen\b|\buntil\b|\bund\b|\bbis\b|\baber\b|\bet\b|\bà\b|\bmais\b|\bau\b|\by\b|\ba las\b|\bhasta\b|\bal\b|\be\b|\bfino\b|\balle\b|\baté\b|\ben\b|\btot\b|\boch\b|\btill\b|\bi\b|\bdo\b|\bog\b|\bve\b|[、，；])/iu;
/** What is said to be in a figure or beside it is not what the figure is. */
const ASIDE =
  /(?:\b(?:incl\w*|exclud\w*|plus|before|after|without|with|inkl\w*|zzgl|exkl\w*|hors|hasta|más|más|avant|sin)\b)[^,;]*/giu;

interface Neighbours {
  /** The figures of the same kind on each side. */
  readonly before: FoundClaim | undefined;
  readonly after: FoundClaim | undefined;
  /** Where the next figure of any kind begins. */
  readonly next: number | undefined;
  /** What is said of a figure follows it, as in Japanese, Korean and Turkish. */
  readonly isVerbFinal: boolean;
}

const VERB_FINAL = /^(?:ja|ko|tr)(?:-|$)/i;

function wordsOf(
  { text, start, end }: FoundClaim,
  { before, after, next, isVerbFinal }: Neighbours,
): readonly string[] {
  const isBefore = before?.text === text;
  const isAfter = after?.text === text;
  const left =
    text
      .slice(Math.max(0, isBefore ? before.end : start - 120), start)
      .split(/[.!?:;\n](?=\s|$)/u)
      .at(-1) ?? '';
  const [right = ''] = text
    .slice(end, Math.min(isAfter ? after.start : end + 80, next ?? Infinity))
    .split(/[.!?;\n](?=\s|$)/u);
  const ownRight = untilLink(right, !isAfter);
  return [
    ...new Set([
      ...tellingWords(isBefore ? fromLink(left, !isVerbFinal) : left),
      ...tellingWords(ownRight.replace(ASIDE, ' ')),
    ]),
  ];
}

function fromLink(gap: string, isOwn: boolean): string {
  const link = LINK.exec(gap);
  return link ? gap.slice(link.index) : isOwn ? gap : '';
}

function untilLink(gap: string, isOwn: boolean): string {
  const link = LINK.exec(gap);
  return link ? gap.slice(0, link.index) : isOwn ? gap : '';
}
