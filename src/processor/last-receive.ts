import { parseConversationId } from '../core/lifecycle/conversation';
import type { ProcessingOutcome, ProcessorPorts, ProcessorSettings, QueuedMessage } from './processing';
import { DONE } from './processing';

/** SQS delays a message for 15 minutes at most; the record knows if there is longer to wait. */
const LONGEST_DELAY_SECONDS = 900;

/**
 * The dead letters are for bugs: where the next receive would land a waiting message there, a fresh copy takes its place. A crash between the two
 * leaves both, which is harmless.
 */
export async function keepFromDeadLetters(
  message: QueuedMessage,
  outcome: ProcessingOutcome,
  ports: Pick<ProcessorPorts, 'queue'>,
  settings: ProcessorSettings,
): Promise<ProcessingOutcome> {
  const identity = parseConversationId(message.conversationId);
  if (outcome.outcome === 'done' || message.receiveCount < settings.maxReceiveCount || !identity) return outcome;
  await ports.queue.enqueue({
    channel: settings.channel,
    conversationId: message.conversationId,
    company: identity.companyId,
    delaySeconds: Math.min(outcome.afterSeconds, LONGEST_DELAY_SECONDS),
  });
  return DONE;
}
