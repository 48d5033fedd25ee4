import { TICKET, TIMES } from '../core/lifecycle/limits';
import { releaseTicket, takeTicket } from '../core/lifecycle/takeover-transitions';
import type { HoldOf } from './commit';
import type { Blocked } from './defer-or-fail';
import { persistWords } from './defer-or-fail';
import type { Work } from './processing';
import { identify, retryAfter } from './processing';

/** Until when a reply may leave: milliseconds since 1970. */
export interface Ticket {
  readonly until: number;
}

/**
 * A reply leaves only with its thread's ticket, which one write gives to one reply at a time, and only as long as the
 * thread belongs to whom it belonged when the reply was made. It stands right before the claim. Other messages need
 * none, and cost nothing here.
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
    if (applied) return { until: now + TICKET.lifetime };
    const isStill =
      thread?.owner === reply.owner
      && thread.epoch === reply.epoch
      && (reply.owner === 'person' || thread.sequence === reply.sequence);
    if (!isStill) return { blocker: { kind: 'end', status: 'superseded', reason: 'superseded' } };
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

/** Whatever became of the send: the next reply need not wait until the ticket runs out. A failure only delays it. */
export async function releaseReplyTicket(work: Work, { conversation }: HoldOf<'sending'>): Promise<void> {
  const { reply, request_id: id } = conversation;
  if (!reply) return;
  try {
    await work.ports.threads.change(reply.thread, releaseTicket({ reply: id }));
  } catch (error) {
    work.ports.observer.error('the ticket of a reply could not be released', error, identify(work));
  }
}
