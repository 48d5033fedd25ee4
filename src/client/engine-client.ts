import createClient from 'openapi-fetch';
import type { components, paths } from './api-types';
import type { Answer, Failed } from './attempt';
import {
  noAnswer, readAccepted, readCancelled, readDryRun, readFailure, readFound, readMessages, readTemplates,
} from './attempt';
import type { ClientWorld } from './client-world';
import { REAL_WORLD } from './client-world';
import type { EventCalls, Send } from './event-calls';
import { eventCalls } from './event-calls';
import type {
  CancelResult, DryRunResult, InitiateResult, MessageRequest, MessagesFilter, MessagesResult, ReadResult,
  TemplatesResult,
} from './initiate-result';
import { persist } from './persist';
import type { ReplyCalls } from './reply-calls';
import { replyCalls } from './reply-calls';
import type { RetryPolicy } from './retry-policy';
import { DEFAULT_RETRY } from './retry-policy';

export interface EngineClientOptions {
  /** Base URL of the stage, the stack's output `ApiUrl`. */
  readonly url: string;
  readonly apiKey: string;
  readonly retry?: Partial<RetryPolicy>;
  readonly world?: Partial<ClientWorld>;
}

/** Calls the engine. Never throws for what the engine or the network does: every end has its word in the result. */
export interface EngineClient extends EventCalls, ReplyCalls {
  /** Asks for one message. May take as long as the patience of the retry policy. */
  initiateConversation(request: MessageRequest): Promise<InitiateResult>;
  /**
   * Composes and proves a message without sending it. The model is asked and paid for, so a dry run is sent once: only
   * an exhausted limit is waited for. `reply`: what the recipient might answer, to be tried as well.
   */
  dryRun(request: MessageRequest & { readonly reply?: string }): Promise<DryRunResult>;
  /** Lists the templates of the key's projects, and the facts that each needs. */
  listTemplates(): Promise<TemplatesResult>;
  /**
   * Lists messages, 50 a page. Go on with `cursor: nextCursor` until that is null: a page may hold fewer messages, even
   * none, and not be the last.
   */
  listMessages(filter?: MessagesFilter): Promise<MessagesResult>;
  /** Asks what became of a request. The text is personal data: ask for it only to show it. */
  getConversation(conversationId: string, options?: { readonly includesText?: boolean }): Promise<ReadResult>;
  /**
   * Cancels a message that is not sent yet: `cancelled`, now or before. One that was sent or is being sent is `refused`
   * as `NOT_CANCELLABLE`.
   */
  cancelConversation(conversationId: string): Promise<CancelResult>;
}

/** The one part of a conversation that has to be asked for. */
const TEXT = 'text' as const;

type ConversationRequest = components['schemas']['ConversationRequest'];

/** Throws only for what no call could mend: an address that is none. */
export function createEngineClient({ url, apiKey, retry, world }: EngineClientOptions): EngineClient {
  if (!URL.canParse(url)) {
    throw new TypeError(
      `Making the engine's client failed: "${url}" is no URL. Give the stage's, which is the stack's output ApiUrl.`,
    );
  }
  const outside = { ...REAL_WORLD, ...world };
  const policy = { ...DEFAULT_RETRY, ...retry };
  const api = createClient<paths>({ baseUrl: url, headers: { 'x-api-key': apiKey }, fetch: outside.fetch });
  const signal = () => AbortSignal.timeout(policy.attemptTimeout);
  const untilFinal: Send = async (call, read, isOnce = false) => (
    persist(async () => attempt(call(), read), policy, outside, isOnce ? ['limited'] : undefined)
  );
  return {
    ...eventCalls(api, untilFinal, signal),
    ...replyCalls(api, untilFinal, signal, outside.newIdentifier),
    initiateConversation: async (request) => {
      const body = identified(request, outside);
      const send = async () => attempt(api.POST('/initiate-conversation', { body, signal: signal() }), readAccepted);
      return { ...await persist(send, policy, outside), requestId: body.request_data.request_id };
    },
    dryRun: async (request) => {
      const body = identified(request, outside);
      const send = async () => attempt(api.POST('/dry-run', { body, signal: signal() }), readDryRun);
      return { ...(await persist(send, policy, outside, ['limited'])), requestId: body.request_data.request_id };
    },
    listTemplates: async () =>
      persist(async () => attempt(api.GET('/templates', { signal: signal() }), readTemplates), policy, outside),
    listMessages: async ({ projectId, ...filter } = {}) => {
      const params = { query: { project_id: projectId, ...filter } };
      const call = async () => api.GET('/messages', { params, signal: signal() });
      return persist(async () => attempt(call(), readMessages), policy, outside);
    },
    getConversation: async (conversationId, { includesText = false } = {}) => {
      const params = { path: { conversation_id: conversationId }, ...(includesText && { query: { include: TEXT } }) };
      return persist(
        async () => attempt(api.GET('/conversations/{conversation_id}', { params, signal: signal() }), readFound),
        policy,
        outside,
      );
    },
    cancelConversation: async (conversationId) => {
      const params = { path: { conversation_id: conversationId } };
      const call = async () => api.POST('/conversations/{conversation_id}/cancel', { params, signal: signal() });
      return persist(async () => attempt(call(), readCancelled), policy, outside);
    },
  };
}

async function attempt<Success>(
  answer: Promise<Answer>,
  read: (answer: Answer) => Success | undefined,
): Promise<Success | Failed> {
  try {
    const answered = await answer;
    return read(answered) ?? readFailure(answered);
  } catch (failure) {
    return noAnswer(failure);
  }
}

/** Once for all attempts: a repeated request must be the same to the last letter. */
function identified(
  { request_data: given, ...request }: MessageRequest,
  { newIdentifier, now }: ClientWorld,
): ConversationRequest {
  return {
    ...request,
    request_data: {
      ...given,
      request_id: given.request_id ?? newIdentifier(),
      initial_request_timestamp: given.initial_request_timestamp ?? new Date(now()).toISOString(),
    },
  };
}

