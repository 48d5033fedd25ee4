import { timestamp } from '../core/ports/clock';
import type { ChannelSettings, Project } from '../core/company/company';
import type { ExpectedAnswer } from '../core/company/expected-answer';
import type { FollowUp } from '../core/lifecycle/answer-attributes';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { formatConversationId, senderIdentity } from '../core/lifecycle/conversation-id';
import { dueShard } from '../core/lifecycle/work-due-index';
import type { IdempotencyRecord } from '../core/ports/directory';
import { TIMES } from '../core/lifecycle/limits';
import { checkScheduledAt } from '../core/lifecycle/schedule';
import type { MessageFacts } from '../core/usage/cost';
import { pricesOfMessage } from '../core/usage/counted-message';
import type { ConversationRequest } from '../core/contract/request';
import { recipientAddress } from '../core/contract/request';
import { identityOf } from '../core/recipient/identity';
import { ENGINE_VERSION } from '../core/version';
import { hashRequest } from './request-hash';
import { scheduleOf } from './schedule';

const DAY = 24 * 60 * 60_000;

/**
 * Days that an idempotency record outlives its record. DynamoDB removes what is due within days, in no order, and a
 * record without its idempotency record could be neither found by its identifier nor kept from a second request of
 * the same `request_id`.
 */
const IDEMPOTENCY_SURPLUS_DAYS = 7;

/** The idempotency record of a request that is accepted now. */
export function newIdempotencyRecord(
  request: ConversationRequest,
  settings: ChannelSettings,
  now: number,
  retentionDays: number,
): IdempotencyRecord {
  const { company_id: companyId, project_id: projectId } = request.company_data;
  const { request_id: requestId } = request.request_data;
  return {
    company_id: companyId,
    project_id: projectId,
    request_id: requestId,
    body_hash: hashRequest(request),
    conversation: {
      primary_channel: identityOf(recipientAddress(request)) ?? recipientAddress(request),
      conversation_id: formatConversationId({
        companyId,
        projectId,
        requestId,
        sender: senderIdentity(settings.sender),
      }),
    },
    accepted_at: timestamp(now),
    time_to_live: removalAt({ request, settings, now }, retentionDays + IDEMPOTENCY_SURPLUS_DAYS),
  };
}

/**
 * The record of a conversation that has just been accepted. Its key is the idempotency record's, even if the
 * company's sender has changed since.
 */
export function newConversation(made: {
  readonly request: ConversationRequest;
  readonly project: Project;
  readonly settings: ChannelSettings;
  readonly key: ConversationKey;
  readonly now: number;
  readonly retentionDays: number;
  readonly changeId: string;
  /** Where open conversations are counted. */
  readonly usageEntry?: string;
  /** Absent: nothing. */
  readonly expected?: readonly ExpectedAnswer[];
}): Conversation {
  const { request, project, now } = made;
  const at = timestamp(now);
  const { sendAt, sendBefore } = scheduleOf(request, made.settings, now);
  return {
    primary_channel: made.key.primary_channel,
    conversation_id: made.key.conversation_id,
    ...request.company_data,
    company_name: project.company_name,
    project_name: project.project_name,
    company_project: `${request.company_data.company_id}#${request.company_data.project_id}`,
    ...identified(request),
    ...request.recipient_data,
    project_data: request.project_data,
    expected_answers: made.expected,
    follow_up: made.expected && followUpOf(project),
    test: request.request_data.test,
    conversation_status: 'initiated',
    messages: [],
    history: [{ at, status: 'initiated' }],
    task_complete: 0,
    hand_off_to_human: false,
    router_version: ENGINE_VERSION,
    created_at: at,
    updated_at: at,
    send_before: timestamp(sendBefore),
    time_to_live: removalAt(made, made.retentionDays),
    last_change: made.changeId,
    attention: dueShard(request.request_data.request_id),
    ...dueOf(sendAt, now),
    attempt_count: 0,
    ...usageOf(made),
  };
}

function usageOf({
  usageEntry,
  request,
  project,
  settings,
}: Parameters<typeof newConversation>[0]): Pick<Conversation, 'usage_entry' | 'usage_prices'> {
  if (!usageEntry) return {};
  return {
    usage_entry: usageEntry,
    usage_prices: pricesOfMessage({ project, settings, facts: factsOf(request) }),
  };
}

/** When the recipient is reminded, as the project says now; undefined: never. */
function followUpOf(project: Project): FollowUp | undefined {
  const { remind_after_minutes: remind, unanswered_after_minutes: unanswered = remind } = project;
  if (remind === undefined || unanswered === undefined) return undefined;
  return { remind_after_minutes: remind, unanswered_after_minutes: unanswered };
}

/** What the model can be given of a request. */
export function factsOf({ recipient_data: recipient, project_data }: ConversationRequest): MessageFacts {
  const { recipient_first_name, recipient_last_name } = recipient;
  return { project_data, recipient_first_name, recipient_last_name };
}

/** A message that is wanted later waits until then, as one does that is to be tried again. */
function dueOf(sendAt: number | undefined, now: number): Pick<Conversation, 'due_at' | 'retry_at' | 'send_at'> {
  if (sendAt === undefined) return { due_at: timestamp(now + TIMES.reconcileAfter) };
  const at = timestamp(sendAt);
  return { send_at: at, retry_at: at, due_at: timestamp(checkScheduledAt(sendAt, now)) };
}

/** What a record keeps of `request_data` as the client wrote it. */
function identified({ request_data: { request_id, channel_method, initial_request_timestamp } }: ConversationRequest) {
  return { request_id, channel_method, initial_request_timestamp };
}

/**
 * When DynamoDB may remove an item that is kept for so many days: they begin when the message may be sent, and never
 * end before it is of no use any more. Seconds since 1970.
 */
function removalAt(
  { request, settings, now }: Pick<Parameters<typeof newConversation>[0], 'request' | 'settings' | 'now'>,
  days: number,
): number {
  const { sendAt = now } = scheduleOf(request, settings, now);
  // The template's own validity has never moved the end of a record, and does not now.
  const wanted = request.request_data.send_before;
  const useful = wanted === undefined ? 0 : Date.parse(wanted) + DAY;
  return Math.floor(Math.max(sendAt + days * DAY, useful) / 1000);
}
