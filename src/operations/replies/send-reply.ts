import { CHANNEL_DEFINITIONS } from '../../core/channel';
import { filledFreeText, freeTextFault, subjectOfReply } from '../../core/channels/free-text';
import { findWithdrawal, readCompanySettings } from '../../core/company/company-settings';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { ConversationIdentity } from '../../core/lifecycle/conversation-id';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { usefulUntil } from '../../core/lifecycle/service-window';
import { threadIdOf } from '../../core/lifecycle/thread';
import { answerAsPerson } from '../../core/lifecycle/takeover-transitions';
import type { Thread } from '../../core/lifecycle/thread-record';
import type { IdempotencyRecord } from '../../core/ports/directory';
import { countedMessage } from '../../core/usage/counted-message';
import { pricedReply } from '../../core/usage/written-reply';
import type { UsageLimit } from '../../core/usage/usage';
import { isSameAddress } from '../../core/recipient/identity';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';
import type { ReplyIdentity } from './reply-records';
import { identityOfReply, replyRecords } from './reply-records';
import { takeThread } from './take-over';

export type SendReplyResult =
  /** It is queued, or was before: the same words of the same person, or under the same identifier, are one reply. */
  | { readonly outcome: 'queued' | 'queued_before'; readonly reply: Conversation }
  /** The thread is the engine's, or somebody else's: take it over first. */
  | { readonly outcome: 'not_taken'; readonly thread: Thread }
  /** The recipient wants no more messages. */
  | { readonly outcome: 'opted_out' }
  /** WhatsApp takes free words for 24 hours after the recipient's last message, and those are over. */
  | { readonly outcome: 'window_closed'; readonly lastInboundAt: string | undefined }
  | { readonly outcome: 'bad_text'; readonly fault: 'empty' | 'too_long' | 'not_printable'; readonly most: number }
  | { readonly outcome: 'limited'; readonly limit: UsageLimit; readonly retryAfterSeconds: number }
  /** The company record is gone, allows no send on the channel, or lacks what a send needs. */
  | { readonly outcome: 'company_not_ready'; readonly why: NonNullable<ReturnType<typeof findWithdrawal>> | 'incomplete' }
  | { readonly outcome: 'no_thread' };

export type ClientReplyResult =
  | SendReplyResult
  /** The identifier was used before, for other words or something else. */
  | { readonly outcome: 'conflict' }
  /** The thread changes faster than it is taken over. */
  | { readonly outcome: 'contended' };

type Ports = Pick<
  OperationPorts, 'clock' | 'conversations' | 'directory' | 'limits' | 'newIdentifier' | 'queue' | 'threads'
>;

export interface ReplyOrder {
  /** The conversation that is answered. */
  readonly conversation: Conversation;
  readonly text: string;
  readonly actor: Actor;
}

/**
 * `requestId`: the client's own identifier of its reply. The thread is taken over for the client as the last thing
 * before the reply is made, unless somebody has it.
 */
type ClientReplyOrder = ReplyOrder & { readonly requestId: string };
type AnyOrder = ReplyOrder & { readonly requestId?: string };

interface Judged extends AnyOrder {
  readonly words: string;
  readonly thread: Thread;
  readonly identity: ConversationIdentity;
  readonly reply: ReplyIdentity;
  readonly company: Readonly<Record<string, unknown>>;
  readonly sendBefore: number;
  readonly now: number;
}

/**
 * Sends somebody's own words in a thread that they have: as a message with a life of its own, which needs the thread's
 * ticket to leave. A repetition after a crash finishes what was begun and sends nothing twice.
 */
export function sendReply(ports: Ports, order: ClientReplyOrder): Promise<ClientReplyResult>;
export function sendReply(ports: Ports, order: ReplyOrder): Promise<SendReplyResult>;
export async function sendReply(ports: Ports, order: AnyOrder): Promise<ClientReplyResult> {
  const { conversation, actor, requestId } = order;
  const { channel_method: channel } = conversation;
  const words = order.text.normalize('NFC').trim();
  const { limit: most } = CHANNEL_DEFINITIONS[channel].freeText;
  const fault = freeTextFault(channel, words);
  if (fault) return { outcome: 'bad_text', fault, most };
  const thread = await ports.threads.find(threadIdOf(conversation));
  const identity = parseConversationId(conversation.conversation_id);
  if (!thread || !identity) return { outcome: 'no_thread' };
  const reply = identityOfReply(conversation, { words, epoch: thread.epoch, requestId });
  const { idempotency, company = {} } = await ports.directory.loadForProcessing({ ...identity, ...reply });
  const before = idempotency && (await madeBefore(ports, reply, idempotency));
  if (before) return before;
  if (thread.owner === 'nobody' || (await isOptedOut(ports, conversation))) return { outcome: 'opted_out' };
  const mayTake = requestId !== undefined && thread.taken_by === undefined;
  if (!mayTake && !isHeldBy(thread, actor)) return { outcome: 'not_taken', thread };
  const now = ports.clock.now();
  const sendBefore = usefulUntil(channel, thread, now);
  if (sendBefore <= now) return { outcome: 'window_closed', lastInboundAt: thread.last_inbound_at };
  return makeReply(ports, { ...order, words, thread, identity, reply, company, sendBefore, now });
}

/** What the same reply came to before; undefined if a crash came before its record was written. */
async function madeBefore(
  ports: Ports, { bodyHash }: ReplyIdentity, earlier: IdempotencyRecord,
): Promise<ClientReplyResult | undefined> {
  if (earlier.body_hash !== bodyHash) return { outcome: 'conflict' };
  // Of an erased person nothing is made again.
  if (earlier.erased_at !== undefined) return { outcome: 'no_thread' };
  const reply = await ports.conversations.find(earlier.conversation);
  return reply && enqueued(ports, reply, 'queued_before');
}

async function isOptedOut(
  { directory }: Ports,
  { primary_channel: recipient, company_id: company, conversation_id: id }: Conversation,
): Promise<boolean> {
  const sender = parseConversationId(id)?.sender ?? '';
  const optedOutOf = await directory.optedOutOf({ recipient, company });
  return optedOutOf.some((other) => isSameAddress(other, sender));
}

/** Counts it, then writes its idempotency record, takes the thread over if it is a client's, and writes its record. */
async function makeReply(ports: Ports, judged: Judged): Promise<ClientReplyResult> {
  const { conversation, words, reply, actor, thread } = judged;
  const { channel_method: channel } = conversation;
  const settings = readCompanySettings(judged.company, channel);
  const withdrawn = settings.project && findWithdrawal(settings.project, channel);
  if (withdrawn || !settings.complete) return { outcome: 'company_not_ready', why: withdrawn ?? 'incomplete' };
  const subject = subjectOfReply(subjectOf(conversation));
  const filled = filledFreeText(channel, words, subject);
  const answered = (await ports.threads.newest(threadIdOf(conversation), LOOKED_AT)).findLast(
    ({ role }) => role === 'user',
  );
  const records = replyRecords({ ...judged, filled, by: actor.id, answers: answered?.vendorMessageId, ports });
  const { sendBefore, now } = judged;
  const decision = await ports.limits.take(
    countedMessage({ ...pricedReply({ ...settings, words, subject }), requestId: reply.requestId, sendBefore, now }),
  );
  if (!decision.allowed) {
    return { outcome: 'limited', limit: decision.limit, retryAfterSeconds: decision.retryAfterSeconds };
  }
  const earlier = await ports.directory.putIdempotencyRecord(records.idempotency);
  const before = earlier && (await madeBefore(ports, reply, earlier));
  if (before) return before;
  const taken = isHeldBy(thread, actor) ? { outcome: 'taken_before' as const, thread } : await takeThread(ports, judged);
  if (taken.outcome === 'taken_by_other') return { outcome: 'not_taken', thread: taken.thread };
  if (taken.outcome === 'opted_out') return { outcome: 'opted_out' };
  if (taken.outcome === 'no_thread' || taken.outcome === 'contended') return taken;
  const made = records.record({ usageEntry: decision.entry, settings, epoch: taken.thread.epoch });
  // Before the words can go, or fail: where a crash comes between the two, the call is repeated, or the engine answers.
  await ports.threads.change(threadIdOf(conversation), answerAsPerson(made, taken.thread.sequence));
  const { applied, conversation: kept } = await ports.conversations.create(made);
  if (!kept) throw new Error('Keeping the reply failed: its record is gone again. Send it once more.');
  return enqueued(ports, kept, applied ? 'queued' : 'queued_before');
}

function isHeldBy({ owner, taken_by: holder }: Thread, { id }: Actor): boolean {
  return owner === 'person' && holder === id;
}

/** Lines of the thread among which the newest message of the recipient is looked for. */
const LOOKED_AT = 20;

/** A crash may have come before the queue; a message that has moved on is harmless there. */
async function enqueued(
  { queue }: Ports, reply: Conversation, outcome: 'queued' | 'queued_before',
): Promise<SendReplyResult> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = reply;
  if (reply.conversation_status === 'composed') await queue.enqueue({ channel, conversationId, company });
  return { outcome, reply };
}

function subjectOf({ composition }: Conversation): string {
  const { filled } = composition ?? {};
  return filled?.channel === 'email' ? filled.subject : '';
}
