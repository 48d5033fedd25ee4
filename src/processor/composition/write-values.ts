import { CHANNEL_DEFINITIONS } from '../../core/channel';
import type { FillRequest, FillResult, TokenUsage } from '../../core/ports/language-model';
import { messageFaults } from '../../proof/rules/channel-rules';
import type { Evidence } from '../../proof/evidence';
import type { MessagePlan } from '../../proof/message-plan';
import type { Candidate, Candidates, Refusals } from '../../proof/proof';
import { fillWith, validateCandidates } from '../../proof/proof';
import type { Rule } from '../../proof/rules/rules';
import { RULES } from '../../proof/rules/rules';
import { givesInstructions } from '../../proof/scope/scopes';
import { prepareValue } from '../../proof/value-text';
import { REPAIR_RULES } from '../prompts/repair/2/rules';
import { answeredValue } from './answered-value';
import { fillSchema } from './template-schema';

/**
 * Milliseconds under which a repair is not worth starting, nor in less than half of what the first call took: it would
 * be paid for and not heard.
 */
const SHORTEST_REPAIR = 1_000;
/** Characters of a refused value that are sent back with the reason. */
const LONGEST_REPAIR = 2_000;
/** Characters of a value that are read at all. */
const LONGEST_ANSWER = 20_000;

/** Only an outage and a wrong configuration end a composition; they say nothing about the values. */
export type Outage = Extract<FillResult, { readonly outcome: 'unavailable' | 'misconfigured' }>;

export interface Written {
  readonly proved: Candidates;
  readonly refusals: Refusals;
  readonly usage: TokenUsage;
  /** A call failed; the first one leaves nothing proved. */
  readonly outage?: Outage;
}

/**
 * One call of the model, counted and timed by its caller, with the message's facts and instructions unless it has
 * others.
 */
export type Ask = (
  question: Pick<FillRequest, 'schema' | 'repair' | 'repairInstructions' | 'timeBudgetMilliseconds'> &
    Partial<Pick<FillRequest, 'facts' | 'instructions' | 'model'>>,
) => Promise<FillResult>;

type Repair = NonNullable<FillRequest['repair']>;

interface Round {
  readonly proved: Candidates;
  readonly refusals: Refusals;
  /** The refused values themselves, for the repair. */
  readonly refused: ReadonlyMap<string, string>;
  readonly mayRepair: boolean;
  readonly usage: TokenUsage;
}

export const NO_USAGE: TokenUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** Asks the model once, and once more for the values that could not be proved. `given` stands already. */
export async function writeValues(
  plan: MessagePlan,
  evidence: Evidence,
  ask: Ask,
  given: Candidates,
  time: { readonly now: () => number; readonly budget: number },
): Promise<Written> {
  const blocked: Rule | undefined = plan.facts.isTooLarge
    ? 'facts_too_large'
    : givesInstructions(plan, evidence)
      ? 'instruction_in_facts'
      : undefined;
  if (blocked) return refuseAll(plan, given, blocked);
  const begun = time.now();
  const first = await ask({ schema: schemaOf(plan, plan.toWrite), timeBudgetMilliseconds: time.budget });
  if (isOutage(first)) return { proved: new Map(), refusals: new Map(), usage: NO_USAGE, outage: first };
  if (first.outcome === 'not_allowed') return refuseAll(plan, given, 'model_calls_used_up');
  const round = readAnswer(plan, evidence, first, { names: plan.toWrite, proved: given, verdict: 'proved' });
  const took = time.now() - begun;
  const left = time.budget - took;
  if (round.refusals.size === 0 || !round.mayRepair || left < Math.max(SHORTEST_REPAIR, took / 2)) return round;
  const names = [...round.refusals.keys()];
  const repair = { repair: repairOf(round), repairInstructions: REPAIR_RULES };
  const second = await ask({ schema: schemaOf(plan, names), ...repair, timeBudgetMilliseconds: left });
  if (isOutage(second)) return { ...round, outage: second };
  if (second.outcome === 'not_allowed') return round;
  const repaired = readAnswer(plan, evidence, second, { names, proved: round.proved, verdict: 'repaired' });
  return { proved: repaired.proved, refusals: repaired.refusals, usage: add(round.usage, repaired.usage) };
}

/** No model is asked: every value is refused, for the same reason. */
function refuseAll(plan: MessagePlan, given: Candidates, rule: Rule): Written {
  return { proved: given, refusals: new Map(plan.toWrite.map((name) => [name, [rule]])), usage: NO_USAGE };
}

function isOutage(result: FillResult): result is Outage {
  return result.outcome === 'unavailable' || result.outcome === 'misconfigured';
}

function schemaOf(plan: MessagePlan, names: readonly string[]): Readonly<Record<string, unknown>> {
  return fillSchema(plan.variables, names, CHANNEL_DEFINITIONS[plan.template.content.channel].text.mayBeEmpty);
}

function repairOf({ refusals, refused }: Round): Repair {
  return Object.fromEntries(
    [...refusals].map(([name, rules]) => [
      name,
      { value: (refused.get(name) ?? '').slice(0, LONGEST_REPAIR), reason: rules.map((rule) => RULES[rule]).join(' ') },
    ]),
  );
}

interface Question {
  readonly names: readonly string[];
  /** The values of the round before, which stay as they are. */
  readonly proved: Candidates;
  readonly verdict: Candidate['verdict'];
}

function readAnswer(
  plan: MessagePlan,
  evidence: Evidence,
  result: Exclude<FillResult, Outage | { readonly outcome: 'not_allowed' }>,
  question: Question,
): Round {
  const { usage, outcome } = result;
  if (outcome === 'values') return { ...judgeAnswer(plan, evidence, result.values, question), mayRepair: true, usage };
  const rule = `model_${outcome}` as const;
  const refusals = new Map(question.names.map((name) => [name, [rule]]));
  return {
    proved: question.proved,
    refusals,
    refused: new Map(),
    mayRepair: outcome === 'truncated' || outcome === 'unreadable',
    usage,
  };
}

function judgeAnswer(
  plan: MessagePlan,
  evidence: Evidence,
  values: Readonly<Record<string, unknown>>,
  { names, proved, verdict }: Question,
) {
  const answered = new Map<string, Candidate>();
  const refusals = new Map<string, readonly Rule[]>();
  for (const name of names) {
    const { value, cited } = answeredValue(Object.hasOwn(values, name) ? values[name] : undefined);
    if (typeof value !== 'string') refusals.set(name, [value === undefined ? 'missing' : 'not_text']);
    else if (value.length > LONGEST_ANSWER) refusals.set(name, ['too_long']);
    else answered.set(name, { value: prepareValue(plan.template.content.channel, value), verdict, cited });
  }
  const copied = [...plan.copies].map(([name, value]) => [name, { value, verdict: 'copied' }] as const);
  const result = validateCandidates(plan, evidence, new Map<string, Candidate>([...copied, ...proved, ...answered]));
  const valid = new Map<string, Candidate>(
    [...copied, ...proved, ...answered].filter(([name]) => !result.refusals.has(name)),
  );
  const shared = result.refusals.size === 0 ? result.message : messageFaults(plan.template, fillWith(plan, valid, ''));
  for (const name of [...proved.keys(), ...answered.keys()]) {
    const own = result.refusals.get(name);
    const rules = own ? [...new Set([...own, ...result.message])] : shared;
    if (rules.length > 0) refusals.set(name, rules);
  }
  const refused = new Map(
    [...answered].filter(([name]) => refusals.has(name)).map(([name, { value }]) => [name, value]),
  );
  return { proved: new Map([...proved, ...answered].filter(([name]) => !refusals.has(name))), refusals, refused };
}

export function add(first: TokenUsage, second: TokenUsage): TokenUsage {
  return {
    prompt_tokens: first.prompt_tokens + second.prompt_tokens,
    completion_tokens: first.completion_tokens + second.completion_tokens,
    total_tokens: first.total_tokens + second.total_tokens,
  };
}
