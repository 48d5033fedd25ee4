import type { Evidence } from '../evidence';
import type { Facts } from '../facts';
import type { MessagePlan } from '../message-plan';
import { evidenceInTurns, evidenceOf } from '../message-plan';

/** Variables that are proved by the same facts. */
export interface Scope {
  readonly names: readonly string[];
  readonly evidence: Evidence;
}

/** By the paths that they name. The facts are the same objects as long as a message is composed. */
const collected = new WeakMap<Facts, Map<string, Evidence>>();

/** Sorts variables by the facts that prove them; `evidence` is that of all facts. */
export function scopesOf(plan: MessagePlan, evidence: Evidence, names: readonly string[]): readonly Scope[] {
  const scopes = new Map<string, string[]>();
  for (const name of names) {
    const key = JSON.stringify(plan.variables[name]?.facts ?? null);
    scopes.set(key, [...scopes.get(key) ?? [], name]);
  }
  return [...scopes.values()].map((own) => ({ names: own, evidence: evidenceFor(plan, evidence, own[0] ?? '') }));
}

/** What proves the values of one variable. */
export function evidenceFor(plan: MessagePlan, evidence: Evidence, name: string): Evidence {
  const paths = plan.variables[name]?.facts;
  if (!paths) return evidence;
  const known = remembered(plan);
  const key = paths.join('\n');
  const made = known.get(key) ?? evidenceOf(plan, paths);
  known.set(key, made);
  return made;
}

/** Collects what proves each of these variables ahead, in turns with other messages. */
export async function collectScopes(plan: MessagePlan, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const paths = plan.variables[name]?.facts;
    if (paths) remembered(plan).set(paths.join('\n'), await evidenceInTurns(plan, paths));
  }
}

function remembered({ facts }: MessagePlan): Map<string, Evidence> {
  const known = collected.get(facts) ?? new Map<string, Evidence>();
  collected.set(facts, known);
  return known;
}

/** Facts that the model would be given try to give instructions. */
export function givesInstructions(plan: MessagePlan, evidence: Evidence): boolean {
  return scopesOf(plan, evidence, plan.toWrite).some((scope) => scope.evidence.holdInstructions);
}
