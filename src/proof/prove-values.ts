import type { Project } from '../core/company/company';
import type { ChannelTemplate, FilledMessage } from '../core/company/template';
import type { FactsSource } from './facts';
import type { MessagePlan } from './message-plan';
import { evidenceOf, planMessage } from './message-plan';
import type { Candidate, Candidates, Verdict } from './proof';
import { describeFaults, fillWith, validateCandidates, validateFallback } from './proof';
import type { Rule } from './rules/rules';
import { prepareValue } from './value-text';

/** Without a variable, the rules of the whole message. */
export interface ProofFault {
  readonly variable?: string;
  readonly rules: readonly Rule[];
}

export type ProofResult =
  | {
    readonly outcome: 'proved';
    readonly filled: FilledMessage;
    readonly values: Readonly<Record<string, string>>;
    readonly verdicts: Readonly<Record<string, Verdict>>;
  }
  | { readonly outcome: 'refused'; readonly detail: string; readonly faults: readonly ProofFault[] };

/**
 * Proves values that a person chose, by the same rules as a model's. A value that equals the copied fact or the
 * fallback is taken as such; what
 * is left out is copied, and is missing where there is nothing to copy.
 */
export function proveValues(order: {
  readonly subject: FactsSource;
  readonly project: Project;
  readonly content: ChannelTemplate;
  readonly values: Readonly<Record<string, string>>;
}): ProofResult {
  const planned = planMessage(order.subject, order.project, order.content);
  if (!planned.valid) return { outcome: 'refused', detail: planned.detail, faults: [] };
  const { plan } = planned;
  const candidates = new Map<string, Candidate>();
  const faults = new Map<string, readonly Rule[]>();
  for (const name of Object.keys(order.values)) {
    if (!Object.hasOwn(plan.variables, name)) faults.set(name, ['unknown_variable']);
  }
  for (const name of Object.keys(plan.variables)) {
    const candidate = chosen(plan, name, Object.hasOwn(order.values, name) ? order.values[name] : undefined);
    if (candidate) candidates.set(name, candidate);
    else faults.set(name, plan.failedCopies.get(name) ?? ['missing']);
  }
  const result = validateCandidates(plan, evidenceOf(plan), candidates);
  result.refusals.forEach((rules, name) => faults.set(name, rules));
  const message = faults.size > 0 ? [] : result.message;
  if (faults.size > 0 || message.length > 0) {
    const named = [...faults].map(([variable, rules]) => ({ variable, rules }));
    return {
      outcome: 'refused',
      detail: describeFaults(faults, message),
      faults: [...named, ...(message.length > 0 ? [{ rules: message }] : [])],
    };
  }
  const entries = [...candidates];
  return {
    outcome: 'proved',
    filled: fillWith(plan, candidates),
    values: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    verdicts: Object.fromEntries(entries.map(([name, { verdict }]) => [name, verdict])),
  };
}

/** The fallback is only trusted as far as it keeps the channel's rules, so it is judged as written unless it does. */
function chosen(plan: MessagePlan, name: string, written: string | undefined): Candidate | undefined {
  const copy = plan.copies.get(name);
  if (written === undefined) return copy === undefined ? undefined : { value: copy, verdict: 'copied' };
  const { channel } = plan.template.content;
  const value = prepareValue(channel, written);
  if (value === copy) return { value, verdict: 'copied' };
  const fallback = validateFallback(plan, name);
  return { value, verdict: value === fallback?.value && fallback.faults.length === 0 ? 'fallback' : 'proved' };
}

/**
 * Proves the values that a person gives to a message whose other variables are still to be written. `missing` names the
 * copied facts that the request lacks and no given value stands for.
 */
export function proveGiven(order: {
  readonly subject: FactsSource;
  readonly project: Project;
  readonly content: ChannelTemplate;
  readonly values: Readonly<Record<string, string>>;
}): {
    readonly unwritten: readonly string[];
    readonly faults: ReadonlyMap<string, readonly Rule[]>;
    readonly detail: string;
  } {
  const planned = planMessage(order.subject, order.project, order.content);
  if (!planned.valid) return { unwritten: [], faults: new Map([['template', []]]), detail: planned.detail };
  const { plan } = planned;
  const given = givenCandidates(plan, order.values);
  const copies = [...plan.copies].map(([name, value]) => [name, { value, verdict: 'copied' }] as const);
  const unknown = Object.keys(order.values).filter((name) => !Object.hasOwn(plan.variables, name));
  const faults = new Map<string, readonly Rule[]>([
    ...unknown.map((name) => [name, ['unknown_variable']] as const),
    ...[...plan.failedCopies].filter(([name]) => !given.has(name)),
    ...validateCandidates(plan, evidenceOf(plan), new Map<string, Candidate>([...copies, ...given])).refusals,
  ]);
  return { unwritten: plan.toWrite.filter((name) => !given.has(name)), faults, detail: describeFaults(faults, []) };
}

/** Values that a person gave, as they stand beside the ones that a model writes. */
export function givenCandidates(plan: MessagePlan, values: Readonly<Record<string, string>>): Candidates {
  const known = Object.entries(values).filter(([name]) => Object.hasOwn(plan.variables, name));
  const { channel } = plan.template.content;
  return new Map(known.map(([name, value]) => [name, { value: prepareValue(channel, value), verdict: 'proved' }]));
}
