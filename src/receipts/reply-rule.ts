import type { Checked } from '../core/company/check-schema';
import type { Project } from '../core/company/company';
import { isSameAddress } from '../core/recipient/identity';

/**
 * True where the company's settings put replies on the hand-off queue: by `replies`, or where the record does not have
 * it by `auto_queue_reply_message`. The list of numbers narrows the latter to their replies; an empty one means all. A
 * record that cannot be read hands over: a reply that waits for a person is better than one that no person sees.
 */
export function handsOverReply(project: Checked<Project>, recipient: string): boolean {
  if (!project.valid) return true;
  const { replies, auto_queue_reply_message: isOn, auto_queue_reply_message_from_number: numbers } = project.value;
  if (replies !== undefined) return replies === 'hand_off';
  return isOn && (numbers.length === 0 || numbers.some((number) => isSameAddress(number, recipient)));
}
