import type { Refusal } from '../core/contract/refusal';
import { withReplies } from '../core/lifecycle/thread';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import type { Threads } from '../core/ports/threads';
import type { ConversationCall, FindPorts, Found } from './find-own-conversation';
import { findOwnConversation } from './find-own-conversation';
import type { ReadAnswer } from './read-answer';
import { answerRead, explainReadFailure } from './read-answer';
import { showConversation } from './show-conversation';

/** One `GET /conversations/{conversation_id}` or `GET /messages/{conversation_id}`. */
export interface ReadCall extends ConversationCall {
  /** The query's `include`. */
  readonly include?: string;
}

export interface ReaderPorts extends FindPorts {
  readonly threads: Pick<Threads, 'repliesTo'>;
  readonly observer: Observer;
}

const UNKNOWN_INCLUDE: Refusal = {
  code: 'INVALID_REQUEST',
  message: 'include must be "text", or be left out.',
  details: [{ path: 'include', message: 'must be "text", or be left out' }],
};

/** Answers a client what became of its request. Answers every failure, and never throws. */
export async function getConversation(
  call: ReadCall,
  ports: ReaderPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const { observer } = ports;
  const found = await find(call, ports).catch((error: unknown) => ({
    refusal: explainReadFailure(error, 'A conversation could not be read.', observer),
  }));
  if ('refusal' in found) {
    observer.info('conversation not read', { code: found.refusal.code });
    return answerRead(found, call.origin, allowedOrigins);
  }
  const includesText = call.include === 'text';
  const { conversation } = found;
  observer.info('conversation read', { conversation: conversation.conversation_id, text: includesText });
  return answerRead({ body: showConversation(conversation, includesText) }, call.origin, allowedOrigins);
}

async function find(call: ReadCall, ports: ReaderPorts): Promise<Found> {
  const { include } = call;
  const isKnown = include === undefined || include === 'text';
  const found = await findOwnConversation(call, ports, isKnown ? undefined : UNKNOWN_INCLUDE);
  if ('refusal' in found || include === undefined) return found;
  return {
    ...found,
    conversation: await database('Reading the replies', async () => withReplies(found.conversation, ports.threads)),
  };
}
