import type { Conversation } from '../core/lifecycle/conversation';
import type { Item } from './item';
import { withRepeatedWords } from './stored-words';

/** What records of the old engine lack, and every reader relies on. */
const DEFAULTS = {
  messages: [],
  history: [],
  project_data: {},
  attempt_count: 0,
  task_complete: 0,
  hand_off_to_human: false,
} satisfies Partial<Conversation>;

/**
 * An item of the table as a conversation: only this engine and the one before it write such items, so their fields
 * are not checked again.
 */
export function readConversation(item: Item): Conversation {
  return { ...DEFAULTS, ...withRepeatedWords(item) } as Conversation;
}
