import { RETENTION_DAYS } from '../core/company/company';
import type { ChannelSettings, Project } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import type { IdempotencyRecord } from '../core/ports/directory';
import { database, queueing } from '../core/ports/port-failure';
import type { Refusal } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import type { LimitDecision } from '../core/usage/request-limits';
import type { UsageLimit } from '../core/usage/usage';
import { countsOpen } from '../core/usage/usage';
import { countedRequest } from './counted-request';
import type { RouterPorts, RouterSettings } from './router-ports';
import { newConversation, newIdempotencyRecord } from './conversation-record';
import type { Outcome } from './answer';

/** A request that may be accepted unless it was before, or its project's limits are used up. */
export interface AdmittedRequest {
  readonly request: ConversationRequest;
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
 * Rows 0 to 2 of a message's life: idempotency record, record, queue. Each step may be repeated, so a replay finishes
 * what a crash cut short.
 */
export async function accept(admitted: AdmittedRequest, ports: RouterPorts, { retentionDays }: RouterSettings): Promise<Outcome> {
  const { request, now } = admitted;
  const idempotency = newIdempotencyRecord(request, admitted.settings, now, admitted.project.retention_days ?? retentionDays);
  if (admitted.idempotency) return acceptAgain(admitted, idempotency, admitted.idempotency, ports, retentionDays);
  // Before anything is written, so that a refused request leaves nothing behind; a crash after it costs the project
  // one request at most.
  const decision = await database('Counting the request', () => ports.limits.take(countedRequest(admitted)));
  if (!decision.allowed) return refused(request, limitRefusal(decision));
  const earlier = await database('Writing the idempotency record', () => ports.directory.putIdempotencyRecord(idempotency));
  if (earlier) return acceptAgain(admitted, idempotency, earlier, ports, retentionDays);
  const record = await create(admitted, idempotency, ports, { retentionDays, ...(decision.entry ? { usageEntry: decision.entry } : {}) });
  await enqueueUnlessTaken(record, admitted, idempotency, ports);
  return accepted(idempotency, false);
}

async function acceptAgain(
  admitted: AdmittedRequest,
  idempotency: IdempotencyRecord,
  earlier: IdempotencyRecord,
  ports: RouterPorts,
  retentionDays: number,
): Promise<Outcome> {
  if (earlier.body_hash !== idempotency.body_hash) {
    return refused(admitted.request, {
      code: 'IDEMPOTENCY_CONFLICT',
      message: 'request_data.request_id was used before with another body: send the same body, or use a new request_id.',
    });
  }
  if (earlier.erased_at !== undefined) return accepted(earlier, true);
  const found = await database('Reading the conversation', () => ports.conversations.find(earlier.conversation));
  // No record is removed sooner than this: before, an idempotency record without one is what a crash left, and after
  // it the record had its time and stays away.
  if (!found && admitted.now > Date.parse(earlier.accepted_at) + LEAST_KEPT) return accepted(earlier, true);
  const record = found ?? (await createAgain(admitted, earlier, ports, retentionDays));
  await enqueueUnlessTaken(record, admitted, earlier, ports);
  return accepted(earlier, true);
}

/** A crash came between idempotency record and record; the request was counted before it. */
async function createAgain(
  admitted: AdmittedRequest, idempotency: IdempotencyRecord, ports: RouterPorts, retentionDays: number,
): Promise<Conversation | undefined> {
  const counted = countedRequest(admitted);
  const entry = countsOpen(counted) ? await database('Reading what was counted', () => ports.limits.entryOf(counted)) : undefined;
  return create(admitted, idempotency, ports, { retentionDays, ...(entry ? { usageEntry: entry } : {}) });
}

async function create(
  { request, project, settings, now }: AdmittedRequest,
  idempotency: IdempotencyRecord,
  { conversations, newIdentifier }: RouterPorts,
  { retentionDays, usageEntry }: { readonly retentionDays: number; readonly usageEntry?: string },
): Promise<Conversation | undefined> {
  const changeId = newIdentifier();
  const kept = project.retention_days ?? retentionDays;
  const entry = usageEntry ? { usageEntry } : {};
  const made = newConversation({ request, project, settings, key: idempotency.conversation, now, retentionDays: kept, changeId, ...entry });
  const result = await database('Writing the conversation', () => conversations.create(made));
  return result.conversation;
}

/** What a worker has taken once was queued; a replay must not cut short the wait before its next try. */
async function enqueueUnlessTaken(
  record: Conversation | undefined,
  admitted: AdmittedRequest,
  idempotency: IdempotencyRecord,
  { queue }: RouterPorts,
): Promise<void> {
  if (record && (record.conversation_status !== 'initiated' || record.history.length > 1)) return;
  const message = {
    channel: admitted.request.request_data.channel_method,
    conversationId: idempotency.conversation.conversation_id,
    company: idempotency.company_id,
  };
  await queueing('Queueing the conversation', () => queue.enqueue(message));
}

function accepted(idempotency: IdempotencyRecord, replayed: boolean): Outcome {
  return {
    accepted: true,
    requestId: idempotency.request_id,
    conversationId: idempotency.conversation.conversation_id,
    acceptedAt: idempotency.accepted_at,
    replayed,
  };
}

function refused(request: ConversationRequest, refusal: Refusal): Outcome {
  return { accepted: false, requestId: request.request_data.request_id, refusal };
}

const USED_UP: Readonly<Record<UsageLimit, string>> = {
  requests_per_minute: 'The project\'s requests of this minute are used up',
  requests_per_day: 'The project\'s requests of this day are used up',
  concurrent_conversations: 'As many of the project\'s conversations are open as may be at once',
  monthly_budget: 'The project\'s budget of this month is used up',
};

function limitRefusal({ limit, retryAfterSeconds }: Extract<LimitDecision, { allowed: false }>): Refusal {
  const message = `${USED_UP[limit]}: send the request again after ${retryAfterSeconds} seconds.`;
  return { code: 'RATE_LIMIT_EXCEEDED', message, retryAfterSeconds };
}
