import { timestamp } from '../ports/clock';
import type { Where } from './change';
import type { ChatList } from './chat-list';
import { CHAT_LIST_ATTRIBUTES, placeInList } from './chat-list';
import type { Conversation } from './conversation';
import { TICKET } from './limits';
import type { ThreadChange } from './thread-change';
import type { Thread } from './thread-record';
import { withEntry } from './thread-record';
import type { TicketHolder } from './ticket-holder';
import { leavesWhere } from './may-leave';

type Condition = Where<keyof Thread>;

/** What a stop takes from a thread: nobody has it, and no words from before leave once the recipient takes it back. */
export const CLEARED_WHEN_CLOSED = [
  ...CHAT_LIST_ATTRIBUTES, 'taken_by', 'tenure_by', 'tenure_from', 'answered_until', 'answered_with',
] as const satisfies ReadonlyArray<keyof Thread>;

/** A person's step in a thread, as it was seen. */
export interface PersonsStep {
  readonly seen: Thread;
  /** The person, or the client. */
  readonly by: string;
  readonly now: number;
  /** The conversation by which they came to the thread: clients learn of it; without it the chat stands in no list. */
  readonly about?: string;
}

/** The person has the thread: nothing that was begun for the engine gets a ticket any more. */
export function takeOver(step: PersonsStep): ThreadChange {
  const { seen, by } = step;
  const isSame = seen.tenure_by === by && seen.tenure_from !== undefined;
  const tenure = { tenure_by: by, tenure_from: isSame ? seen.tenure_from : seen.epoch + 1 };
  const change = ownedBy('take over thread', { owner: 'person', taken_by: by, ...tenure }, step, 'taken');
  // What another person wrote may not leave any more, and so answers nothing.
  return isSame ? change : { ...change, remove: [...(change.remove ?? []), 'answered_until', 'answered_with'] };
}

/**
 * With a reply a person answers what had come in up to `sequence`: where they give the thread back, even before this
 * write, the engine does not, too. Not where the reply may not leave any more.
 */
export function answerAsPerson(
  { conversation_id, reply }: Pick<Conversation, 'conversation_id'> & { readonly reply: TicketHolder }, sequence: number,
): ThreadChange {
  return {
    name: 'answer as person',
    when: leavesWhere(reply).flatMap((where): readonly Condition[] => [
      { ...where, answered_until: { exists: false } },
      { ...where, answered_until: { below: sequence + 1 } },
    ]),
    set: { answered_until: sequence, answered_with: conversation_id },
  };
}

/** The words of this message do not go: what they were to answer is not answered, unless newer words answer it. */
export function forgetAnswer(reply: string): ThreadChange {
  return {
    name: 'forget answer',
    when: [{ answered_with: { equals: reply } }],
    set: {},
    remove: ['answered_until', 'answered_with'],
  };
}

/** The engine may answer again. What was written until now is no context of its answers, nor are its own in a row. */
export function giveToEngine(step: PersonsStep): ThreadChange {
  const { seen } = step;
  // Taken by an older version of the engine.
  const tenure = seen.tenure_from === undefined && seen.taken_by !== undefined
    ? { tenure_by: seen.taken_by, tenure_from: seen.epoch }
    : {};
  const owner = { owner: 'engine', context_from: timestamp(step.now), ...tenure } as const;
  const change = ownedBy('return thread', owner, step, 'returned');
  return { ...change, remove: [...(change.remove ?? []), 'taken_by', 'replies_in_row', 'last_card', 'last_then'] };
}

const EVENTS = { taken: 'taken_over', returned: 'returned' } as const;

function ownedBy(
  name: string, owner: Partial<Thread>, { seen, by, now, about }: PersonsStep, list: ChatList,
): ThreadChange {
  const at = timestamp(now);
  const { company_id: company, channel_method: channel } = seen;
  const entry = about === undefined ? undefined : { by, at, channel, conversationId: about };
  const place = entry && placeInList(list, company, entry);
  return {
    name,
    when: [{ last_change: { equals: seen.last_change } }],
    set: {
      ...owner,
      ...place,
      epoch: seen.epoch + 1,
      history: withEntry(seen.history, { at, event: EVENTS[list], by, conversation: about }),
    },
    ...(place ? {} : { remove: CHAT_LIST_ATTRIBUTES }),
  };
}

/**
 * One reply leaves at a time, and none that was made under another owner, epoch or, if it is the engine's, burst; but a
 * person's words leave until somebody else takes the thread. The holder may ask again: a redelivery goes on with its
 * own ticket.
 */
export function takeTicket({ holder, reply, now }: {
  readonly holder: TicketHolder;
  /** Identifies the reply: its message's `request_id`. */
  readonly reply: string;
  readonly now: number;
}): ThreadChange {
  return {
    name: 'take ticket',
    when: leavesWhere(holder).flatMap((where): readonly Condition[] => [
      { ...where, ticket: { exists: false } },
      { ...where, ticket: { equals: reply } },
      // Whoever held it can send no more.
      { ...where, ticket_until: { below: timestamp(now) } },
    ]),
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
