import { corsHeaders } from '../core/contract/cross-origin';
import type { Refusal } from '../core/contract/refusal';
import { MODEL_CALLS } from '../core/lifecycle/limits';
import { database } from '../core/ports/port-failure';
import { CallMeter } from '../core/usage/call-meter';
import { callCostAtMost, costOf, MILLION, pricesOf } from '../core/usage/cost';
import type { CountedRequest } from '../core/usage/usage';
import { compose } from '../processor/composition/compose';
import { readModelAccess } from '../processor/model-access';
import { refuseUnfit } from '../router/admit';
import { refuseSchedule } from '../router/schedule';
import type { AdmittedCall, RequestCall } from '../router/admit-call';
import { admitCall, explainFailure } from '../router/admit-call';
import type { InitiateAnswer } from '../router/answer';
import { answer } from '../router/answer';
import { factsOf } from '../router/conversation-record';
import { countedRequest, limitRefusal } from '../router/count-request';
import type { DryRunAnswer } from './dry-run-answer';
import type { DryRunPorts } from './dry-run-ports';
import { dryRunReply } from './dry-run-reply';
import { replyIn } from './reply-field';
import type { Tried } from './show-dry-run';
import { showDryRun } from './show-dry-run';

/** Milliseconds for the model: the API ends every call at 29 s. A message itself gives it longer. */
export const MODEL_TIME = 20_000;

/** Milliseconds after which a dry run that was cut short no longer holds back what it may cost. */
const RESERVED_FOR = 60_000;

type Admitted = Extract<AdmittedCall, { admitted: true }>;
type Decided = { readonly body: DryRunAnswer } | { readonly requestId: string; readonly refusal: Refusal };

/**
 * Composes and proves a request's message as the processor does, and answers what would become of it. It counts against
 * the project's requests and budget. Answers every failure, and never throws.
 */
export async function answerDryRun(
  call: RequestCall,
  ports: DryRunPorts,
  allowedOrigins: readonly string[],
): Promise<InitiateAnswer> {
  const started = ports.clock.now();
  const decided = await decide(call, ports, started);
  ports.observer.info('dry run', { outcome: 'body' in decided ? decided.body.outcome : decided.refusal.code });
  return answerOf(decided, call.origin, allowedOrigins);
}

async function decide(call: RequestCall, ports: DryRunPorts, now: number): Promise<Decided> {
  const admitted = await admitCall(call, ports, now);
  if (!admitted.admitted) return admitted;
  const { request_id: requestId } = admitted.request.request_data;
  try {
    const { request, settings } = admitted;
    const reply = replyIn(call);
    const refusal = refuseSchedule(request, now) ?? refuseUnfit(request, settings);
    if (refusal) return { requestId, refusal };
    if (reply && 'refusal' in reply) return { requestId, refusal: reply.refusal };

    const counted = countedDryRun(admitted, now, ports.newIdentifier());
    const decision = await database('Counting the dry run', () => ports.limits.take(counted));
    if (!decision.allowed) return { requestId, refusal: limitRefusal(decision) };

    const calls = new CallMeter(MODEL_CALLS.ofLease);
    const tried = await tryToCompose(admitted, calls, ports);
    if (decision.entry !== undefined) await countCost(admitted, calls, { ...counted, entry: decision.entry }, ports);
    const body = showDryRun(admitted, tried);
    if (!reply) return { body };
    return { body: { ...body, reply: await dryRunReply(admitted, reply.text, now + MODEL_TIME, ports) } };
  } catch (error) {
    return { requestId, refusal: explainFailure(error, ports) };
  }
}

/**
 * A dry run is a request of its own, whatever the request's identifier: neither takes the other's place among the open
 * conversations, of which a dry run is none. It may cost what its model may; nothing is sent.
 */
function countedDryRun({ request, project, settings }: Admitted, now: number, requestId: string): CountedRequest {
  const counted = countedRequest({ request, project, settings, now });
  const call = callCost({ request, project, settings });
  return {
    ...counted,
    requestId,
    limits: { ...counted.limits, concurrent_conversations: null },
    budget: counted.budget && { ...counted.budget, reserved: MODEL_CALLS.ofLease * call },
    openUntil: now + RESERVED_FOR,
  };
}

/** What one call of the model may cost at the most, in millionths of the currency. */
function callCost({ request, project, settings }: Pick<Admitted, 'request' | 'project' | 'settings'>): number {
  const { budget } = project;
  return budget ? callCostAtMost(pricesOf(budget, settings.content.channel), project, settings, factsOf(request)) : 0;
}

async function tryToCompose(
  { request, project, settings }: Admitted,
  calls: CallMeter,
  ports: DryRunPorts,
): Promise<Tried> {
  const model = await readModelAccess(settings, ports.secrets);
  if ('unusable' in model) return { outcome: 'secret_unusable', why: model.unusable };
  const subject = { ...request.recipient_data, project_data: request.project_data };
  const order = { subject, project, settings, access: model.access, calls, timeBudgetMilliseconds: MODEL_TIME };
  const began = ports.clock.now();
  const result = await compose(order, ports);
  const wasSlow = ports.clock.now() - began >= MODEL_TIME - 500;
  return result.outcome === 'unavailable' ? { outcome: wasSlow ? 'model_too_slow' : 'model_unavailable' } : result;
}

/**
 * Puts what the model cost in the place of what was reserved. A failure leaves the reservation to run out by itself.
 */
async function countCost(
  admitted: Admitted,
  calls: CallMeter,
  { company, project: projectId, requestId, entry }: CountedRequest & { readonly entry: string },
  { usage, observer }: DryRunPorts,
): Promise<void> {
  const { budget } = admitted.project;
  if (!budget) return;
  const prices = { ...pricesOf(budget, admitted.settings.content.channel), send: 0, call: callCost(admitted) };
  const asked = { model_calls: calls.used, ...(calls.answers ? { model_answers: calls.answers } : {}) };
  const cost = costOf(prices, { conversation_status: 'expired', attempt_count: 0, ...asked });
  try {
    await usage.releaseReservation({ company, project: projectId, requestId, entry, cost });
    if (cost > 0) observer.count('Spent', { currency: prices.currency }, cost / MILLION);
  } catch (error) {
    observer.error('the cost of a dry run could not be counted', error, { company, project: projectId });
  }
}

function answerOf(decided: Decided, origin: string | undefined, allowedOrigins: readonly string[]): InitiateAnswer {
  if ('refusal' in decided) return answer({ accepted: false, ...decided }, origin, allowedOrigins);
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...corsHeaders(origin, allowedOrigins),
  };
  return { status: 200, headers, body: JSON.stringify(decided.body) };
}
