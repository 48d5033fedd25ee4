import type { ConversationStore } from '../../src/core/lifecycle/change';
import type { Conversation, ConversationStatus } from '../../src/core/lifecycle/conversation';
import type { MemoryConversations } from './memory-conversations';

const ENDS_BEFORE_SENDING: readonly ConversationStatus[] = [
  'suppressed',
  'expired',
  'failed_secrets_fetch',
  'failed_unknown',
];

/** The ways that the design's picture allows, written down apart from the code that they judge. */
const WAYS: Readonly<Partial<Record<ConversationStatus, readonly ConversationStatus[]>>> = {
  initiated: ['processing'],
  processing: ['processing', 'initiated', 'composed', 'sending', 'awaiting_review', ...ENDS_BEFORE_SENDING],
  composed: ['composed', 'sending', 'failed_to_send_message', ...ENDS_BEFORE_SENDING],
  sending: ['composed', 'initial_message_sent', 'failed_to_send_message', 'suppressed', 'send_unknown'],
  send_unknown: ['initial_message_sent', 'send_unconfirmed'],
  send_unconfirmed: ['initial_message_sent'],
  initial_message_sent: ['initial_message_sent'],
};

/** Passes changes on and tells of each that moves a record against the rules of a message's life. */
export function watchRecords(
  conversations: MemoryConversations,
  violation: (words: string) => void,
): Pick<ConversationStore, 'change' | 'find'> {
  return {
    find: async (key) => conversations.find(key),
    change: async (key, change) => {
      const before = await conversations.find(key);
      const result = await conversations.change(key, change);
      if (before && result.applied) {
        judge(before, result.conversation, (words) => violation(`${change.name}: ${words}`));
      }
      return result;
    },
  };
}

function judge(before: Conversation, after: Conversation, violation: (words: string) => void): void {
  const { conversation_status: from } = before;
  const { conversation_status: to } = after;
  if (!WAYS[from]?.includes(to)) violation(`${from} may not become ${to}`);
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  if (before.composition && !same(before.composition, after.composition)) violation('frozen words were changed');
  if (!same(before.history, after.history.slice(0, before.history.length))) violation('the history was rewritten');
  if (after.attempt_count < 0) violation('fewer attempts than none');
}
