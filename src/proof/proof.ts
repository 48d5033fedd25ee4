import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { Citation, CompositionSnapshot } from '../core/lifecycle/conversation';
import type { FilledMessage } from '../core/company/template';
import { messageFaults, valueFaults } from './rules/channel-rules';
import { markupFaults } from './rules/character-rules';
import { fillMessage } from './template/fill-template';
import { judgeText, rulesBroken } from './grounding';
import type { CitedFacts } from './citations/cited-leaves';
import { findCited } from './citations/cited-leaves';
import { citedFaults } from './citations/judge-citations';
import { MASK } from './claims/claim';
import type { Piece } from './claims/folded-text';
import type { Evidence } from './evidence';
import { hasInstructions, phrasesOf } from './instructions-in-text';
import type { MessagePlan } from './message-plan';
import { readableTexts, templateTexts } from './message-plan';
import type { Rule } from './rules/rules';
import { scopesOf } from './scope/scopes';
import { prepareValue } from './value-text';

export type Verdict = CompositionSnapshot['verdicts'][string];

/** A value on its way into a message. Only what a model or a person wrote has to be proved from the facts. */
export interface Candidate {
  readonly value: string;
  readonly verdict: Verdict;
  /** The facts that the model cited; a value without any is proved by all facts alike. */
  readonly cited?: readonly Citation[];
}

export type Candidates = ReadonlyMap<string, Candidate>;
export type Refusals = ReadonlyMap<string, readonly Rule[]>;

/** What is wrong with written values, one by one, and with the message that they make. */
export interface ValidationResult {
  readonly refusals: Refusals;
  readonly message: readonly Rule[];
}

const isWritten = ({ verdict }: Candidate): boolean => verdict === 'proved' || verdict === 'repaired';

/** Proves the written values among the candidates, each in its place in the message. */
export function validateCandidates(plan: MessagePlan, evidence: Evidence, candidates: Candidates): ValidationResult {
  const found = new Map<string, Set<Rule>>();
  const refuse = (name: string, rules: Iterable<Rule>) => {
    for (const rule of rules) found.set(name, (found.get(name) ?? new Set<Rule>()).add(rule));
  };
  for (const [name, candidate] of candidates) {
    if (isWritten(candidate)) refuse(name, writtenFaults(plan, evidence, name, candidate.value));
  }
  const cited = citedFacts(plan, candidates);
  for (const [name, { misquoted }] of cited) if (misquoted.length > 0) refuse(name, ['unknown_quote']);
  for (const { pieces, evidence: proving } of textsToProve(plan, evidence, candidates)) {
    const judged = judgeText(pieces, proving);
    rulesBroken(judged).forEach((rules, name) => refuse(name, rules));
    for (const [name, { leaves }] of cited) refuse(name, citedFaults(name, judged, proving, leaves));
  }
  return {
    refusals: new Map([...found].map(([name, rules]) => [name, [...rules]])),
    message: messageFaults(plan.template, fillWith(plan, candidates, '')),
  };
}

/** A text of the message as its reader sees it; the values that have to be proved are marked with their variable. */
export interface TextToProve {
  readonly pieces: readonly Piece[];
  readonly evidence: Evidence;
}

/** The texts in which written values stand, once for each scope of facts that their variables have. */
export function textsToProve(plan: MessagePlan, evidence: Evidence, candidates: Candidates): readonly TextToProve[] {
  const written = [...candidates].filter(([, candidate]) => isWritten(candidate)).map(([name]) => name);
  return scopesOf(plan, evidence, written).flatMap(({ names, evidence: proving }) =>
    readableTexts(plan.template).flatMap((segments) => {
      const pieces = segments.map((segment): Piece => {
        if ('literal' in segment) return { text: segment.literal };
        const value = candidates.get(segment.variable)?.value ?? MASK;
        return names.includes(segment.variable) ? { text: value, variable: segment.variable } : { text: value };
      });
      return pieces.some((piece) => 'variable' in piece) ? [{ pieces, evidence: proving }] : [];
    }));
}

/** By variable, the facts that were cited for its written value; variables without citations are left out. */
export function citedFacts(plan: MessagePlan, candidates: Candidates): ReadonlyMap<string, CitedFacts> {
  const citing = [...candidates].filter(([, { cited = [] }]) => cited.length > 0);
  if (citing.length === 0) return new Map();
  const texts = templateTexts(plan.template);
  return new Map(citing.map(([name, { cited = [] }]) => (
    [name, findCited(cited, { facts: plan.facts, paths: plan.variables[name]?.facts, templateTexts: texts })]
  )));
}

function writtenFaults(plan: MessagePlan, evidence: Evidence, name: string, value: string): readonly Rule[] {
  const variable = plan.variables[name];
  if (!variable) return ['unknown_variable'];
  const repeats =
    hasInstructions(value) ||
    (evidence.suspicious.size > 0 && phrasesOf(value).some((phrase) => evidence.suspicious.has(phrase)));
  return [
    ...valueFaults(plan.template, name, variable, value),
    ...markupFaults(value),
    ...(repeats ? (['instruction_like'] as const) : []),
  ];
}

/** The message with these values; `absent` stands for a variable that has none, or its placeholder stays. */
export function fillWith(plan: MessagePlan, candidates: Candidates, absent?: string): FilledMessage {
  const values = new Map([...candidates].map(([name, { value }]) => [name, value]));
  if (absent !== undefined) {
    for (const name of Object.keys(plan.variables)) if (!values.has(name)) values.set(name, absent);
  }
  return fillMessage(plan.template.content, plan.template.parts, values);
}

/** Every variable's final words, or why there are none. */
export interface ResolvedValues {
  readonly candidates: Candidates;
  /** Variables without provable words; each word is a rule, after `fallback` one that the fallback breaks. */
  readonly open: ReadonlyMap<string, readonly string[]>;
  /** Variables that got their fallback, each with the rules that the written value broke. */
  readonly fallbacks: ReadonlyMap<string, readonly Rule[]>;
  readonly message: readonly Rule[];
}

/**
 * Gives each variable its proved words, else its copy, else its fallback, and proves the whole again until it stands: a
 * fallback beside a proved
 * value makes another text than the one that was proved.
 */
export function resolveValues(
  plan: MessagePlan,
  evidence: () => Evidence,
  proved: Candidates,
  refusals: Refusals,
): ResolvedValues {
  const proven = new Map(proved);
  const reasons = new Map(refusals);
  for (;;) {
    const chosen = choose(plan, proven, reasons);
    const { candidates, open } = chosen;
    if (proven.size === 0) {
      return { ...chosen, message: open.size > 0 ? [] : messageFaults(plan.template, fillWith(plan, candidates)) };
    }
    const result = validateCandidates(plan, evidence(), candidates);
    // A refused value may be what makes the message too long: the others are judged again without it.
    const message = open.size > 0 || result.refusals.size > 0 ? [] : result.message;
    for (const name of proven.keys()) {
      const faults = result.refusals.get(name) ?? message;
      if (faults.length > 0 && proven.delete(name)) reasons.set(name, faults);
    }
    if (result.refusals.size === 0 && message.length === 0) return { ...chosen, message };
  }
}

function choose(plan: MessagePlan, proven: Candidates, reasons: Refusals): Omit<ResolvedValues, 'message'> {
  const candidates = new Map<string, Candidate>();
  const open = new Map<string, readonly string[]>();
  const fallbacks = new Map<string, readonly Rule[]>();
  const { mayBeEmpty } = CHANNEL_DEFINITIONS[plan.template.content.channel].text;
  for (const [name, { required }] of Object.entries(plan.variables)) {
    const copy = plan.copies.get(name);
    const candidate =
      proven.get(name) ?? (copy === undefined ? undefined : { value: copy, verdict: 'copied' as const });
    const words = validateFallback(plan, name);
    if (candidate) {
      candidates.set(name, candidate);
    } else if (words && words.faults.length === 0) {
      candidates.set(name, { value: words.value, verdict: 'fallback' });
      fallbacks.set(name, plan.failedCopies.get(name) ?? reasons.get(name) ?? []);
    } else if (!words && !required && mayBeEmpty) {
      candidates.set(name, { value: '', verdict: 'fallback' });
    } else {
      open.set(name, [
        ...(plan.failedCopies.get(name) ?? reasons.get(name) ?? []),
        ...(words?.faults ?? []).map((rule) => `fallback ${rule}`),
      ]);
    }
  }
  return { candidates, open, fallbacks };
}

/**
 * A fallback is the company's own word: it needs no evidence, but the channel's rules hold for it too. Undefined if
 * there is none.
 */
export function validateFallback(
  plan: MessagePlan,
  name: string,
): { readonly value: string; readonly faults: readonly Rule[] } | undefined {
  const variable = plan.variables[name];
  if (variable?.fallback === undefined) return undefined;
  const value = prepareValue(plan.template.content.channel, variable.fallback);
  return { value, faults: valueFaults(plan.template, name, variable, value) };
}

/** Names variables and rules, never values. */
export function describeFaults(open: ReadonlyMap<string, readonly string[]>, message: readonly Rule[]): string {
  const lines = [...open].map(([name, rules]) => `${name}: ${rules.join(', ')}`);
  return [...lines, ...(message.length > 0 ? [`message: ${message.join(', ')}`] : [])].join('; ');
}
