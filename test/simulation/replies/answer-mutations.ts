import type { KilledReplyMutation } from './reply-mutations';
import { leaving, without } from './reply-mutations';

/** What the engine answers of its own, broken. */
export const ANSWER_MUTATIONS: readonly KilledReplyMutation[] = [
  { name: 'take ticket: a newer message does not matter', killedBy: 1001, thread: without('take ticket', 'sequence') },
  { name: 'finish turn: the hand-off keeps the epoch', killedBy: 1003, thread: leaving('finish turn', 'epoch') },
  {
    name: 'keep understanding: answers are not counted',
    killedBy: 1338,
    thread: leaving('keep understanding', 'reply_times', 'replies_in_row', 'last_card'),
  },
  {
    name: 'end parting: the words stay to be said',
    killedBy: 1001,
    thread: (change) => (change.name === 'end parting' ? { ...change, remove: [] } : change),
  },
];
