import { timestamp } from '../ports/clock';
import type { Timestamp } from '../ports/clock';
import type { Change, Where } from './change';
import { statusIs } from './transition';

/** The message was sent, and nothing has come back that a reminder would disregard. */
const SILENT: Where = {
  ...statusIs('initial_message_sent'),
  answers: { exists: false },
  inbound_ids: { exists: false },
  hand_off_to_human: { equals: false },
};

/** The reminder's record is made: the conversation names it, once, and is due again when it is given up. */
export function arrangeReminder({ reminderId, dueAt, now }: {
  readonly reminderId: string;
  /** When the conversation is given up if no answer comes: milliseconds since 1970. */
  readonly dueAt: number;
  readonly now: number;
}): Change {
  const at = timestamp(now);
  return {
    name: 'arrange reminder',
    when: [{ ...SILENT, reminder_id: { exists: false } }],
    set: { reminder_id: reminderId, reminder_at: at, due_at: timestamp(dueAt), updated_at: at },
  };
}

/**
 * The reminder may leave within its send window: no reply had come when this was written. A reply that comes after it
 * finds the reminder on its way. Each further attempt asks again, and adds nothing to the history.
 */
export function letReminderGo({ reminderId, isRepeated, now }: {
  readonly reminderId: string;
  readonly isRepeated: boolean;
  readonly now: number;
}): Change {
  const at = timestamp(now);
  return {
    name: 'let reminder go',
    when: [
      { ...SILENT, reminder_id: { equals: reminderId }, reminded_at: { exists: isRepeated } },
      // A crash kept the conversation from naming it.
      ...(isRepeated ? [] : [{ ...SILENT, reminder_id: { exists: false } }]),
    ],
    set: { reminder_id: reminderId, reminded_at: at, updated_at: at },
    append: isRepeated ? {} : { history: { at, status: 'initial_message_sent', event: 'reminded' } },
  };
}

/** No required answer came in time; `seen` is the moment at which the record was due. */
export function giveUpWaiting({ seen, now }: { readonly seen: Timestamp; readonly now: number }): Change {
  const at = timestamp(now);
  return {
    name: 'give up waiting',
    when: [{ ...statusIs('initial_message_sent'), answers: { exists: false }, due_at: { equals: seen } }],
    set: { updated_at: at },
    remove: ['attention', 'due_at'],
    append: { history: { at, status: 'initial_message_sent', event: 'unanswered' } },
  };
}
