import { CHANNEL_DEFINITIONS } from '../channel';
import type { Conversation } from '../lifecycle/conversation';

/** The recipient's address as the client wrote it. The record itself lies under the identity of that address. */
export function addressOf(conversation: Conversation): string {
  const { requestField } = CHANNEL_DEFINITIONS[conversation.channel_method].address;
  return conversation[requestField] ?? conversation.primary_channel;
}
