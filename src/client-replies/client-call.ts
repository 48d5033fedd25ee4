import type * as z from 'zod/mini';
import type { Refusal } from '../core/contract/refusal';
import { clientOf } from '../core/lifecycle/client-writer';
import type { Conversation } from '../core/lifecycle/conversation';
import { isTestMessage } from '../core/lifecycle/test-message';
import type { Observer } from '../core/ports/observer';
import type { Actor } from '../operations/actor';
import type { OperationPorts } from '../operations/ports';
import type { ConversationCall } from '../reader/find-own-conversation';
import { findOwnConversation } from '../reader/find-own-conversation';
import type { Answered, ReadAnswer } from '../reader/read-answer';
import { answerRead, explainReadFailure } from '../reader/read-answer';
import { readOrder } from '../router/read-order';

/** A client's call about what is written with a recipient, as the gateway hands it over. */
export interface ClientCall extends ConversationCall {
  readonly body?: string | undefined;
  readonly isBase64?: boolean;
}

export interface ClientReplyPorts extends Pick<
  OperationPorts, 'clock' | 'conversations' | 'directory' | 'limits' | 'newIdentifier' | 'queue' | 'threads'
> {
  readonly observer: Observer;
}

/** The client's own conversation, and the client as records name it. */
export interface Own {
  readonly conversation: Conversation;
  readonly actor: Actor;
}

/** One operation. */
export interface ClientOperation {
  /** What failed, as the operator reads it. */
  readonly failure: string;
  work(call: ClientCall, ports: ClientReplyPorts): Promise<Answered>;
}

/** Answers every failure, and never throws. */
export async function answerClientCall(
  { work, failure }: ClientOperation,
  call: ClientCall,
  ports: ClientReplyPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const answered = await work(call, ports).catch((error: unknown): Answered => (
    { refusal: explainReadFailure(error, failure, ports.observer) }
  ));
  if ('refusal' in answered) ports.observer.info('call about replies refused', { code: answered.refusal.code });
  return answerRead(answered, call.origin, allowedOrigins);
}

const SENDING_KEY_REQUIRED: Refusal = {
  code: 'SENDING_KEY_REQUIRED',
  message: 'The conversation is not a test, and a test key sends nothing: answer it by a key that sends.',
};

/** The work of an operation whose call has a body; its faults are told to a known key alone. */
export function onOrder<Schema extends z.core.$ZodType>(
  schema: Schema,
  rules: Readonly<Record<string, string>>,
  work: (own: Own, order: z.infer<Schema>, ports: ClientReplyPorts) => Promise<Answered>,
): ClientOperation['work'] {
  return async (call, ports) => {
    const read = readOrder(call, schema, rules);
    const own = await findOwn(call, ports, 'refusal' in read ? read.refusal : undefined);
    if ('refusal' in own) return own;
    return 'refusal' in read ? read : work(own, read.order, ports);
  };
}

/** `fault`: of the call's own shape, which is answered to a known key alone. */
export async function findOwn(
  call: ClientCall,
  ports: ClientReplyPorts,
  fault?: Refusal,
): Promise<Own | { readonly refusal: Refusal }> {
  const found = await findOwnConversation(call, ports, fault);
  if ('refusal' in found) return found;
  const { conversation, key } = found;
  if (key.test && !isTestMessage(conversation)) return { refusal: SENDING_KEY_REQUIRED };
  return { conversation, actor: { id: clientOf(conversation.project_id), roles: [] } };
}
