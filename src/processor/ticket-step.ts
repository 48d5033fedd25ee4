import { TICKET, TIMES } from '../core/lifecycle/limits';
import { releaseTicket, takeTicket } from '../core/lifecycle/takeover-transitions';
import { mayStillLeave } from '../core/lifecycle/may-leave';
import type { Thread } from '../core/lifecycle/thread-record';
import { timestamp } from '../core/ports/clock';
import type { HoldOf } from './commit';
import type { Blocked } from './defer-or-fail';
import { persistWords } from './defer-or-fail';
import type { Work } from './processing';
import { identify, retryAfter } from './processing';

/** Until when a reply may leave (milliseconds since 1970), and the thread as it was when it got its ticket. */
export interface Ticket {
  readonly until: number;
  readonly thread: Thread;
}

/**
 * A reply leaves only with its thread's ticket, which one write gives to one reply at a time, and only as long as the
 * thread is as `leavesWhere` says. It stands right before the claim. Other messages need none, and cost nothing here.
 */
export async function ticketStep(
  work: Work,
  hold: HoldOf<'proved' | 'composed'>,
): Promise<Ticket | Blocked | undefined> {
  const { reply, request_id: id } = hold.conversation;
  if (!reply) return undefined;
  const { clock, threads } = work.ports;
  const now = clock.now();
  try {
    const { applied, thread } = await threads.change(reply.thread, takeTicket({ holder: reply, reply: id, now }));
    if (applied) return { until: now + TICKET.lifetime, thread };
    if (!thread || !mayStillLeave(reply, thread)) return { blocker: { kind: 'end', status: 'superseded', reason: 'superseded' } };
    // Another reply is leaving: this one follows it.
    const until = thread.ticket_until === undefined ? now : Date.parse(thread.ticket_until);
    const outcome = retryAfter(work, Math.min(until + 1, now + TIMES.sendWindow));
    if (hold.stage === 'proved') await persistWords(work, hold);
    return { blocker: { kind: 'overtaken', outcome } };
  } catch (error) {
    if (hold.stage === 'proved') await persistWords(work, hold);
    throw error;
  }
}

/**
 * Whatever became of the send: the next reply need not wait until the ticket runs out. A failure only delays it, and
 * has the next one say again that an automatic assistant writes.
 */
export async function releaseReplyTicket(
  work: Work,
  { conversation }: HoldOf<'sending'>,
  { thread, isSent }: { readonly thread: Thread | undefined; readonly isSent: boolean },
): Promise<void> {
  const { reply, request_id: id } = conversation;
  if (!reply) return;
  const { card, discloses } = reply;
  const language = card?.discloses ? card.language : discloses;
  const disclosed = isSent && language !== undefined
    ? { ...thread?.disclosed, [language]: timestamp(work.ports.clock.now()) }
    : undefined;
  try {
    await work.ports.threads.change(reply.thread, releaseTicket({ reply: id, disclosed }));
  } catch (error) {
    work.ports.observer.error('the ticket of a reply could not be released', error, identify(work));
  }
}
