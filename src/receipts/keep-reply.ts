import type { AnswerCard } from '../core/company/answer-card';
import { parseAssistant } from '../core/company/assistant';
import { partOf } from '../core/company/channel-access';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import { parseProject } from '../core/company/company';
import { keepAnswers } from '../core/lifecycle/answer-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { isFullOfReplies, noteReply } from '../core/lifecycle/receipt-transitions';
import { threadIdOf } from '../core/lifecycle/thread';
import type { Thread } from '../core/lifecycle/thread-record';
import { takeIn } from '../core/lifecycle/thread-transitions';
import { timestamp } from '../core/ports/clock';
import type { InboundMessage, NeverAnswered } from '../core/ports/receipt';
import type { KeptReply, Reply } from '../core/ports/threads';
import { isSameAddress } from '../core/recipient/identity';
import type { Wish } from './read-wish';
import type { InboundPorts } from './receipt-ports';
import type { Triage, TriageOrder } from './triage';
import { triage } from './triage';

export type ReplyOutcome = 'appended' | 'handed_off' | 'known' | 'unmatched';

/** What was found out about a message before, and the record of the project whose webhook it came by. */
export interface Judged {
  readonly company: Readonly<Record<string, unknown>>;
  readonly wish: Wish | undefined;
  readonly neverAnswered: NeverAnswered | undefined;
}

/** Writes of a thread that others overtake, at most. */
const TRIES = 10;

/**
 * The reply is kept in its thread, taken in there, queued to be read, put before a person, then noted in the record.
 * After a crash between two of these, the vendor's repeated call finds it not noted and does the rest again: a reply
 * may be notified twice, but never silently kept.
 */
export async function keepReply(
  inbound: InboundMessage,
  conversation: Conversation,
  judged: Judged,
  ports: InboundPorts,
): Promise<ReplyOutcome> {
  const { clock, conversations, handoff, observer, threads } = ports;
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  const { vendorMessageId } = inbound;
  if (conversation.inbound_ids?.includes(vendorMessageId)) return 'known';
  const threadId = threadIdOf(conversation);
  const order = await orderOf(inbound, conversation, judged, ports);
  const reply = replyOf(order, triage(order), ports);
  const { sequence, isNew, decided: before, thread } = await threads.keep(reply);
  const decided = triage(order, before ?? reply);
  const isCounted = !isFullOfReplies(conversation);
  if (!isCounted && !isNew) return 'known';

  const dueAt = await takeInThread(threadId, { sequence, thread }, decided, conversation, ports);
  if (dueAt !== undefined) {
    await ports.turns.enqueue({ threadId, company, delaySeconds: Math.ceil((dueAt - clock.now()) / 1000) });
  }
  const { handOff, answer } = decided;
  if (handOff) await handoff.handOff({ conversationId, company, reason: handOff });
  const message_id = before?.messageId ?? reply.message.message_id;
  if (answer) await keepButton(conversation, answer, { message_id, position: sequence }, ports);
  const noted = { vendorMessageId, now: clock.now(), handOff, isCounted, waitSince: conversation.reply_since };
  const { applied, conversation: found } = await conversations.change(conversation, noteReply(noted));
  if (!found) {
    await threads.discard(reply, sequence);
    observer.count('ReplyUnmatched', { channel });
    return 'unmatched';
  }
  if (!applied) return 'known';
  observer.count('ReplyReceived', { channel });
  observer.info('a reply was kept', { conversation_id: conversationId, channel, handed_off: handOff !== undefined });
  return handOff ? 'handed_off' : 'appended';
}

/**
 * By the settings of the conversation's project, which may be another one than the webhook's where projects share a
 * number.
 */
async function orderOf(
  inbound: InboundMessage,
  conversation: Conversation,
  judged: Judged,
  { directory, senders, threads }: InboundPorts,
): Promise<TriageOrder> {
  const { conversation_id: id, channel_method: channel } = conversation;
  const identity = parseConversationId(id);
  const isSameProject = identity?.projectId === judged.company.project_id;
  const { company = {} } = isSameProject || !identity ? judged : await directory.loadForProcessing(identity);
  const isExpected = (conversation.expected_answers ?? []).length > 0;
  const thread = await threads.find(threadIdOf(conversation));
  // A message whose sending was proved by a receipt alone has no line yet.
  if (isExpected && !thread?.expecting?.includes(id)) {
    const { vendor_message_id: vendorMessageId = id, sent_at: at = conversation.updated_at } = conversation;
    await threads.join({ conversation, vendorMessageId, at, expects: true });
  }
  const own = partOf(company, 'channel_config', channel, CHANNEL_DEFINITIONS[channel].senderField);
  return {
    inbound,
    wish: judged.wish,
    neverAnswered: judged.neverAnswered,
    conversation,
    project: parseProject(company),
    expects: isExpected || (thread?.expecting ?? []).length > 0,
    cards: thread === undefined || thread.owner === 'engine' ? cardsOf(company) : [],
    isOwnSender: (typeof own === 'string' && isSameAddress(own, inbound.from)) || await senders.includes(inbound.from),
  };
}

/** Those of a project whose engine answers. */
function cardsOf(company: Readonly<Record<string, unknown>>): readonly AnswerCard[] {
  if (partOf(company, 'replies') !== 'answer') return [];
  const assistant = parseAssistant(company);
  return assistant.valid ? assistant.value?.cards ?? [] : [];
}

/** When a turn is due for it (milliseconds since 1970); undefined where the engine has nothing to read or to say. */
async function takeInThread(
  threadId: string,
  { sequence: position, thread: kept }: Pick<KeptReply, 'sequence' | 'thread'>,
  { burst, handOff, isTold }: Triage,
  { conversation_id: conversation }: Conversation,
  { clock, threads }: InboundPorts,
): Promise<number | undefined> {
  let seen: Thread | undefined = kept ?? await threads.find(threadId);
  for (let tries = 0; seen && tries < TRIES; tries += 1) {
    const now = clock.now();
    const entry = handOff && {
      at: timestamp(now), event: 'handed_off' as const, reason: handOff, conversation, sequence: position,
    };
    const parting = handOff && isTold ? { threadId, now, about: conversation, reason: handOff } : undefined;
    const change = takeIn({ seen, position, now, burst, threadId, entry, parting });
    if (!change) return dueOf(seen, burst !== undefined, now);
    const { applied, thread } = await threads.change(threadId, change);
    if (applied) return dueOf(thread, burst !== undefined, now);
    seen = thread;
  }
  if (!seen) return undefined;
  throw new Error('Taking in a reply failed: its thread changes all the time. The vendor repeats its call.');
}

/** At once where the engine has last words to say. */
function dueOf({ answer_due_at: due, parting }: Thread, isRead: boolean, now: number): number | undefined {
  if (parting) return now;
  return isRead && due !== undefined ? Date.parse(due) : undefined;
}

/** Once: the record as it was seen, or as it is by now. */
async function keepButton(
  seen: Conversation,
  [name, answer]: NonNullable<Triage['answer']>,
  { message_id, position }: { readonly message_id: string; readonly position: number },
  { clock, conversations }: InboundPorts,
): Promise<void> {
  let conversation: Conversation | undefined = seen;
  for (let tries = 0; conversation && tries < TRIES; tries += 1) {
    const proved = { [name]: { ...answer, message_id, position } };
    const change = keepAnswers({ seen: conversation, proved, now: clock.now() });
    if (!change) return;
    const { applied, conversation: found } = await conversations.change(seen, change);
    if (applied) return;
    conversation = found;
  }
}

function replyOf(
  { inbound, conversation, neverAnswered }: TriageOrder,
  { unread, card, handOff }: Triage,
  { clock, newIdentifier }: InboundPorts,
): Reply {
  const { vendorMessageId, attachments, quotes } = inbound;
  const message = {
    message_id: newIdentifier(),
    timestamp: timestamp(clock.now()),
    role: 'user' as const,
    content: words(inbound),
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  };
  return {
    conversation, message, vendorMessageId, attachments, unread, quotes, card, handOff,
    ...(neverAnswered === undefined ? {} : { neverAnswered }),
  };
}

function words({ text, attachments, mail }: InboundMessage): string {
  const count = attachments === 1 ? 'an attachment' : `${attachments} attachments`;
  // The vendor of a mail keeps nothing of it.
  const where = mail ? 'not kept, ask the writer for it' : "see the vendor's console";
  return [
    text,
    ...(mail?.isCut ? ['[the mail is longer: the rest is not kept]'] : []),
    ...(attachments > 0 ? [`[${count}: ${where}]`] : []),
  ].filter(Boolean).join('\n');
}
