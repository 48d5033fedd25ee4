import type { ChannelSettings, Project } from '../core/company/company';
import { RETENTION_DAYS } from '../core/company/company';
import { narrowAnswers } from '../core/company/narrow-answers';
import type { Fault, Refusal } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import type { Conversation } from '../core/lifecycle/conversation';
import { isTestMessage } from '../core/lifecycle/test-message';
import { queueDelay } from '../core/lifecycle/schedule';
import type { IdempotencyRecord } from '../core/ports/directory';
import { timestamp } from '../core/ports/clock';
import { database, PortFailure, queueing } from '../core/ports/port-failure';
import type { RequestLimits } from '../core/usage/request-limits';
import type { CountedRequest } from '../core/usage/usage';
import { countsOpen } from '../core/usage/usage';
import { refuseUnfit } from './admit';
import type { Outcome } from './answer';
import { newConversation, newIdempotencyRecord } from './conversation-record';
import { countedRequest, limitRefusal } from './count-request';
import { hashAsWritten } from './request-hash';
import { refuseSchedule } from './schedule';
import type { RouterPorts, RouterSettings } from './router-ports';

/** A request that may be accepted unless it was before, or its project's limits are used up. */
export interface AdmittedRequest {
  readonly request: ConversationRequest;
  /** Fields of the request that the engine does not know. */
  readonly warnings: readonly Fault[];
  readonly project: Project;
  readonly settings: ChannelSettings;
  /** Where the same `request_id` was accepted before. */
  readonly idempotency?: IdempotencyRecord;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Milliseconds for which every record is kept, whatever its company's setting. */
const LEAST_KEPT = RETENTION_DAYS.least * 24 * 60 * 60_000;

/**
 * Writes the idempotency record, then the conversation, then queues it. Each of the three may be repeated, so a replay
 * of the request finishes what a crash cut short.
 */
export async function accept(
  admitted: AdmittedRequest,
  ports: RouterPorts,
  { retentionDays: stageDays }: RouterSettings,
): Promise<Outcome> {
  const retentionDays = admitted.project.retention_days ?? stageDays;
  const claimed = await claimRequestId(admitted, retentionDays, ports);
  if ('refusal' in claimed) return { accepted: false, requestId: admitted.request.request_data.request_id, ...claimed };

  const { idempotency, isReplay } = claimed;
  const found = isReplay ? await findEarlier(idempotency, admitted.now, ports) : undefined;
  if (found === 'gone') return accepted(claimed, admitted);

  const made = found ? { record: found } : await create(admitted, claimed, retentionDays, ports);
  if ('refusal' in made) return { accepted: false, requestId: idempotency.request_id, ...made };
  await enqueueUnlessTaken(made.record, admitted, idempotency, ports);
  return accepted(claimed, admitted);
}

/** The idempotency record under which the request is accepted: an earlier request's where this one is a replay. */
interface ClaimedRequestId {
  readonly idempotency: IdempotencyRecord;
  readonly isReplay: boolean;
  /** How the project's usage counts the conversation as open. */
  readonly usageEntry?: string;
}

async function claimRequestId(
  admitted: AdmittedRequest,
  retentionDays: number,
  { directory, limits }: RouterPorts,
): Promise<ClaimedRequestId | { readonly refusal: Refusal }> {
  const { request, settings, now } = admitted;
  const proposed = newIdempotencyRecord(request, settings, now, retentionDays);
  if (admitted.idempotency) return replayOf(admitted.idempotency, proposed, request);
  // A replay is answered as before, whatever the template needs by now.
  const refusal = refuseSchedule(request, now) ?? refuseUnfit(request, settings);
  if (refusal) return { refusal };
  // Before anything is written, so that a refused request leaves nothing behind. A crash after it costs the project one
  // request at most.
  const counted = countedRequest(admitted);
  const decision = await database('Counting the request', () => limits.take(counted));
  if (!decision.allowed) return { refusal: limitRefusal(decision) };
  const { entry } = decision;
  const earlier = await orRelease(limits, { ...counted, entry }, 'Writing the idempotency record', () =>
    directory.putIdempotencyRecord(proposed),
  );
  return earlier ? replayOf(earlier, proposed, request) : { idempotency: proposed, isReplay: false, usageEntry: entry };
}

/**
 * A write after which something of the request may be kept. If it certainly was not, what was reserved is taken back.
 * If nobody knows, the reservation stays until the request is repeated or its time is over, since the message may yet
 * go.
 */
async function orRelease<Result>(
  limits: RequestLimits,
  { entry, ...counted }: CountedRequest & { readonly entry: string | undefined },
  attempted: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await database(attempted, write);
  } catch (error) {
    const isKept = !(error instanceof PortFailure && error.isDefinite);
    // A release that fails leaves the entry to run out by itself: the first failure is the one to answer.
    if (entry !== undefined && !isKept) await limits.release({ ...counted, entry }).catch(() => undefined);
    throw error;
  }
}

function replayOf(
  earlier: IdempotencyRecord,
  proposed: IdempotencyRecord,
  request: ConversationRequest,
): ClaimedRequestId | { readonly refusal: Refusal } {
  const isSameBody = [proposed.body_hash, hashAsWritten(request)].includes(earlier.body_hash);
  const wasTest = isTestMessage(earlier.conversation);
  const isSameKind = wasTest === isTestMessage(proposed.conversation);
  if (isSameBody && isSameKind) return { idempotency: earlier, isReplay: true };
  const message = isSameKind
    ? 'request_data.request_id was used before with another body: send the same body, or use a new request_id.'
    : `request_data.request_id was used before by a ${wasTest ? 'test key' : 'key that sends'}: use a new request_id.`;
  return { refusal: { code: 'IDEMPOTENCY_CONFLICT', message } };
}

/**
 * The conversation of an earlier request; undefined where a crash came before it was written. No record is removed
 * before LEAST_KEPT: after it, or once its recipient was erased, a record that is missing had its time and stays away.
 */
async function findEarlier(
  { conversation: key, accepted_at: acceptedAt, erased_at: erasedAt }: IdempotencyRecord,
  now: number,
  { conversations }: RouterPorts,
): Promise<Conversation | 'gone' | undefined> {
  if (erasedAt !== undefined) return 'gone';
  const found = await database('Reading the conversation', () => conversations.find(key));
  return found ?? (now > Date.parse(acceptedAt) + LEAST_KEPT ? 'gone' : undefined);
}

async function create(
  admitted: AdmittedRequest,
  { idempotency, isReplay, usageEntry }: ClaimedRequestId,
  retentionDays: number,
  { conversations, limits, newIdentifier }: RouterPorts,
): Promise<{ readonly record: Conversation | undefined } | { readonly refusal: Refusal }> {
  const answers = narrowAnswers(admitted.request, admitted.settings);
  // Only of a replay whose template has changed since a crash kept its record from being written.
  if ('refusal' in answers) return answers;
  const counted = countedRequest(admitted);
  // A replay was counted before the crash that cut the earlier request short, and is not counted twice; if its entry
  // was released or has run out since, it is counted now.
  const decision =
    isReplay && countsOpen(counted)
      ? await database('Counting the request', () => limits.take(counted))
      : { allowed: true as const, entry: usageEntry };
  if (!decision.allowed) return { refusal: limitRefusal(decision) };
  const made = newConversation({
    ...admitted,
    key: idempotency.conversation,
    retentionDays,
    changeId: newIdentifier(),
    usageEntry: decision.entry,
    expected: answers.expected,
  });
  const { conversation: record } = await orRelease(
    limits,
    { ...counted, entry: decision.entry },
    'Writing the conversation',
    () => conversations.create(made),
  );
  return { record };
}

/**
 * What a worker has taken once was queued. A replay must not cut short the wait before its next try. What is wanted
 * later than a queue can delay is left to the reconciler.
 */
async function enqueueUnlessTaken(
  record: Conversation | undefined,
  { request, now }: AdmittedRequest,
  { conversation: key, company_id: company }: IdempotencyRecord,
  { queue }: RouterPorts,
): Promise<void> {
  if (record && (record.conversation_status !== 'initiated' || record.history.length > 1)) return;
  const delaySeconds = record ? queueDelay(record, now) : 0;
  if (delaySeconds === undefined) return;
  const message = {
    channel: request.request_data.channel_method,
    conversationId: key.conversation_id,
    company,
    ...(delaySeconds > 0 ? { delaySeconds } : {}),
  };
  await queueing('Queueing the conversation', () => queue.enqueue(message));
}

function accepted({ idempotency, isReplay }: ClaimedRequestId, { request, warnings }: AdmittedRequest): Outcome {
  return {
    accepted: true,
    requestId: idempotency.request_id,
    conversationId: idempotency.conversation.conversation_id,
    acceptedAt: idempotency.accepted_at,
    replayed: isReplay,
    warnings,
    ...scheduledFor(request, idempotency),
    isTest: isTestMessage(idempotency.conversation),
  };
}

/** As it was answered first: a moment that had passed when the request was accepted asked for a send at once. */
function scheduledFor(
  { request_data: { send_at: sendAt } }: AdmittedRequest['request'],
  { accepted_at: acceptedAt }: IdempotencyRecord,
): { readonly sendAt?: string } {
  const isLater = sendAt !== undefined && Date.parse(sendAt) > Date.parse(acceptedAt);
  return isLater ? { sendAt: timestamp(Date.parse(sendAt)) } : {};
}
