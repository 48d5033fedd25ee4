import type { ReplyHandOff } from './hand-off-reasons';

/** Hand-offs of which the recipient is not told: a program may write, nobody may answer, or it was said already. */
const UNTOLD: readonly ReplyHandOff[] = [
  'machine', 'stop_unclear', 'sender_unproved', 'card_hands_over', 'reply_received',
];

/** Whether the company's sentence goes to a recipient whose thread is handed over for this reason. */
export function isTold(reason: ReplyHandOff): boolean {
  return !UNTOLD.includes(reason);
}
