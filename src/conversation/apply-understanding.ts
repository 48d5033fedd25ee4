import type { Change } from '../core/lifecycle/change';
import { keepAnswers } from '../core/lifecycle/answer-transitions';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { loadKey } from '../core/lifecycle/find-conversation';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import { isTold } from '../core/lifecycle/parting-words';
import type { ReplyCard } from '../core/lifecycle/reply-card';
import { handOffReplies } from '../core/lifecycle/reply-transitions';
import type { Thread, ThreadHistoryEntry, Understanding } from '../core/lifecycle/thread-record';
import type { PartingOrder } from '../core/lifecycle/thread-transitions';
import { mayStillLeave } from '../core/lifecycle/may-leave';
import { timestamp } from '../core/ports/clock';
import { sayCard } from './say-reply';
import type { TurnPorts } from './turn-ports';
import { findReply, requestIdOf } from './unlisted-answers';

/** Writes of a record that others overtake, at most. */
const TRIES = 10;

/** What the end of a turn writes on its thread: when it is written, however long ago the burst was understood. */
interface AfterTurn {
  readonly entry?: ThreadHistoryEntry | undefined;
  readonly parting?: PartingOrder | undefined;
}

/**
 * Puts on the records what was understood, and makes the answer; each write may be repeated. Answers what the thread is
 * to say of it.
 */
export async function applyUnderstanding(
  threadId: string,
  thread: Thread,
  understanding: Understanding,
  ports: TurnPorts,
): Promise<AfterTurn> {
  const { answers, about, hand_off: reason, stop, reply } = understanding;
  for (const [conversationId, proved] of Object.entries(answers)) {
    const written = await changeRecord(conversationId, ports, (seen) => (
      keepAnswers({ seen, proved, now: ports.clock.now() })
    ));
    if (written) ports.observer.info('answers were kept', { conversation_id: conversationId });
  }
  if (about === undefined) return {};
  if (stop) {
    await optOut(threadId, about, understanding, ports);
    const at = timestamp(ports.clock.now());
    return { entry: { at, event: 'closed', reason: 'opted_out', conversation: about, sequence: understanding.until } };
  }
  if (reason !== undefined) return handOver(threadId, thread, { ...understanding, about, reason }, ports);
  return reply ? answer(threadId, thread, { ...understanding, about, reply }, ports) : {};
}

async function answer(
  threadId: string,
  thread: Thread,
  understanding: Understanding & { readonly about: string; readonly reply: NonNullable<Understanding['reply']> },
  ports: TurnPorts,
): Promise<AfterTurn> {
  const { about: conversation, reply, until: sequence } = understanding;
  const { epoch, ...card } = reply;
  const { card_id, version, language, model } = card;
  const at = timestamp(ports.clock.now());
  const replied = {
    entry: { at, event: 'replied', conversation, sequence, card: { card_id, version, language, model } },
  } as const;
  // Nothing that was decided under another owner, or before a newer message, is made: the ticket would refuse it. One
  // that a worker made before it died may have left.
  if (!mayStillLeave({ owner: 'engine', epoch, sequence }, thread)) {
    return await findReply(conversation, requestIdOf(threadId, sequence), ports) ? replied : {};
  }
  const said = await sayCard(threadId, thread, understanding, ports);
  switch (said.outcome) {
    case 'said':
      return replied;
    case 'not_said':
      return handOver(threadId, thread, { ...understanding, reason: said.reason }, ports);
    case 'hands_over':
      return handOver(threadId, thread, { ...understanding, reason: said.reason, card }, ports);
  }
}

/** A person is to have the thread; the recipient is told so where the project's engine answers. */
async function handOver(
  threadId: string,
  thread: Thread,
  { about, reason, until, language, card, is_assisted: isAssisted }: Understanding & {
    readonly about: string;
    readonly reason: ReplyHandOff;
    readonly card?: ReplyCard;
  },
  ports: TurnPorts,
): Promise<AfterTurn> {
  await handOff(about, thread, reason, ports);
  const now = ports.clock.now();
  return {
    entry: { at: timestamp(now), event: 'handed_off', reason, conversation: about, sequence: until },
    ...(isAssisted && (card || isTold(reason)) ? { parting: { threadId, now, about, reason, card, language } } : {}),
  };
}

/** Who waits for a person already is put before one once. */
async function handOff(
  conversationId: string,
  { company_id: company, channel_method: channel }: Thread,
  reason: NonNullable<Understanding['hand_off']>,
  ports: TurnPorts,
): Promise<void> {
  let waits = false;
  await changeRecord(conversationId, ports, (seen) => {
    waits = seen.reply_attention !== undefined;
    return handOffReplies({ seen, reason, now: ports.clock.now() });
  });
  if (!waits) await ports.handoff.handOff({ conversationId, company, reason });
  ports.observer.count('ReplyHandedOff', { channel });
}

async function optOut(
  threadId: string,
  conversationId: string,
  { until, at }: Understanding,
  { directory, observer }: TurnPorts,
): Promise<void> {
  const sender = parseConversationId(conversationId)?.sender;
  const loaded = await loadKey(conversationId, directory);
  if (!loaded || sender === undefined) return;
  const recipient = loaded.key.primary_channel;
  await directory.addOptOut({ recipient, sender, at, source: 'reply', event: `turn#${threadId}#${until}` });
  observer.info('a recipient opted out', { conversation_id: conversationId });
}

/** Changes the record as it is by now; nothing where it is gone, or nothing is to be changed. */
async function changeRecord(
  conversationId: string,
  { conversations, directory }: Pick<TurnPorts, 'conversations' | 'directory'>,
  changeOf: (seen: Conversation) => Change | undefined,
): Promise<boolean> {
  const key: ConversationKey | undefined = (await loadKey(conversationId, directory))?.key;
  let seen = key && (await conversations.find(key));
  for (let tries = 0; key && seen && tries < TRIES; tries += 1) {
    const change = changeOf(seen);
    if (!change) return false;
    const result = await conversations.change(key, change);
    if (result.applied) return true;
    seen = result.conversation;
  }
  if (!seen) return false;
  throw new Error(`Writing what was understood to ${conversationId} failed: its record changes all the time.`);
}
