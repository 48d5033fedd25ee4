import type { Clock } from '../../core/ports/clock';
import type { ChannelSettings, Project } from '../../core/company/company';
import type { Conversation, CompositionSnapshot } from '../../core/lifecycle/conversation';
import type { LanguageModel, ModelAllowance, ModelCredential, TokenUsage } from '../../core/ports/language-model';
import { writtenVariables } from '../../core/company/template';
import { answerTokensAtMost } from '../../core/usage/cost';
import type { Observer } from '../../core/ports/observer';
import type { Evidence } from '../../proof/evidence';
import type { MessagePlan } from '../../proof/message-plan';
import { evidenceInTurns, evidenceOf, planMessage } from '../../proof/message-plan';
import type { Refusals, ResolvedValues } from '../../proof/proof';
import { describeFaults, fillWith, resolveValues } from '../../proof/proof';
import { collectScopes, givesInstructions } from '../../proof/scope/scopes';
import { givenCandidates } from '../../proof/prove-values';
import { buildInstructions, instructionsVersion, PROMPT } from './instructions';
import type { Ask, Outage, Written } from './write-values';
import { readAgain } from './read-again';
import { add, NO_USAGE, writeValues } from './write-values';

/** What a composition needs of the record: the recipient's names and the facts. */
export type CompositionSubject = Pick<
  Conversation,
  'recipient_first_name' | 'recipient_last_name' | 'recipient_tel' | 'recipient_email' | 'project_data'
>;

export type CompositionResult =
  | {
    readonly outcome: 'composed';
    readonly composition: CompositionSnapshot;
    /**
       * Names the required variables whose written values were refused for their fallbacks, each with the rules; never
       * values.
       */
    readonly fallbacks?: string;
  }
  /**
   * A person has to see it: `detail` names variables and rules, never values; `composition` holds the words as far as
   * they came, with the placeholders of the others, and must be proved again (prove-values.ts) before it is sent.
   */
  | {
    readonly outcome: 'unprovable';
    readonly reason: 'proof_failed' | 'facts_missing';
    readonly detail: string;
    readonly composition?: CompositionSnapshot;
  }
  | { readonly outcome: 'unavailable'; readonly retryAfterSeconds?: number }
  | { readonly outcome: 'misconfigured'; readonly code: string };

export interface CompositionPorts {
  readonly model: LanguageModel;
  readonly clock: Clock;
  readonly observer: Observer;
}

export interface CompositionOrder {
  readonly subject: CompositionSubject;
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly access: ModelCredential;
  /** Values that a person gave in the place of a model's or of a missing fact. */
  readonly given?: Readonly<Record<string, string>>;
  /** Milliseconds for all model calls together. */
  readonly timeBudgetMilliseconds: number;
  /** How often the model may still be asked for this message. */
  readonly calls: ModelAllowance;
}

/**
 * Fills the template's variables from the facts, proves them, repairs once, falls back or hands over to a person. Sends
 * and stores nothing.
 */
export async function compose(order: CompositionOrder, ports: CompositionPorts): Promise<CompositionResult> {
  const { subject, project, settings } = order;
  const planned = planMessage(subject, project, settings.content);
  if (!planned.valid) return { outcome: 'unprovable', reason: 'proof_failed', detail: planned.detail };
  const given = givenCandidates(planned.plan, order.given ?? {});
  const plan = { ...planned.plan, toWrite: planned.plan.toWrite.filter((name) => !given.has(name)) };
  const isProved = plan.toWrite.length + given.size > 0;
  const collected = isProved ? await evidenceInTurns(plan) : undefined;
  if (isProved) await collectScopes(plan, [...plan.toWrite, ...given.keys()]);
  const evidence = () => collected ?? evidenceOf(plan);
  const instructions = buildInstructions(settings.content, settings.model.instructions, project.untrusted);
  const asked = { calls: 0 };
  const snapshot = (resolved: ResolvedValues, usage: TokenUsage, reader?: CompositionSnapshot['second_reader']) =>
    snapshotOf(order, plan, resolved, { instructions, usage, wasAsked: asked.calls > 0, reader });

  // A fact that is missing is found before the model is paid.
  const unwritten = resolveValues(plan, evidence, given, new Map());
  const missing = new Map([...unwritten.open].filter(([name]) => plan.failedCopies.has(name)));
  if (missing.size > 0) {
    const composition = { ...snapshot(withoutFallbacks(plan, unwritten), NO_USAGE), unwritten: plan.toWrite };
    return unprovable({ ...unwritten, open: missing }, composition);
  }
  if (plan.toWrite.length === 0) return conclude(plan, unwritten, snapshot(unwritten, NO_USAGE));

  const ask = countingAsk(order, plan, instructions, ports, asked);
  const begun = ports.clock.now();
  const written = await writeValues(plan, evidence(), ask, given, {
    now: () => ports.clock.now(),
    budget: order.timeBudgetMilliseconds,
  });
  if (givesInstructions(plan, evidence())) {
    ports.observer.warn('The facts try to give instructions: no model was asked.', {
      channel: settings.content.channel,
    });
  }
  if (written.outage && written.refusals.size === 0) return written.outage;
  const resolved = resolveValues(plan, evidence, written.proved, written.refusals);
  const left = order.timeBudgetMilliseconds - (ports.clock.now() - begun);
  const read = await readAgain(plan, evidence(), resolved, { settings, ask, left });
  const final = withoutRefused(plan, evidence, resolved, written, read.refusals);
  const composition = snapshot(final, add(written.usage, read.usage), read.by);
  if (read.unread.size > 0) return unprovable({ ...final, open: read.unread }, composition);
  return concludeWritten(plan, final, written, composition);
}

/** What the second reader refused gets its fallback, and the others are proved again beside it. */
function withoutRefused(
  plan: MessagePlan,
  evidence: () => Evidence,
  resolved: ResolvedValues,
  { proved, refusals }: Written,
  refused: Refusals,
): ResolvedValues {
  if (refused.size === 0) return resolved;
  const kept = new Map([...proved].filter(([name]) => !refused.has(name)));
  return resolveValues(plan, evidence, kept, new Map([...refusals, ...refused]));
}

/** An outage of the repair matters only where the fallbacks do not make a message. */
function concludeWritten(
  plan: MessagePlan,
  resolved: ResolvedValues,
  written: Written,
  composition: CompositionSnapshot,
): CompositionResult | Outage {
  const concluded = conclude(plan, resolved, composition);
  return concluded.outcome === 'unprovable' && written.outage ? written.outage : concluded;
}

function conclude(plan: MessagePlan, resolved: ResolvedValues, composition: CompositionSnapshot): CompositionResult {
  if (resolved.open.size > 0 || resolved.message.length > 0) return unprovable(resolved, composition);
  const named = [...resolved.fallbacks].filter(
    ([name]) => plan.variables[name]?.required && plan.toWrite.includes(name),
  );
  const fallbacks = named.length > 0 ? describeFaults(new Map(named), []) : undefined;
  return { outcome: 'composed', composition, fallbacks };
}

/** The model was not asked, so a fallback would only look like its answer: what is to be written stays open. */
function withoutFallbacks(plan: MessagePlan, resolved: ResolvedValues): ResolvedValues {
  const candidates = new Map([...resolved.candidates].filter(([name]) => !plan.toWrite.includes(name)));
  return { ...resolved, candidates };
}

function unprovable({ open, message }: ResolvedValues, composition: CompositionSnapshot): CompositionResult {
  const isMissing = [...open.values()].some((rules) => rules.includes('fact_missing'));
  return {
    outcome: 'unprovable',
    reason: isMissing ? 'facts_missing' : 'proof_failed',
    detail: describeFaults(open, message),
    composition,
  };
}

function snapshotOf(
  order: CompositionOrder,
  plan: MessagePlan,
  { candidates }: ResolvedValues,
  source: {
    readonly instructions: string;
    readonly usage: TokenUsage;
    readonly wasAsked: boolean;
    readonly reader: CompositionSnapshot['second_reader'];
  },
): CompositionSnapshot {
  const { content, model } = order.settings;
  return {
    filled: fillWith(plan, candidates),
    values: Object.fromEntries([...candidates].map(([name, { value }]) => [name, value])),
    template_name: content.template.name,
    template_version: content.template.version,
    ...(source.wasAsked ? { model: model.model } : {}),
    instructions_version: instructionsVersion(source.instructions),
    ...(source.wasAsked ? { prompt: PROMPT } : {}),
    facts_hash: plan.facts.hash,
    verdicts: Object.fromEntries([...candidates].map(([name, { verdict }]) => [name, verdict])),
    ...evidenceIn(candidates),
    ...(source.reader ? { second_reader: source.reader } : {}),
    usage: source.usage,
    ...(content.template.resend_on_unknown ? { resend_on_unknown: true } : {}),
  };
}

/** What the model cited for the values that go out. */
function evidenceIn(candidates: ResolvedValues['candidates']): Pick<CompositionSnapshot, 'evidence'> {
  const cited = [...candidates].flatMap(([name, { cited: facts = [] }]) =>
    facts.length > 0 ? [[name, facts] as const] : [],
  );
  return cited.length > 0 ? { evidence: Object.fromEntries(cited) } : {};
}

function countingAsk(
  order: CompositionOrder,
  plan: MessagePlan,
  instructions: string,
  { model, clock, observer }: CompositionPorts,
  asked: { calls: number },
): Ask {
  const { settings, access } = order;
  const dimensions = { channel: settings.content.channel };
  return async (question) => {
    asked.calls += 1;
    const start = clock.now();
    const result = await model.fill({
      access,
      model: settings.model.model,
      reasoningEffort: settings.model.reasoning_effort,
      maxOutputTokens: answerTokensAtMost(writtenVariables(settings.content.template)),
      instructions,
      facts: plan.facts.block,
      calls: order.calls,
      ...question,
    });
    observer.duration('ModelTime', clock.now() - start, dimensions);
    if ('usage' in result) observer.count('ModelTokens', dimensions, result.usage.total_tokens);
    return result;
  };
}
