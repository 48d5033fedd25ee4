import type { Refusal } from '../core/contract/refusal';
import { cancelMessage, whyTooLate } from '../core/lifecycle/cancel-message';
import { CLIENT } from '../core/lifecycle/cancel-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import type { HandOverPorts } from '../core/lifecycle/hand-over-unsent';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import type { ConversationCall, FindPorts } from '../reader/find-own-conversation';
import { findOwnConversation, NOT_FOUND } from '../reader/find-own-conversation';
import type { ReadAnswer } from '../reader/read-answer';
import { answerRead, explainReadFailure } from '../reader/read-answer';
import { showConversation } from '../reader/show-conversation';

export interface CancelPorts extends FindPorts {
  readonly conversations: HandOverPorts['conversations'];
  readonly threads: HandOverPorts['threads'];
  readonly observer: Observer;
}

/**
 * Cancels a client's message that is not sent yet, and answers it as it then stands. Answers every failure, and never
 * throws.
 */
export async function cancelConversation(
  call: ConversationCall,
  ports: CancelPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const { observer } = ports;
  const found = await cancelOwn(call, ports).catch((error: unknown) => ({
    refusal: explainReadFailure(error, 'A conversation could not be cancelled.', observer),
  }));
  if ('refusal' in found) {
    observer.info('conversation not cancelled', { code: found.refusal.code });
    return answerRead(found, call.origin, allowedOrigins);
  }
  observer.info('conversation cancelled', { conversation_id: found.conversation.conversation_id });
  return answerRead({ body: showConversation(found.conversation, false) }, call.origin, allowedOrigins);
}

async function cancelOwn(
  call: ConversationCall, ports: CancelPorts,
): Promise<{ readonly conversation: Conversation } | { readonly refusal: Refusal }> {
  const found = await findOwnConversation(call, ports);
  if ('refusal' in found) return found;
  const result = await database('Cancelling the message', async () =>
    cancelMessage(ports, found.conversation, CLIENT),
  );
  switch (result.outcome) {
    case 'cancelled':
      ports.observer.count('MessageCancelled', { channel: result.conversation.channel_method });
      return result;
    case 'cancelled_before':
      return result;
    case 'too_late':
      return { refusal: notCancellable(result.conversation) };
    case 'gone':
      return { refusal: NOT_FOUND };
  }
}

function notCancellable(conversation: Conversation): Refusal {
  const { conversation_status: status } = conversation;
  return {
    code: 'NOT_CANCELLABLE',
    message: `${whyTooLate(conversation)}.`,
    details: [{ path: 'conversation_status', message: status }],
  };
}
