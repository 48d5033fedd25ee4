import type { Conversation, DeliveryStatus } from '../core/lifecycle/conversation';
import { deliveryRank, raiseDelivery } from '../core/lifecycle/receipt-transitions';
import { testMessageId } from '../core/lifecycle/test-message';
import type { TestOutcome } from '../core/lifecycle/client-wishes';
import type { SendOutcome } from '../core/ports/provider';
import type { ProcessingOutcome, Work } from './processing';
import { DONE, retryAfter } from './processing';

/** Milliseconds between two things that a test's vendor or recipient does. */
const PACE = 1000;

/** What the vendor of a test answers. Nothing leaves the engine. */
export function answerOfTest({ test }: Conversation, attemptId: string): SendOutcome {
  switch (test?.outcome) {
    case 'refused':
      return { outcome: 'refused', reason: 'recipient_unreachable', retry: 'never', vendorCode: 'test' };
    case 'unanswered':
      return { outcome: 'unknown', detail: 'request_data.test asks for it' };
    default:
      return { outcome: 'accepted', vendorMessageId: testMessageId(attemptId) };
  }
}

/** A test's vendor and recipient go on with their parts in a moment, by the same queue message. */
export function goOnPlaying(work: Work, outcome: ProcessingOutcome): ProcessingOutcome {
  return outcome.outcome === 'done' ? retryAfter(work, work.ports.clock.now() + PACE) : outcome;
}

const DELIVERIES: Readonly<Record<TestOutcome, readonly DeliveryStatus[]>> = {
  read: ['sent', 'delivered', 'read'],
  unanswered: ['sent', 'delivered', 'read'],
  delivered: ['sent', 'delivered'],
  undelivered: ['sent', 'undelivered'],
  refused: [],
};

/**
 * Plays the next part of a test that was sent: a receipt of its vendor, at last the reply of its recipient. A worker
 * that dies leaves the queue message, and the next one goes on from what the record says.
 */
export async function playTest(work: Work, conversation: Conversation): Promise<ProcessingOutcome> {
  if (conversation.conversation_status !== 'initial_message_sent') return DONE;
  const status = nextDelivery(conversation);
  if (status === undefined) return playReply(work, conversation);
  const { clock, conversations } = work.ports;
  const { attempt_id: attemptId = '', channel_method: channel } = conversation;
  const failure = { reason: 'recipient_unavailable', detail: 'test' } as const;
  const receipt = { attemptId, status, ...(status === 'undelivered' ? { failure } : {}) };
  await conversations.change(work.key, raiseDelivery({ receipt, now: clock.now(), channel }));
  return retryAfter(work, clock.now() + PACE);
}

function nextDelivery({
  test,
  delivery_status: reached = 'accepted',
  channel_method: channel,
}: Conversation): DeliveryStatus | undefined {
  const rank = deliveryRank(reached, channel);
  return DELIVERIES[test?.outcome ?? 'read'].find((status) => deliveryRank(status, channel) > rank);
}

async function playReply(work: Work, conversation: Conversation): Promise<ProcessingOutcome> {
  const { test, attempt_id: attemptId = '', inbound_ids: received = [] } = conversation;
  if (test?.reply === undefined || conversation.delivery_status === 'undelivered') return DONE;
  const vendorMessageId = `${testMessageId(attemptId)}-reply`;
  if (received.includes(vendorMessageId)) return DONE;
  await work.ports.testReplies.take({ conversation, text: test.reply, vendorMessageId });
  return DONE;
}
