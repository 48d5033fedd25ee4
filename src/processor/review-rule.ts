import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { Project } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { senderIdentity } from '../core/lifecycle/conversation-id';

/**
 * True where the company's settings ask a person to see the first message (`auto_queue_initial_message`). The channel's
 * list narrows it to the recipients in it; an empty list means all.
 */
export function asksForReview(
  project: Project,
  conversation: Pick<Conversation, 'channel_method' | 'primary_channel'>,
): boolean {
  if (!project.auto_queue_initial_message) return false;
  const list = project[`auto_queue_initial_message_from_${CHANNEL_DEFINITIONS[conversation.channel_method].address.listName}`];
  return list.length === 0 || list.map(comparable).includes(comparable(conversation.primary_channel));
}

/** Lists are written by hand: letter case, spaces and a missing `+` do not matter. */
function comparable(address: string): string {
  return senderIdentity(address.replace(/\s/g, '').toLowerCase());
}
