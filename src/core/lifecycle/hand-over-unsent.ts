import type { HandoffQueue } from '../ports/channel-queue';
import type { Clock } from '../ports/clock';
import { timestamp } from '../ports/clock';
import type { Threads } from '../ports/threads';
import type { ConversationStore } from './change';
import type { Conversation } from './conversation';
import type { ReplyHandOff } from './hand-off-reasons';
import type { ReplyOrigin } from './reply-origin';
import { handOffReplies } from './reply-transitions';
import type { Thread } from './thread-record';
import { isAnsweredByPerson } from './thread-record';
import { endEngine } from './thread-transitions';
import { forgetAnswer } from './takeover-transitions';
import { mayStillLeave } from './may-leave';

export interface HandOverPorts {
  readonly conversations: Pick<ConversationStore, 'change' | 'find'>;
  readonly threads: Pick<Threads, 'find' | 'change'>;
  /** Absent: the list of what waits for a person is enough. */
  readonly handoff?: HandoffQueue | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** Writes that others overtake, at most. */
const TRIES = 5;

/**
 * An answer will not go, or nobody knows whether it did: a person has to answer. To be called before the answer's own
 * end is written, so that a crash between the two does it again. Nothing where whoever has the thread looks after it,
 * or where a newer message's own turn answers.
 */
export async function handOverUnsent(ports: HandOverPorts, reply: Conversation, reason: ReplyHandOff): Promise<void> {
  const { reply: origin, primary_channel } = reply;
  if (!origin) return;
  if (origin.by !== undefined) await ports.threads.change(origin.thread, forgetAnswer(reply.conversation_id));
  const thread = await ports.threads.find(origin.thread);
  if (!thread || !isMissed(origin, thread)) return;
  const about = origin.in_reply_to;
  await putBeforePerson(ports, { primary_channel, conversation_id: about }, reason);
  await ports.handoff?.handOff({ conversationId: about, company: reply.company_id, reason });
  let seen: Thread | undefined = thread;
  for (let tries = 0; seen && isMissed(origin, seen) && tries < TRIES; tries += 1) {
    const now = ports.clock.now();
    const { sequence } = origin;
    const entry = { at: timestamp(now), event: 'handed_off', reason, conversation: about, sequence } as const;
    const parting = { threadId: origin.thread, now, about, reason, language: origin.card?.language };
    const { applied, thread: found } = await ports.threads.change(
      origin.thread, endEngine({ seen, entry, parting }),
    );
    if (applied) return;
    seen = found;
  }
}

/**
 * A cancelled answer puts what it was to answer before a person, unless newer words of theirs answer it. Repeating it
 * is harmless.
 */
export async function handOverCancelled(ports: HandOverPorts, reply: Conversation): Promise<void> {
  const thread = reply.reply && (await ports.threads.find(reply.reply.thread));
  if (!thread) return;
  const isAnswered = isAnsweredByPerson(thread, thread.sequence) && thread.answered_with !== reply.conversation_id;
  if (!isAnswered) await handOverUnsent(ports, reply, 'reply_not_sent');
}

/** No person looks after the answer: it is the engine's, or of one who gave the thread back. */
function isMissed(origin: ReplyOrigin, thread: Thread): boolean {
  return thread.owner === 'engine' && mayStillLeave(origin, thread);
}

async function putBeforePerson(
  { clock, conversations }: HandOverPorts,
  key: Pick<Conversation, 'primary_channel' | 'conversation_id'>,
  reason: ReplyHandOff,
): Promise<void> {
  let seen = await conversations.find(key);
  for (let tries = 0; seen && tries < TRIES; tries += 1) {
    const { applied, conversation } = await conversations.change(
      key, handOffReplies({ seen, reason, now: clock.now() }),
    );
    if (applied) return;
    seen = conversation;
  }
}
