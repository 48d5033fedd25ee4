import type { Rule } from '../proof/rules/rules';
import { RULES } from '../proof/rules/rules';
import type { TracedClaim } from '../proof/trace/proof-trace';

/** One claim of a value, with the reason in plain words if it may not go out. */
export interface ShownClaim extends TracedClaim {
  /** What the rule says, where one is broken. */
  readonly why?: string;
}

/** A value with each of its claims: which fact proves it, or which rule refuses it. */
export interface ExplainedValue {
  readonly variable: string;
  readonly verdict: string;
  readonly value: string;
  readonly claims: readonly ShownClaim[];
}

export function shownClaim(claim: TracedClaim): ShownClaim {
  return { ...claim, ...(claim.rule !== null && { why: wordsOfRule(claim.rule) }) };
}

export function wordsOfRule(rule: Rule): string {
  return RULES[rule];
}
