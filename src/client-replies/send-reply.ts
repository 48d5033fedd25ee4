import type { Refusal } from '../core/contract/refusal';
import type { Conversation } from '../core/lifecycle/conversation';
import { countReplies } from '../core/lifecycle/reply-transitions';
import { isTestMessage } from '../core/lifecycle/test-message';
import type { Observer } from '../core/ports/observer';
import { database, queueing } from '../core/ports/port-failure';
import type { ClientReplyResult } from '../operations/replies/send-reply';
import { sendReply } from '../operations/replies/send-reply';
import type { Answered } from '../reader/read-answer';
import { limitRefusal } from '../router/count-request';
import { invalid } from '../router/read-order';
import type { ClientOperation, ClientReplyPorts, Own } from './client-call';
import { onOrder } from './client-call';
import { CHANGED, NOTHING_TO_ANSWER, OPTED_OUT, takenRefusal } from './refused';
import type { ReplyAccepted } from './reply-answers';
import { LONGEST_WORDS, replyOrderSchema } from './reply-answers';

const RULES = {
  request_id: 'must be a UUID of version 4 in lower case, made once for each reply',
  text: `must be a text of 1 to ${LONGEST_WORDS} characters: the words of the reply`,
};

/**
 * `POST /conversations/{conversation_id}/replies`: a client's own words. They take the thread over for the client, so
 * that the engine does not answer as well; it is silent until the client returns it.
 */
export const SEND_REPLY: ClientOperation = {
  failure: 'A reply could not be kept or queued.',
  work: onOrder(replyOrderSchema, RULES, send),
};

async function send(
  { conversation, actor }: Own,
  { request_id: requestId, text }: { readonly request_id: string; readonly text: string },
  { observer, ...ports }: ClientReplyPorts,
): Promise<Answered> {
  if (countReplies(conversation) === 0) return { refusal: NOTHING_TO_ANSWER, requestId };
  const queue = {
    enqueue: async (message: Parameters<typeof ports.queue.enqueue>[0]) => (
      queueing('Queueing the reply', async () => ports.queue.enqueue(message))
    ),
  };
  const result = await database('Keeping the reply', async () => (
    sendReply({ ...ports, queue }, { conversation, text, actor, requestId })
  ));
  if (!('reply' in result)) {
    if (result.outcome === 'company_not_ready' && result.why === 'incomplete') reportIncomplete(conversation, observer);
    return { refusal: refusalOf(result), requestId };
  }
  const { outcome, reply } = result;
  observer.info(outcome === 'queued' ? 'reply accepted' : 'reply replayed', { conversation_id: reply.conversation_id });
  if (outcome === 'queued') observer.count('ReplyMade', { channel: reply.channel_method });
  const body: ReplyAccepted = {
    status: 'success',
    request_id: reply.request_id,
    conversation_id: reply.conversation_id,
    in_reply_to: conversation.conversation_id,
    message: 'The reply was accepted and is queued.',
    queue_timestamp: reply.created_at,
    is_test: isTestMessage(reply) || undefined,
  };
  return { body, isReplay: outcome === 'queued_before' };
}

function reportIncomplete(
  { company_id: company, project_id: project, channel_method: channel }: Conversation, observer: Observer,
): void {
  const message = `A reply was refused because the company record of ${company} and ${project} is incomplete for `
    + `${channel}: complete what \`engine company verify\` names.`;
  observer.error('The company record is incomplete.', new Error(message), { company, project, channel });
  observer.count('ConfigurationFault', { channel });
}

const FAULTS = {
  empty: 'must have words',
  too_long: 'is too long',
  not_printable: 'holds characters that cannot be seen or that turn the direction of text',
} as const;

type Refused = Exclude<ClientReplyResult, { readonly outcome: 'queued' | 'queued_before' }>;

function refusalOf(result: Refused): Refusal {
  switch (result.outcome) {
    case 'bad_text': {
      const more = result.fault === 'too_long' ? `: the channel takes ${result.most} characters` : '';
      return invalid([{ path: 'text', message: `${FAULTS[result.fault]}${more}` }]);
    }
    case 'conflict':
      return {
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'request_id was used before for something else: send the same reply, or use a new request_id.',
      };
    case 'not_taken':
      return takenRefusal(result.thread);
    case 'opted_out':
      return OPTED_OUT;
    case 'window_closed':
      return {
        code: 'WINDOW_CLOSED',
        message: 'WhatsApp takes free words for 24 hours after the recipient has written, and those are over: ask for a '
          + 'message of an approved template.',
      };
    case 'limited':
      return limitRefusal(result);
    case 'company_not_ready':
      return NOT_READY[result.why];
    case 'no_thread':
      return NOTHING_TO_ANSWER;
    case 'contended':
      return CHANGED;
  }
}

const NOT_READY: Readonly<Record<Extract<Refused, { readonly outcome: 'company_not_ready' }>['why'], Refusal>> = {
  project_inactive: { code: 'PROJECT_INACTIVE', message: 'The project is not active.' },
  channel_not_allowed: { code: 'CHANNEL_NOT_ALLOWED', message: 'The project does not allow the channel any more.' },
  incomplete: {
    code: 'CONFIGURATION_ERROR',
    message: 'The project is not configured completely: ask the operator to complete its record, then send it again.',
  },
};
