import type { Refusal } from '../core/contract/refusal';
import { database } from '../core/ports/port-failure';
import type { ReturnResult, TakeOverResult } from '../operations/replies/take-over';
import { returnThread, takeThread } from '../operations/replies/take-over';
import type { Answered } from '../reader/read-answer';
import type { ClientOperation, ClientReplyPorts, Own } from './client-call';
import { findOwn } from './client-call';
import { CHANGED, NOTHING_TO_ANSWER, OPTED_OUT, takenRefusal } from './refused';
import type { OwnerAnswer } from './reply-answers';

/** `POST /conversations/{conversation_id}/take-over`: the engine is silent. May be repeated. */
export const TAKE_OVER = onOwn('A conversation could not be taken over.', async (own, ports) => {
  const result = await database('Taking the thread over', async () => takeThread(ports, own));
  switch (result.outcome) {
    case 'taken':
    case 'taken_before': {
      const { leaving = null } = result;
      const message = leaving === null
        ? 'The engine is silent in this conversation.'
        : 'One reply is already leaving; nothing of the engine follows it.';
      return { body: ownerAnswer(own, { owner: 'client', message, leaving_request_id: leaving }) };
    }
    default:
      return { refusal: refusalOf(result) };
  }
});

/** `POST /conversations/{conversation_id}/return`: the engine answers again. May be repeated. */
export const RETURN = onOwn('A conversation could not be returned.', async (own, ports) => {
  const result = await database('Returning the thread', async () => returnThread(ports, { ...own, onlyOwn: true }));
  switch (result.outcome) {
    case 'returned':
    case 'returned_before': {
      const message = 'As the project says, the engine reads and answers what comes from now on, and what it had not read yet.';
      return { body: ownerAnswer(own, { owner: 'engine', message, leaving_request_id: null }) };
    }
    default:
      return { refusal: refusalOf(result) };
  }
});

function onOwn(failure: string, work: (own: Own, ports: ClientReplyPorts) => Promise<Answered>): ClientOperation {
  return {
    failure,
    work: async (call, ports) => {
      const own = await findOwn(call, ports);
      if ('refusal' in own) return own;
      const answered = await work(own, ports);
      if ('body' in answered) {
        ports.observer.info('conversation taken over or returned', { conversation_id: own.conversation.conversation_id });
      }
      return answered;
    },
  };
}

function ownerAnswer(
  { conversation }: Own, answer: Pick<OwnerAnswer, 'owner' | 'message' | 'leaving_request_id'>,
): OwnerAnswer {
  return { status: 'success', conversation_id: conversation.conversation_id, ...answer };
}

type Refused = Exclude<
  TakeOverResult | ReturnResult, { readonly outcome: 'taken' | 'taken_before' | 'returned' | 'returned_before' }
>;

function refusalOf(result: Refused): Refusal {
  switch (result.outcome) {
    case 'taken_by_other':
      return takenRefusal(result.thread);
    case 'opted_out':
      return OPTED_OUT;
    case 'no_thread':
      return NOTHING_TO_ANSWER;
    case 'contended':
      return CHANGED;
  }
}
