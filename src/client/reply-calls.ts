import type createClient from 'openapi-fetch';
import type { paths } from './api-types';
import type { Accepted, Answer, Failed } from './attempt';
import { readAccepted } from './attempt';
import type { Send } from './event-calls';
import type { Counted } from './initiate-result';

/** A reply that is stored and queued. `conversationId` is its own: ask with it what became of the reply. */
export type ReplyAccepted = Omit<Accepted, 'warnings'>;

/** Who answers from now on. */
export interface OwnerChanged {
  /** `taken`: the engine is silent. */
  readonly outcome: 'taken' | 'returned';
  /** The `request_id` of the one reply that may be leaving at this moment; nothing but your own follows it. */
  readonly leavingRequestId: string | null;
}

/** What became of a reply. Keep `requestId` where it may have to be sent again. */
export type ReplyResult = (ReplyAccepted | Failed) & Counted & { readonly requestId: string };

/** What became of a call that takes a conversation over or returns it. */
export type OwnerResult = (OwnerChanged | Failed) & Counted;

export type AcknowledgeResult = ({ readonly outcome: 'acknowledged' } | Failed) & Counted;

/** The client's calls in a conversation that its recipient has answered. */
export interface ReplyCalls {
  /**
   * Answers the recipient in your own words, once for each `requestId`; without one it is made, once for all attempts.
   * The engine is silent in the conversation from then on, until you return it.
   */
  reply(conversationId: string, reply: { readonly text: string; readonly requestId?: string }): Promise<ReplyResult>;
  /** Silences the engine in a conversation before you answer. */
  takeOver(conversationId: string): Promise<OwnerResult>;
  /** Lets the engine answer again. */
  returnConversation(conversationId: string): Promise<OwnerResult>;
  /**
   * Says that you have dealt with so many `replies` of a conversation, all that it had when you read it: they wait for
   * no person any more. Refused as `REPLIES_UNREAD` if another came since.
   */
  acknowledgeReplies(conversationId: string, replies: number): Promise<AcknowledgeResult>;
}

export function replyCalls(
  api: ReturnType<typeof createClient<paths>>, send: Send, signal: () => AbortSignal, newIdentifier: () => string,
): ReplyCalls {
  const place = (id: string) => ({ params: { path: { conversation_id: id } }, signal: signal() });
  return {
    reply: async (id, { text, requestId = newIdentifier() }) => {
      const body = { request_id: requestId, text };
      const call = async () => api.POST('/conversations/{conversation_id}/replies', { ...place(id), body });
      return { ...(await send(call, readReply)), requestId };
    },
    takeOver: async (id) => (
      send(async () => api.POST('/conversations/{conversation_id}/take-over', place(id)), readOwner)
    ),
    returnConversation: async (id) => (
      send(async () => api.POST('/conversations/{conversation_id}/return', place(id)), readOwner)
    ),
    acknowledgeReplies: async (id, replies) => {
      const body = { replies };
      return send(
        async () => api.POST('/conversations/{conversation_id}/acknowledge', { ...place(id), body }), readAcknowledged,
      );
    },
  };
}

function readReply(answer: Answer): ReplyAccepted | undefined {
  const accepted = readAccepted(answer);
  if (!accepted) return undefined;
  const { outcome, conversationId, queuedAt, replayed } = accepted;
  return { outcome, conversationId, queuedAt, replayed };
}

function readOwner({ data }: Answer): OwnerChanged | undefined {
  if (typeof data !== 'object' || data === null || !('owner' in data)) return undefined;
  const { owner } = data;
  if (owner !== 'client' && owner !== 'engine') return undefined;
  const leaving = 'leaving_request_id' in data ? data.leaving_request_id : null;
  return {
    outcome: owner === 'client' ? 'taken' : 'returned', leavingRequestId: typeof leaving === 'string' ? leaving : null,
  };
}

function readAcknowledged({ data }: Answer) {
  const isSuccess = typeof data === 'object' && data !== null && 'status' in data && data.status === 'success';
  return isSuccess ? ({ outcome: 'acknowledged' } as const) : undefined;
}
