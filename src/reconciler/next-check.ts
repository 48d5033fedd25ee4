import type { Conversation } from '../core/lifecycle/conversation';

const SHORTEST = 2 * 60_000;
const LONGEST = 60 * 60_000;

/**
 * When a record is checked next (milliseconds since 1970): after as long again as it has stood still. So a queue that
 * is an hour behind is not filled with a copy of every message each minute.
 */
export function nextCheckAt(conversation: Pick<Conversation, 'updated_at'>, now: number, notBefore = now): number {
  const still = now - Date.parse(conversation.updated_at);
  return Math.max(now + Math.min(Math.max(still, SHORTEST), LONGEST), notBefore);
}
