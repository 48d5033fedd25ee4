import type { components } from './api-types';
import type { Attempt } from './attempt';

type Schemas = components['schemas'];

/** A request in the words of the API. What identifies it may be left out: then it is made, once for all attempts. */
export type MessageRequest = Omit<Schemas['ConversationRequest'], 'request_data'> & {
  readonly request_data: Pick<Schemas['ConversationRequest']['request_data'], 'channel_method'> & Partial<Schemas['ConversationRequest']['request_data']>;
};

/** What became of a request, and how it can be found again. */
export type InitiateResult = Attempt & {
  /** Keep it where the request may have to be sent again. */
  readonly requestId: string;
  /** Times that the request was sent. */
  readonly attempts: number;
};
