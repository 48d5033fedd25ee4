import { CHANNEL_DEFINITIONS } from '../../core/channel';
import { filledFreeText, FREE_TEXT, freeTextFault, subjectOfReply } from '../../core/channels/free-text';
import { readCompanySettings } from '../../core/company/company-settings';
import type { Conversation } from '../../core/lifecycle/conversation';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { usefulUntil } from '../../core/lifecycle/service-window';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { Thread } from '../../core/lifecycle/thread-record';
import { countedReply } from '../../core/usage/counted-reply';
import type { UsageLimit } from '../../core/usage/usage';
import { isSameAddress } from '../../core/recipient/identity';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';
import { replyRecords } from './reply-records';

export type SendReplyResult =
  /** It is queued, or was before: the same words of the same person are one reply. */
  | { readonly outcome: 'queued' | 'queued_before'; readonly reply: Conversation }
  /** The thread is the engine's, or another person's: take it over first. */
  | { readonly outcome: 'not_taken'; readonly thread: Thread }
  /** The recipient wants no more messages. */
  | { readonly outcome: 'opted_out' }
  /** WhatsApp takes free words for 24 hours after the recipient's last message, and those are over. */
  | { readonly outcome: 'window_closed'; readonly lastInboundAt: string | undefined }
  | { readonly outcome: 'bad_text'; readonly fault: 'empty' | 'too_long' | 'not_printable'; readonly most: number }
  | { readonly outcome: 'limited'; readonly limit: UsageLimit; readonly retryAfterSeconds: number }
  /** The company record is gone, is not active, or lacks what a send needs. */
  | { readonly outcome: 'company_not_ready' }
  | { readonly outcome: 'no_thread' };

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
 * Sends a person's own words in a thread that they have taken over: as a message with a life of its own, which needs
 * the thread's ticket to leave. The identifier follows from thread, takeover and words, so that a repetition after a
 * crash finishes what was begun and sends nothing twice.
 */
export async function sendReply(ports: Ports, { conversation, text, actor }: ReplyOrder): Promise<SendReplyResult> {
  const words = text.normalize('NFC').trim();
  const { limit: most } = CHANNEL_DEFINITIONS[conversation.channel_method].freeText;
  const fault = freeTextFault(conversation.channel_method, words);
  if (fault) return { outcome: 'bad_text', fault, most };
  const thread = await ports.threads.find(threadIdOf(conversation));
  if (!thread) return { outcome: 'no_thread' };
  if (thread.owner === 'nobody' || (await isOptedOut(ports, conversation))) return { outcome: 'opted_out' };
  if (thread.owner !== 'person' || thread.taken_by !== actor.id) return { outcome: 'not_taken', thread };
  const now = ports.clock.now();
  const sendBefore = usefulUntil(conversation.channel_method, thread, now);
  if (sendBefore <= now) return { outcome: 'window_closed', lastInboundAt: thread.last_inbound_at };
  return queueReply(ports, { conversation, thread, words, by: actor.id, sendBefore, now });
}

async function isOptedOut(
  { directory }: Ports,
  { primary_channel: recipient, company_id: company, conversation_id: id }: Conversation,
): Promise<boolean> {
  const sender = parseConversationId(id)?.sender ?? '';
  const optedOutOf = await directory.optedOutOf({ recipient, company });
  return optedOutOf.some((other) => isSameAddress(other, sender));
}

async function queueReply(
  ports: Ports,
  order: {
    readonly conversation: Conversation;
    readonly thread: Thread;
    readonly words: string;
    readonly by: string;
    readonly sendBefore: number;
    readonly now: number;
  },
): Promise<SendReplyResult> {
  const { conversation, words } = order;
  const { channel_method: channel, company_id: company } = conversation;
  const identity = parseConversationId(conversation.conversation_id);
  const { company: record = {} } = identity ? await ports.directory.loadForProcessing(identity) : {};
  const settings = readCompanySettings(record, channel);
  if (!identity || !settings.complete || settings.project.project_status !== 'active') {
    return { outcome: 'company_not_ready' };
  }
  const subject = subjectOfReply(subjectOf(conversation));
  const filled = filledFreeText(channel, words, subject);
  const answered = (await ports.threads.newest(threadIdOf(conversation), LOOKED_AT)).findLast(
    ({ role }) => role === 'user',
  );
  const made = { ...order, identity, filled, template: FREE_TEXT, answers: answered?.vendorMessageId, ports };
  const records = replyRecords(made);
  const decision = await ports.limits.take(
    countedReply({ ...order, requestId: records.requestId, reply: { ...settings, words, subject } }),
  );
  if (!decision.allowed) {
    return { outcome: 'limited', limit: decision.limit, retryAfterSeconds: decision.retryAfterSeconds };
  }
  await ports.directory.putIdempotencyRecord(records.idempotency);
  const { applied, conversation: reply } = await ports.conversations.create(records.record(decision.entry, settings));
  if (!reply) throw new Error('Keeping the reply failed: its record is gone again. Send it once more.');
  // A crash may have come before the queue; a message that has moved on is harmless there.
  if (reply.conversation_status === 'composed') {
    await ports.queue.enqueue({ channel, conversationId: reply.conversation_id, company });
  }
  return { outcome: applied ? 'queued' : 'queued_before', reply };
}

/** Lines of the thread among which the newest message of the recipient is looked for. */
const LOOKED_AT = 20;

function subjectOf({ composition }: Conversation): string {
  const { filled } = composition ?? {};
  return filled?.channel === 'email' ? filled.subject : '';
}
