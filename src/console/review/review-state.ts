import type { Claim, ReviewItem, ReviewVariable } from '../shared/api';

/** A claim by its variable and place; `whole` is the variable's value as a whole. */
export interface ClaimPlace {
  readonly variable: string;
  readonly index: number | 'whole';
}

export function placeId({ variable, index }: ClaimPlace): string {
  return `${variable} ${index}`;
}

/** Claims that a person has to look at before the message may go, in the order in which they are shown. */
export function flaggedPlaces({ variables }: Pick<ReviewItem, 'variables'>): readonly ClaimPlace[] {
  return variables
    .filter(({ flagged }) => flagged)
    .flatMap(({ name, claims }): readonly ClaimPlace[] => {
      const broken = claims.flatMap(({ rule, kind }, index) =>
        rule !== null && kind !== 'value' ? [{ variable: name, index }] : [],
      );
      return broken.length > 0 ? broken : [{ variable: name, index: 'whole' }];
    });
}

/** The next flagged claim behind the one that is looked at, from the top again at the end. */
export function nextFlagged(places: readonly ClaimPlace[], active: ClaimPlace | undefined): ClaimPlace | undefined {
  const current = active ? places.findIndex((place) => placeId(place) === placeId(active)) : -1;
  return places[(current + 1) % Math.max(1, places.length)];
}

/** What the person wrote, without what is as it was. */
export function realEdits(
  item: Pick<ReviewItem, 'variables'>,
  edits: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const before = new Map(item.variables.map(({ name, value }) => [name, value]));
  return Object.fromEntries(Object.entries(edits).filter(([name, value]) => value !== before.get(name)));
}

export interface Readiness {
  /** As the message waits. */
  readonly item: ReviewItem;
  /** With the person's values, as it was last proved; absent where nothing was edited. */
  readonly proved?: ReviewItem;
  /** The values that the proof was asked for are those that stand there now. */
  readonly isCurrent: boolean;
  readonly visited: ReadonlySet<string>;
}

export type Blocked = 'proving' | 'unproved' | 'unvisited';

/** Why the message must not go yet; undefined where it may. */
export function blockedBy({ item, proved, isCurrent, visited }: Readiness): Blocked | undefined {
  if (!isCurrent) return 'proving';
  const judged = proved ?? item;
  if (judged.proof.outcome !== 'proved' && judged.proof.outcome !== 'unwritten') return 'unproved';
  // What was flagged when the message was opened has to be looked at, edited or not.
  const all = [...flaggedPlaces(item), ...flaggedPlaces(judged)];
  return all.every((place) => visited.has(placeId(place)) || visited.has(placeId({ ...place, index: 'whole' })))
    ? undefined
    : 'unvisited';
}

/** A value cut at the ends of its claims; each stretch with the claims that cover it. */
export interface Stretch {
  readonly text: string;
  readonly claims: ReadonlyArray<{ readonly claim: Claim; readonly index: number }>;
}

export function stretches({ value, claims }: Pick<ReviewVariable, 'claims' | 'value'>): readonly Stretch[] {
  const inner = claims.map((claim, index) => ({ claim, index })).filter(({ claim }) => claim.kind !== 'value');
  const cuts = new Set([0, value.length, ...inner.flatMap(({ claim: { start, end } }) => [start, end])]);
  const ends = [...cuts].filter((cut) => cut >= 0 && cut <= value.length).sort((one, other) => one - other);
  return ends.slice(1).map((end, position) => {
    const start = ends[position] ?? 0;
    return {
      text: value.slice(start, end),
      claims: inner.filter(({ claim }) => claim.start <= start && claim.end >= end),
    };
  });
}
