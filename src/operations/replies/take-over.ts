import type { Conversation } from '../../core/lifecycle/conversation';
import { giveToEngine, replyThatLeaves, takeOver } from '../../core/lifecycle/takeover-transitions';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { ThreadChange } from '../../core/lifecycle/thread-change';
import type { Thread } from '../../core/lifecycle/thread-record';
import type { Clock } from '../../core/ports/clock';
import type { Threads } from '../../core/ports/threads';
import type { Actor } from '../actor';

export type TakeOverResult =
  /**
   * The engine is silent. `leaving`: one reply may be leaving already, by its `request_id`; nothing of the engine or of
   * anybody else follows it.
   */
  | { readonly outcome: 'taken' | 'taken_before'; readonly thread: Thread; readonly leaving?: string }
  /** Another person or a client has the thread. */
  | { readonly outcome: 'taken_by_other'; readonly thread: Thread }
  /** The recipient wants no more messages: nobody may write. */
  | { readonly outcome: 'opted_out'; readonly thread: Thread }
  | ThreadNotChanged;

export type ReturnResult =
  | { readonly outcome: 'returned' | 'returned_before'; readonly thread: Thread }
  | { readonly outcome: 'taken_by_other' | 'opted_out'; readonly thread: Thread }
  | ThreadNotChanged;

export type ThreadNotChanged =
  /** Nothing was written in the thread yet. */
  | { readonly outcome: 'no_thread' }
  /** It changes faster than it is written. */
  | { readonly outcome: 'contended' };

/** A thread that a reply changes at this very moment is read again this often. */
const TRIES = 5;

interface Ports {
  readonly clock: Pick<Clock, 'now'>;
  readonly threads: Pick<Threads, 'find' | 'change'>;
}

export interface ThreadOrder {
  /** Any conversation of the thread. */
  readonly conversation: Conversation;
  readonly actor: Actor;
  /** Take it even if another person has it, who is named here. */
  readonly from?: string | undefined;
}

/** `onlyOwn`: leave a thread alone that waits for a person and that nobody has taken. */
type ReturnOrder = ThreadOrder & { readonly onlyOwn?: true };

/** Gives the thread to a person: from the answer on, the engine sends nothing in it. May be repeated. */
export async function takeThread(ports: Ports, order: ThreadOrder): Promise<TakeOverResult> {
  const by = order.actor.id;
  return changing(ports, order, (seen, now): TakeOverResult | ThreadChange => {
    if (seen.owner === 'nobody') return { outcome: 'opted_out', thread: seen };
    const isTaken = seen.owner === 'person' && seen.taken_by !== undefined;
    if (isTaken && seen.taken_by === by) return { outcome: 'taken_before', thread: seen, ...leavingOf(seen, now) };
    if (isTaken && seen.taken_by !== order.from) return { outcome: 'taken_by_other', thread: seen };
    return takeOver({ seen, by, now, about: order.conversation.conversation_id });
  }, (thread, now): TakeOverResult => ({ outcome: 'taken', thread, ...leavingOf(thread, now) }));
}

/** Whoever repeats a command that was cut off is told of the same reply as the first time. */
function leavingOf(thread: Thread, now: number): { readonly leaving?: string } {
  const leaving = replyThatLeaves(thread, now);
  return leaving === undefined ? {} : { leaving };
}

/** Gives the thread back to the engine; what was written so far is no context of its answers. May be repeated. */
export async function returnThread(ports: Ports, order: ReturnOrder): Promise<ReturnResult> {
  const by = order.actor.id;
  return changing(ports, order, (seen, now): ReturnResult | ThreadChange => {
    if (seen.owner === 'nobody') return { outcome: 'opted_out', thread: seen };
    if (seen.owner === 'engine') return { outcome: 'returned_before', thread: seen };
    const { taken_by: holder } = seen;
    const isAnothers = holder === undefined ? order.onlyOwn : holder !== by && holder !== order.from;
    if (isAnothers) return { outcome: 'taken_by_other', thread: seen };
    return giveToEngine({ seen, by, now, about: order.conversation.conversation_id });
  }, (thread): ReturnResult => ({ outcome: 'returned', thread }));
}

/** Decides by the thread as it is, and writes only where it still is so. */
async function changing<Result extends { readonly outcome: string }>(
  { clock, threads }: Ports,
  { conversation }: ThreadOrder,
  decide: (seen: Thread, now: number) => Result | ThreadChange,
  done: (thread: Thread, now: number) => Result,
): Promise<Result | ThreadNotChanged> {
  const threadId = threadIdOf(conversation);
  let seen = await threads.find(threadId);
  for (let tries = 0; seen && tries < TRIES; tries += 1) {
    const decided = decide(seen, clock.now());
    if ('outcome' in decided) return decided;
    const { applied, thread } = await threads.change(threadId, decided);
    if (applied) return done(thread, clock.now());
    seen = thread;
  }
  return { outcome: seen ? 'contended' : 'no_thread' };
}
