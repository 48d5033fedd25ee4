import type { FailureReason } from '../lifecycle/failure';
import type { FilledMessage } from '../company/template';

/** One send of one attempt. */
export interface OutgoingMessage {
  readonly message: FilledMessage;
  /** What the company sends as: a number (E.164), a service or a name of the vendor's, or an e-mail address. */
  readonly sender: string;
  /** The recipient's number (E.164) or e-mail address. */
  readonly recipient: string;
  /** The channel's secret: its fields are the vendor adapter's business. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Both come back in the vendor's receipts, which proves that this very attempt went. */
  readonly conversationId: string;
  readonly attemptId: string;
  /** Absolute URL of the engine's endpoint for this vendor's receipts; absent: none are asked for. */
  readonly receiptUrl?: string;
  /** Where replies go, if not to the sender. */
  readonly replyTo?: string;
  /** The link that opts the recipient out by one POST (RFC 8058). */
  readonly unsubscribeUrl?: string;
  /** The identifier of the mail that it answers, as its sender's program wrote it. */
  readonly inReplyTo?: string;
  /** It answers the recipient and no person wrote it: other programs must not answer it (RFC 3834). */
  readonly isAutomaticReply?: boolean;
  /** Seconds after which the vendor should drop a message that it still queues. */
  readonly validForSeconds: number;
}

/** When a message that was certainly not sent may be tried again. */
export const RETRY_RULES = ['never', 'soon', 'next_day', 'after_configuration'] as const;
export type RetryRule = (typeof RETRY_RULES)[number];

/**
 * What is known of a send. `refused`: the vendor said no, nothing was sent. `not_sent`: it never left us, or the vendor
 * turned it away unread (429). `unknown`: it may have been sent; the engine does not send again before the vendor
 * proves that it
 * was not.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly vendorMessageId: string }
  | {
    readonly outcome: 'refused';
    readonly reason: FailureReason;
    readonly retry: RetryRule;
    readonly vendorCode: string;
    readonly retryAfterSeconds?: number;
  }
  | { readonly outcome: 'not_sent'; readonly detail: string; readonly retryAfterSeconds?: number }
  | { readonly outcome: 'unknown'; readonly detail: string };

/** The port to the vendor of one channel. */
export interface Provider {
  send(message: OutgoingMessage): Promise<SendOutcome>;
}
