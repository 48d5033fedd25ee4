import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { Project } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { isSameAddress } from '../core/recipient/identity';

/**
 * True where the company's settings ask a person to see the first message (`auto_queue_initial_message`). The channel's
 * list narrows it to the recipients in it; an empty list means all.
 */
export function asksForReview(
  project: Project,
  conversation: Pick<Conversation, 'channel_method' | 'primary_channel'>,
): boolean {
  if (!project.auto_queue_initial_message) return false;
  const list =
    project[`auto_queue_initial_message_from_${CHANNEL_DEFINITIONS[conversation.channel_method].address.listName}`];
  return list.length === 0 || list.some((address) => isSameAddress(address, conversation.primary_channel));
}
