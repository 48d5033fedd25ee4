import { timestamp } from '../ports/clock';
import type { Where } from './change';
import { TICKET } from './limits';
import type { ThreadChange } from './thread-change';
import type { Thread, ThreadHistoryEntry } from './thread-record';
import { withEntry } from './thread-record';
import type { TicketHolder } from './ticket-holder';

type Condition = Where<keyof Thread>;

/** A person's step in a thread, as it was seen. */
export interface PersonsStep {
  readonly seen: Thread;
  /** The person. */
  readonly by: string;
  readonly now: number;
}

/** The person has the thread: nothing that was begun for the engine gets a ticket any more. */
export function takeOver({ seen, by, now }: PersonsStep): ThreadChange {
  return ownedBy('take over thread', { owner: 'person', taken_by: by }, { seen, by, now }, 'taken_over');
}

/** The engine may answer again. What was written until now is no context of its answers, nor are its own in a row. */
export function giveToEngine({ seen, by, now }: PersonsStep): ThreadChange {
  const change = ownedBy('return thread', { owner: 'engine', context_from: timestamp(now) }, { seen, by, now }, 'returned');
  return { ...change, remove: ['taken_by', 'replies_in_row', 'last_card', 'last_then'] };
}

function ownedBy(
  name: string, owner: Partial<Thread>, { seen, by, now }: PersonsStep, event: ThreadHistoryEntry['event'],
): ThreadChange {
  return {
    name,
    when: [{ last_change: { equals: seen.last_change } }],
    set: {
      ...owner,
      epoch: seen.epoch + 1,
      history: withEntry(seen.history, { at: timestamp(now), event, by }),
    },
  };
}

/**
 * One reply leaves at a time, and none that was made under another owner, epoch or, if it is the engine's, burst. The
 * holder may ask again: a redelivery goes on with its own ticket.
 */
export function takeTicket({ holder, reply, now }: {
  readonly holder: TicketHolder;
  /** Identifies the reply: its message's `request_id`. */
  readonly reply: string;
  readonly now: number;
}): ThreadChange {
  const { owner, epoch } = holder;
  const made: Condition = {
    owner: { equals: owner },
    epoch: { equals: epoch },
    ...(holder.sequence === undefined ? {} : { sequence: { equals: holder.sequence } }),
  };
  return {
    name: 'take ticket',
    when: [
      { ...made, ticket: { exists: false } },
      { ...made, ticket: { equals: reply } },
      // Whoever held it can send no more.
      { ...made, ticket_until: { below: timestamp(now) } },
    ],
    set: { ticket: reply, ticket_until: timestamp(now + TICKET.lifetime) },
  };
}

/**
 * The vendor has answered, or the reply does not leave. `disclosed`: by language, when a reply last said that an
 * automatic assistant writes.
 */
export function releaseTicket({ reply, disclosed }: {
  readonly reply: string;
  readonly disclosed?: Thread['disclosed'];
}): ThreadChange {
  return {
    name: 'release ticket',
    when: [{ ticket: { equals: reply } }],
    set: disclosed ? { disclosed } : {},
    remove: ['ticket', 'ticket_until'],
  };
}

/** The reply that may be leaving right now, by its message's `request_id`. */
export function replyThatLeaves({ ticket, ticket_until: until }: Thread, now: number): string | undefined {
  return ticket !== undefined && until !== undefined && Date.parse(until) >= now ? ticket : undefined;
}
