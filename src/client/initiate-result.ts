import type { components, operations } from './api-types';
import type { Accepted, Cancelled, DryRun, Failed, Found, Messages, Templates } from './attempt';

type Schemas = components['schemas'];

/** A request in the words of the API. What identifies it may be left out: then it is made, once for all attempts. */
export type MessageRequest = Omit<Schemas['ConversationRequest'], 'request_data'> & {
  readonly request_data: Pick<Schemas['ConversationRequest']['request_data'], 'channel_method'> &
    Partial<Schemas['ConversationRequest']['request_data']>;
};

/** Times that the request was sent. */
export interface Counted {
  readonly attempts: number;
}

/** What became of a request for a message. Keep `requestId` where it may have to be sent again. */
export type InitiateResult = (Accepted | Failed) & Counted & { readonly requestId: string };

/** What became of a question after a conversation. */
export type ReadResult = (Found | Failed) & Counted;

/** What would become of a request for a message. */
export type DryRunResult = (DryRun | Failed) & Counted & { readonly requestId: string };

/** What a question after templates found. */
export type TemplatesResult = (Templates | Failed) & Counted;

/** Which messages are listed; every part that is given must fit. */
export interface MessagesFilter {
  readonly projectId?: string;
  /** `open`: not ended. `waiting`: for a person. `failed`: ended by a fault, expired, unconfirmed or not delivered. */
  readonly state?: NonNullable<NonNullable<operations['listMessages']['parameters']['query']>['state']>;
  /** Accepted at this moment or later: ISO 8601 with its offset. */
  readonly since?: string;
  /** `nextCursor` of the page before, which was asked for with the same other parts. */
  readonly cursor?: string;
}

/** A page of messages. */
export type MessagesResult = (Messages | Failed) & Counted;

/** What became of a cancellation. */
export type CancelResult = (Cancelled | Failed) & Counted;
