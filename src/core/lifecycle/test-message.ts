import type { ConversationKey } from './conversation';
import { parseConversationId, senderIdentity } from './conversation-id';

/** No number, name or address of a sender holds a colon. */
const TEST_SENDER = 'test:';

/**
 * What a test key sends as. It stands in the key of the record, which no write changes: so a test stays one whatever
 * happens to it, and its threads and opt-outs are those of no real sender.
 */
export function testSender(sender: string): string {
  return `${TEST_SENDER}${senderIdentity(sender)}`;
}

export function isTestSender(sender: string): boolean {
  return sender.startsWith(TEST_SENDER);
}

/** Whether a message is a test's, of which nothing reaches a vendor. */
export function isTestMessage({ conversation_id: id }: Pick<ConversationKey, 'conversation_id'>): boolean {
  return isTestSender(parseConversationId(id)?.sender ?? '');
}

/** What the vendor that a test plays calls the message of an attempt. */
export function testMessageId(attemptId: string): string {
  return `test-${attemptId}`;
}
