import type { Conversation } from '../core/lifecycle/conversation';
import { isTestMessage, testMessageId } from '../core/lifecycle/test-message';
import { proveSent } from '../core/lifecycle/receipt-transitions';
import { ATTEMPTS } from '../core/lifecycle/limits';
import { claimedAt, leaveUnconfirmed, LONGEST_SETTLING, resend } from '../core/lifecycle/unknown-send-transitions';
import type { ReconcilerPorts, ReconcileStep } from './reconciler-ports';
import { nextCheckAt } from './next-check';
import { queryVendor } from './query-vendor';

/**
 * Finds out what became of a send whose answer was lost (*prove sent*, *resend* or *leave unconfirmed*). Until its
 * vendor has reported all, the record waits.
 */
export async function resolveUnknownSend(ports: ReconcilerPorts, conversation: Conversation): Promise<ReconcileStep> {
  const claimed = claimedAt(conversation);
  const { attempt_id: attemptId } = conversation;
  if (!claimed || !attemptId) {
    throw new Error(
      `Resolving the send of ${conversation.conversation_id} is impossible, its record shows no claimed send: ` +
        'look for who wrote it.',
    );
  }
  const evidence = isTestMessage(conversation)
    ? ({ shows: 'sent', vendorMessageId: testMessageId(attemptId) } as const)
    : await queryVendor(ports, conversation, claimed);
  const now = ports.clock.now();
  const settlesAt = claimed.last + ports.lookups[conversation.channel_method].settleAfter;
  switch (evidence.shows) {
    case 'sent':
      return prove(ports, conversation, attemptId, evidence.vendorMessageId);
    case 'nothing':
      if (now <= settlesAt) return wait(conversation, now, settlesAt);
      return mayResend(conversation, now)
        ? sendAgain(ports, conversation, attemptId)
        : unconfirmed(ports, conversation, attemptId);
    case 'no_proof':
      return now <= settlesAt ? wait(conversation, now, settlesAt) : unconfirmed(ports, conversation, attemptId);
    case 'no_list':
      return now <= settlesAt
        ? { action: 'left', nextCheckAt: settlesAt + 1 }
        : unconfirmed(ports, conversation, attemptId);
    case 'silence':
      return now <= claimed.last + LONGEST_SETTLING
        ? wait(conversation, now, settlesAt)
        : unconfirmed(ports, conversation, attemptId);
  }
}

/** Just after the settle time where that comes first. */
function wait(conversation: Conversation, now: number, settlesAt: number): ReconcileStep {
  const next = nextCheckAt(conversation, now);
  return { action: 'left', nextCheckAt: now <= settlesAt ? Math.min(next, settlesAt + 1) : next };
}

function mayResend(
  { composition, attempt_count: attempts, send_before: sendBefore }: Conversation,
  now: number,
): boolean {
  return composition?.resend_on_unknown === true && attempts < ATTEMPTS && Date.parse(sendBefore) >= now;
}

async function prove(
  ports: ReconcilerPorts,
  conversation: Conversation,
  attemptId: string,
  vendorMessageId: string,
): Promise<ReconcileStep> {
  const receipt = {
    conversationId: conversation.conversation_id,
    attemptId,
    vendorMessageId,
    status: 'accepted',
  } as const;
  const proved = proveSent({ receipt, now: ports.clock.now(), asked: conversation });
  const { applied } = await ports.conversations.change(conversation, proved);
  if (!applied) return { action: 'overtaken' };
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  ports.observer.count('MessageSent', { channel });
  // Its vendor and recipient are played by the processor.
  if (isTestMessage(conversation)) await ports.queue.enqueue({ channel, conversationId, company });
  return { action: 'proved_sent' };
}

/** The record first: a queue message that met the old state would be dropped. */
async function sendAgain(
  ports: ReconcilerPorts,
  conversation: Conversation,
  attemptId: string,
): Promise<ReconcileStep> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  const { applied } = await ports.conversations.change(conversation, resend({ attemptId, now: ports.clock.now() }));
  if (!applied) return { action: 'overtaken' };
  await ports.queue.enqueue({ channel, conversationId, company });
  return { action: 'resent' };
}

async function unconfirmed(
  ports: ReconcilerPorts,
  conversation: Conversation,
  attemptId: string,
): Promise<ReconcileStep> {
  const { applied } = await ports.conversations.change(
    conversation,
    leaveUnconfirmed({ attemptId, now: ports.clock.now() }),
  );
  if (!applied) return { action: 'overtaken' };
  ports.observer.count('SendUnconfirmed', { channel: conversation.channel_method });
  ports.observer.warn('a send was never confirmed', {
    conversation_id: conversation.conversation_id,
    attempt_id: attemptId,
  });
  return { action: 'left_unconfirmed' };
}
