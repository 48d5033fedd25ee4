import type { DeliveryStatus } from './conversation';
import type { FailureReason } from './failure';

/** What a vendor tells about one attempt, in our words; `attemptId` proves that this very attempt went. */
export interface Receipt {
  readonly conversationId: string;
  readonly attemptId: string;
  /** Absent where the vendor's event does not name it. */
  readonly vendorMessageId?: string;
  readonly status: DeliveryStatus;
  /** Why a message was not delivered; `detail` is the vendor's code. */
  readonly failure?: { readonly reason: FailureReason; readonly detail: string };
}

/** A message that a person wrote to one of the company's senders. */
export interface InboundMessage {
  /** The person's number or address. */
  readonly from: string;
  /** The company's number or address. */
  readonly to: string;
  readonly text: string;
  /** The vendor's identifier: the same message may be told twice. */
  readonly vendorMessageId: string;
}

/** A webhook as it came in. */
export interface WebhookCall {
  /** The exact public URL that the vendor called, query included: signatures cover it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body, unchanged. */
  readonly body: string;
}
