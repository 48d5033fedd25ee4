import type { ClaimKind } from '../claims/claim';
import type { Span } from '../claims/folded-text';
import type { Evidence } from '../evidence';
import type { JudgedText } from '../grounding';
import { judgeText } from '../grounding';
import type { MessagePlan } from '../message-plan';
import { evidenceOf } from '../message-plan';
import type { Candidates } from '../proof';
import { textsToProve, validateCandidates } from '../proof';
import type { Rule } from '../rules/rules';
import type { ProvingFact } from './fact-place';
import { factOfWord, provingFact } from './fact-place';
import type { Place } from './original-place';
import { placeInOriginal, placesOfClaims } from './original-place';

/** A claim of a value, with what proves it or the rule that it breaks. Positions count UTF-16 units of the value. */
export interface TracedClaim extends Place {
  /** `words`: a promise, a judgement or a contradiction. `value`: the value as a whole. */
  readonly kind: ClaimKind | 'name' | 'words' | 'value';
  /**
   * What has to be proved, in the proof's own spelling: `date:year 2023 month 6`, `name:amara`, a verdict or a rule.
   */
  readonly key: string;
  /** Null where nothing proves the claim, or where it needs no proof. */
  readonly fact: ProvingFact | null;
  /** Null for a claim that may go out. */
  readonly rule: Rule | null;
}

/**
 * By variable, what each value claims and what proves it; meant for people who look at one message, and not for the
 * send.
 */
export function proofTrace(plan: MessagePlan, candidates: Candidates): ReadonlyMap<string, readonly TracedClaim[]> {
  const evidence = evidenceOf(plan);
  const traced = new Map<string, TracedClaim[]>([...candidates.keys()].map((name) => [name, []]));
  const add = (name: string, claim: TracedClaim) => {
    const known = traced.get(name);
    if (known && !known.some((other) => isSame(other, claim))) known.push(claim);
  };
  for (const [name, { value, verdict }] of candidates) {
    const whole = { start: 0, end: value.length, kind: 'value', key: verdict, rule: null } as const;
    if (verdict === 'copied') add(name, { ...whole, fact: copiedFact(plan, name, value) });
    if (verdict === 'fallback') add(name, { ...whole, fact: null });
  }
  for (const text of textsToProve(plan, evidence, candidates)) {
    const judged = judgeText(text.pieces, text.evidence);
    const trace = { plan, evidence: text.evidence, judged, candidates };
    for (const [name, claim] of [...figuresOf(trace), ...namesOf(trace), ...wordsOf(trace)]) add(name, claim);
  }
  for (const [name, rules] of validateCandidates(plan, evidence, candidates).refusals) {
    const missing = rules.filter((rule) => !traced.get(name)?.some((claim) => claim.rule === rule));
    const end = candidates.get(name)?.value.length ?? 0;
    for (const rule of missing) add(name, { start: 0, end, kind: 'value', key: rule, fact: null, rule });
  }
  return new Map([...traced].map(([name, claims]) => [name, claims.sort((one, other) => one.start - other.start)]));
}

interface Trace {
  readonly plan: MessagePlan;
  readonly evidence: Evidence;
  readonly judged: JudgedText;
  readonly candidates: Candidates;
}

type Named = readonly [name: string, claim: TracedClaim];

function isSame(one: TracedClaim, other: TracedClaim): boolean {
  return one.start === other.start && one.end === other.end && one.key === other.key && one.rule === other.rule;
}

function copiedFact({ variables }: MessagePlan, name: string, value: string): ProvingFact | null {
  const path = variables[name]?.copy_of;
  return path === undefined ? null : { path, start: 0, end: value.length };
}

/** Links, contacts and figures. */
function figuresOf({ plan, evidence, judged, candidates }: Trace): readonly Named[] {
  const { text, spans } = judged.folded;
  const placeOf = placesOfClaims(text, evidence.language, evidence.codes);
  return judged.claims.flatMap(({ claim, key, ground, rule }, index) => (
    within(spans, placeOf(index, claim), candidates).map(([name, place]): Named => [name, {
      ...place,
      kind: claim.kind,
      key: key ?? claim.needs[0] ?? claim.kind,
      fact: ground && rule === undefined ? provingFact(plan, ground, evidence.language) : null,
      rule: rule ?? null,
    }])
  ));
}

/** Names that the facts hold, and others. */
function namesOf({ plan, evidence, judged, candidates }: Trace): readonly Named[] {
  const { spans } = judged.folded;
  const { all } = judged.names;
  const refused = judged.words.filter(({ rule }) => rule === 'unknown_name');
  const isRefused = (place: Place) => refused.some(({ start, end }) => start === place.start && end === place.end);
  const proved = all.filter((place) => !isRefused(place));
  const claim = (place: Place, rule: Rule | null) =>
    within(spans, place, candidates).map(([name, { start, end }]): Named => {
      const word = candidates.get(name)?.value.slice(start, end) ?? '';
      const fact = rule === null ? (factOfWord(plan, evidence, word) ?? null) : null;
      return [name, { start, end, kind: 'name', key: `name:${word.toLowerCase()}`, fact, rule }];
    });
  return [
    ...proved.flatMap((place) => claim(place, null)),
    ...refused.flatMap((place) => claim(place, 'unknown_name')),
  ];
}

/** Promises, judgements and contradictions: what is refused of them. */
function wordsOf({ judged, candidates }: Trace): readonly Named[] {
  return judged.words.filter(({ rule }) => rule !== 'unknown_name').flatMap((found) => (
    within(judged.folded.spans, found, candidates).map(([name, place]): Named => (
      [name, { ...place, kind: 'words', key: found.rule, fact: null, rule: found.rule }]
    ))
  ));
}

/** The part of a stretch that stands in each variable's value, as it is written there. */
function within(
  spans: readonly Span[],
  place: Place,
  candidates: Candidates,
): ReadonlyArray<readonly [name: string, place: Place]> {
  return spans
    .filter((span) => span.start < place.end && span.end > place.start)
    .map((span) => {
      const start = Math.max(place.start, span.start) - span.start;
      const end = Math.min(place.end, span.end) - span.start;
      return [span.variable, placeInOriginal(candidates.get(span.variable)?.value ?? '', { start, end })];
    });
}
