import type { Channel, VendorName } from '../channel';
import type { FailureReason } from '../lifecycle/failure';
import type { ListedMedia, MediaQuery, OpenedMedium } from './media';
import type { LookupQuery, LookupResult } from './message-lookup';
import type { OutgoingMessage, RetryRule, SendOutcome } from './provider';
import type { VendorWebhook } from './receipt';

/** How to reach a vendor; injected, so that tests and the embedded cloud lead elsewhere. */
export interface VendorConnection {
  /** Scheme and host, for example `https://api.twilio.com`. */
  readonly baseUrl: string;
  /** Milliseconds for the whole call, reading the answer included. */
  readonly timeoutMilliseconds: number;
  readonly fetch: typeof fetch;
}

/**
 * What a vendor's code means for a message that was certainly not delivered, then for the operator: what happened, and
 * what to do next.
 */
export type VendorCode = readonly [reason: FailureReason, retry: RetryRule, cause: string, action: string];

/** What an operator is told of a vendor's code. */
export interface CodeMeaning {
  readonly cause: string;
  readonly action: string;
}

/** A field of a company's secret; `fault` says what is wrong with a value without repeating it. */
export interface CredentialField {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly fault: (value: string) => string | undefined;
}

/** Whose webhook is entered at the vendor: one channel of a project. */
export interface WebhookRegistration {
  readonly companyId: string;
  readonly projectId: string;
  readonly channel: Channel;
}

/** One vendor: everything that the engine knows of it. */
export interface VendorAdapter {
  /** Part of the names of its secrets and of the variable that holds its base URL. */
  readonly name: VendorName;
  /** Scheme and host of its API. */
  readonly apiUrl: string;
  /** One HTTP request, no retry inside. Answers every failure as an outcome and throws only for bugs. */
  readonly send: (outgoing: OutgoingMessage, connection: VendorConnection) => Promise<SendOutcome>;
  /**
   * Reads the vendor's own list of messages, which outlives a lost answer; absent where the vendor offers none that
   * every account may read.
   */
  readonly findMessages?: (query: LookupQuery, connection: VendorConnection) => Promise<LookupResult>;
  /** What recipients sent beside words; absent where the vendor keeps none of it. */
  readonly media?: {
    readonly list: (query: MediaQuery, connection: VendorConnection) => Promise<ListedMedia>;
    readonly open: (
      query: MediaQuery & { readonly id: string }, connection: VendorConnection,
    ) => Promise<OpenedMedium>;
  };
  readonly webhooks: readonly VendorWebhook[];
  /** Path of the webhook that receives what became of a message that was sent. */
  readonly receiptPath: string;
  /** The URL that an operator enters at the vendor for a project's channel, exactly as it stands here. */
  readonly urlToEnter: (baseUrl: string, owner: WebhookRegistration) => string;
  /** Milliseconds from the claim of a send until the vendor has reported all that it will ever report of it. */
  readonly settleAfter: number;
  readonly credentialFields: readonly CredentialField[];
  /** Fields of a template that only this vendor reads, such as its own identifier of the template. */
  readonly templateFields: readonly string[];
  /** What the vendor's own code means; undefined for what is none. */
  readonly meaningOf: (code: string) => CodeMeaning | undefined;
}

/** The environment variable that holds a vendor's base URL. */
export function vendorUrlVariable(name: VendorName): string {
  return `${name.toUpperCase()}_API_URL`;
}
