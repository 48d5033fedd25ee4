import type { ClaimKind } from '../claims/claim';
import type { FoundClaim } from '../claims/extract-claims';
import { largerUnit, unitBehind } from '../claims/units';
import type { Evidence, Ground } from '../evidence';
import type { Leaf } from '../fact-places';
import type { ContextOf, Said } from './compare';
import { exchanged, score, standsSo } from './compare';
import { exchangedChanges } from './changes';
import { exchangedWithParts } from './derived-figures';
import { areInOneList, contextOf, isInProse } from './figure-context';
import { isVerbFinal, wordsAround } from './figure-words';
import { hasAnotherPeriod } from './periods';
import { brokenRanges } from './ranges-of-facts';

type Figure = Said<FoundClaim>;

const FIGURES: ReadonlySet<ClaimKind> = new Set(['amount', 'percentage', 'date', 'time', 'number']);
/**
 * Figures in a value and facts of a kind, beyond which nothing is compared: a list of prices says one thing at a time.
 */
const MOST_FIGURES = 40;
const MOST_FACTS = 400;

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
  const said = new Set(figures.flatMap(({ grounds }) => grounds.map(({ leaf }) => leaf)));
  const misplaced = new Set<FoundClaim>(
    figures.filter(({ claim, grounds }) => hasAnotherUnit(claim, grounds) || hasAnotherPeriod(claim, grounds))
      .map(({ claim }) => claim),
  );
  for (const claim of [exchangedWithParts, exchangedChanges, brokenRanges].flatMap((find) => find(figures))) {
    misplaced.add(claim);
  }
  for (const kind of FIGURES) {
    const ofKind = figures
      .filter(({ kind: own, grounds }) => own === kind && grounds.length > 0 && !grounds.some(isTemplate))
      // A weekday alone is of no fact in particular.
      .filter(({ claim }) => !claim.needs.every((key) => key.startsWith('date:weekday')))
      .filter(
        ({ claim }, index, all) => !all.some((other, at) => at !== index && contains(other.claim, claim, at < index)),
      );
    const withWords = ofKind.map((figure, index) => {
      const next = starts.find((start) => start >= figure.claim.end);
      const around = {
        before: ofKind[index - 1]?.claim,
        after: ofKind[index + 1]?.claim,
        next,
        isVerbFinal: isVerbFinal(evidence.language),
      };
      return { ...figure, ...wordsAround(figure.claim, around) };
    });
    for (const { claim } of exchanged(withWords, context)) misplaced.add(claim);
    const ofFacts = withWords.length > 0 ? factsOfKind(kind, evidence) : [];
    for (const figure of withWords) {
      const isElsewhere = belongsElsewhere(figure, { all: withWords, said }, ofFacts, { context, contextBeside });
      if (isElsewhere) misplaced.add(figure.claim);
    }
  }
  return [...misplaced];
}

/** A weekday and its date are claims of their own beside the two together. */
function contains(outer: FoundClaim, inner: FoundClaim, isFirst: boolean): boolean {
  const isSame = outer.start === inner.start && outer.end === inner.end;
  return outer.text === inner.text && outer.start <= inner.start && outer.end >= inner.end && (!isSame || isFirst);
}

/** What the company wrote, or what several facts prove together, has no words of one fact around it. */
function isTemplate({ leaf, with: others }: Ground): boolean {
  return leaf.path[0] === 'template' || others !== undefined;
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
  const kinds = keys.map((key) => key.split(':')[0] ?? '');
  const kind: string = isOfItself ? 'of itself' : kinds.find((each) => each === claim.kind) ?? kinds[0] ?? claim.kind;
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
    if (largerUnit(unit)?.[0] === said) return false;
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

interface Contexts {
  readonly context: ContextOf;
  readonly contextBeside: (own: readonly Ground[]) => ContextOf;
}

const PREPOSITION = /^(?:from|until|von|bis|van|tot|del|desde|hasta|dal|fino|des|fra|från|till)$/u;

/** A figure of which nothing is said that its own fact says, and much that another fact of the kind does. */
function belongsElsewhere(
  figure: Figure,
  { all, said }: { readonly all: readonly Figure[]; readonly said: ReadonlySet<Leaf> },
  facts: readonly Ground[],
  contexts: Contexts,
): boolean {
  if (facts.length > MOST_FACTS || figure.words.length === 0) return false;
  if (all.some((other) => other !== figure && (standsSo(figure, other) || standsSo(other, figure)))) return false;
  // Prepositions such as "to" are names of fields, too.
  const words = figure.nearest.filter((word) => (word.length > 2 && !PREPOSITION.test(word)) || /[\u3040-\uD7AF]/u.test(word));
  const own = score(words, figure.grounds, contexts.context);
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

/** `number:code …` is known by itself; a bare month or weekday is no rival of a date. */
const NO_RIVAL = /^number:(?:code|count|ending|ordinal|seconds|months|entries|part) |^date:\w+ \d+$/;

function collectFacts(kind: ClaimKind, { offered }: Evidence): readonly Ground[] {
  const found = new Map<string, Ground>();
  for (const [key, grounds] of offered) {
    if (!key.startsWith(`${kind}:`) || NO_RIVAL.test(key)) continue;
    for (const ground of grounds) found.set(`${ground.leaf.path.join('.')} ${ground.start}`, ground);
    if (found.size > MOST_FACTS) break;
  }
  return [...found.values()];
}
