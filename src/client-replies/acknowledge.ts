import { database } from '../core/ports/port-failure';
import { acknowledgeReplies } from '../operations/replies/acknowledge-replies';
import { NOT_FOUND } from '../reader/find-own-conversation';
import type { Answered } from '../reader/read-answer';
import type { ClientOperation, ClientReplyPorts, Own } from './client-call';
import { onOrder } from './client-call';
import { CHANGED } from './refused';
import type { Acknowledged } from './reply-answers';
import { acknowledgeOrderSchema } from './reply-answers';

const RULES = { replies: 'must be a whole number: the `replies` of the conversation that you have dealt with' };

/**
 * `POST /conversations/{conversation_id}/acknowledge`: the client has dealt with what the recipient wrote, so that no
 * person of the company needs to. One reply more than it names makes it fail. May be repeated.
 */
export const ACKNOWLEDGE: ClientOperation = {
  failure: 'Replies could not be acknowledged.',
  work: onOrder(acknowledgeOrderSchema, RULES, async (own, { replies }, ports) => acknowledge(own, replies, ports)),
};

async function acknowledge(own: Own, seen: number, ports: ClientReplyPorts): Promise<Answered> {
  const { conversation_id } = own.conversation;
  const result = await database('Acknowledging the replies', async () => acknowledgeReplies(ports, { ...own, seen }));
  switch (result.outcome) {
    case 'done':
      ports.observer.info('replies acknowledged', { conversation_id });
      return { body: acknowledged(conversation_id) };
    case 'done_before':
    case 'none_waiting':
      return { body: acknowledged(conversation_id) };
    case 'unread': {
      const message = `The conversation has ${result.replies} replies: read what came since, then acknowledge them all.`;
      return { refusal: { code: 'REPLIES_UNREAD', message } };
    }
    case 'contended':
      return { refusal: CHANGED };
    case 'gone':
      return { refusal: NOT_FOUND };
  }
}

function acknowledged(conversation_id: string): Acknowledged {
  return { status: 'success', conversation_id, message: 'No reply of the conversation waits for a person.' };
}
