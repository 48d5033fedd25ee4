import type { Timestamp } from '../ports/clock';
import { timestamp } from '../ports/clock';
import type { Conversation } from './conversation';
import type { Remedy } from './failure';
import { explain } from './failure';
import { nextAction } from './next-action';
import { isScheduled } from './schedule';

/** Who acts on a message. `redriver`: the operator who found it among the dead letters. */
export type Audience = 'client' | 'operator' | 'redriver';

const ON_ITS_WAY = 'Wait: the message is on its way.';
const MEND = 'Mend the fault that the function\'s log names, then redrive it; the reconciler tries it meanwhile.';

/** By where a message stands: what each of them does now. Where nothing is said, the reason decides (failure.ts). */
const STEPS = {
  queued: {
    client: ON_ITS_WAY,
    operator: 'None: it is queued, and the reconciler looks after it each minute.',
    redriver: MEND,
  },
  scheduled: {
    client: 'Wait: the message is sent at send_at, or cancel it before.',
    operator: 'None: it waits for the moment at which its client wants it sent.',
    redriver: 'None: it is queued in time for the moment at which its client wants it sent.',
  },
  worked: { client: ON_ITS_WAY, operator: 'None: a worker has it.', redriver: MEND },
  delayed: { client: 'Wait: the message is tried again by itself until send_before.', redriver: MEND },
  held: {
    client: 'Wait: a person decides whether the message goes.',
    redriver: 'A person has to see the message; a redrive asks for one again.',
  },
  unknown: {
    client: 'Wait, and do not send it again: the vendor\'s receipt or list will show whether it went.',
    operator: 'None: a receipt or the vendor\'s own list resolves it; nothing is sent a second time meanwhile.',
    redriver: 'None: a receipt or the reconciler resolves it, and a redrive sends nothing.',
  },
  unconfirmed: {
    client: 'Do not send it again before the operator has looked it up in the vendor\'s console: it may have gone.',
  },
  sent: { client: 'None.', operator: 'None: the message is sent.' },
  ended: {},
} as const satisfies Record<string, Readonly<Partial<Record<Audience, string>>>>;

const NO_RECORD = 'Redrive it: no request was accepted under its body, so the processor counts and drops it.';
const CLEARED_BY_REDRIVE = 'The letter itself has nothing left to do: a redrive clears it away.';

export type Position = keyof typeof STEPS;

/** What to do about a message now, without the command or the button that does it. */
export interface NextStep {
  readonly position: Position;
  /** One or more sentences; they begin with "None" where there is nothing to do. */
  readonly words: string;
  /** When the message is tried again by itself. */
  readonly retryAt?: Timestamp;
  readonly remedy?: Remedy;
  /** The message has ended, and what was wrong can be put right for the next one only. */
  readonly needsNewRequest?: true;
}

/** Where a message stands. */
export function positionOf(conversation: Conversation, now: number): Position {
  const { conversation_status: status, failure_reason: reason, delivery_status: delivery } = conversation;
  if (isScheduled(conversation)) return 'scheduled';
  switch (nextAction(conversation, now).next) {
    case 'resolve_unknown_send':
      return 'unknown';
    case 'hand_off':
      return 'held';
    case 'wait_until':
      return reason === undefined ? 'worked' : 'delayed';
    case 'take_up':
    case 'send':
    case 'expire_send_window':
      return 'queued';
    case 'follow_up':
    case 'none':
      if (status === 'send_unconfirmed') return 'unconfirmed';
      if (status === 'initial_message_sent') return delivery === 'undelivered' ? 'ended' : 'sent';
      return 'ended';
  }
}

/** What the client of a conversation does now. It is the same at any moment until the record changes. */
export function clientStep(conversation: Conversation): string {
  const { failure_reason: reason } = conversation;
  const position = positionOf(conversation, 0);
  if (position === 'ended') return reason === undefined ? STEPS.sent.client : explain(reason).client;
  const isDelayed = reason !== undefined && (position === 'queued' || position === 'worked');
  return STEPS[isDelayed ? 'delayed' : position].client;
}

/** What the operator does about a message now. */
export function operatorStep(conversation: Conversation, now: number): NextStep {
  const { conversation_status: status, failure_reason: reason = 'review_requested' } = conversation;
  const position = positionOf(conversation, now);
  const usual: Partial<Record<Audience, string>> = STEPS[position];
  if (usual.operator !== undefined) return { position, words: usual.operator };
  if (conversation.failure_reason === undefined && position !== 'held') return { position, words: STEPS.sent.operator };
  const { operator: words, remedy } = explain(reason);
  const step = { position, words, ...(remedy === undefined ? {} : { remedy }) };
  if (position === 'delayed') return { ...step, retryAt: retryMoment(conversation, now) };
  const isOver = position === 'ended' && status !== 'initial_message_sent';
  const isSaid = /^None\b|under a new request_id/.test(words);
  return isOver && !isSaid ? { ...step, needsNewRequest: true } : step;
}

/** What is to be done about a dead letter, from the record that it leads to. */
export function deadLetterStep(conversation: Conversation | undefined, now: number): string {
  if (!conversation) return NO_RECORD;
  const usual: Partial<Record<Audience, string>> = STEPS[positionOf(conversation, now)];
  const { failure_reason: reason } = conversation;
  if (usual.redriver !== undefined) return usual.redriver;
  return `${reason === undefined ? STEPS.sent.operator : explain(reason).operator} ${CLEARED_BY_REDRIVE}`;
}

function retryMoment(conversation: Conversation, now: number): Timestamp {
  const next = nextAction(conversation, now);
  return timestamp(next.next === 'wait_until' ? next.at : now);
}
