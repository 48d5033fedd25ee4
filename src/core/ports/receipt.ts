import type { Channel } from '../channel';
import type { ConversationKey, DeliveryStatus } from '../lifecycle/conversation';
import type { FailureReason } from '../lifecycle/failure';

/** What a vendor tells about one attempt, in our words; `attemptId` proves that this very attempt went. */
export interface Receipt {
  readonly conversationId: string;
  readonly attemptId: string;
  /** Absent where the vendor's event does not name it. */
  readonly vendorMessageId?: string;
  readonly status: DeliveryStatus;
  /** Why a message was not delivered; `detail` is the vendor's code. */
  readonly failure?: { readonly reason: FailureReason; readonly detail: string };
  /** The recipient has told the vendor that this sender shall not write; identifies the vendor's event. */
  readonly optOutEvent?: string;
}

/** A message that a person wrote to one of the company's senders. */
export interface InboundMessage {
  /** The person's number (E.164). */
  readonly from: string;
  /** The company's number (E.164). */
  readonly to: string;
  readonly text: string;
  /** Pictures and files, which stay with the vendor. */
  readonly attachments: number;
  /** The vendor's identifier: the same message may be told twice. */
  readonly vendorMessageId: string;
  /** What the vendor itself took the message for, in whatever language. */
  readonly wish?: OptOutWish;
}

export type OptOutWish = 'stop' | 'start';

/** A webhook as it came in. */
export interface WebhookCall {
  /**
   * The public URLs, query included, one of which the vendor called and signed. They differ in the spelling of the
   * query alone, which API Gateway hands over decoded and without its order.
   */
  readonly urls: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body, unchanged. */
  readonly body: string;
}

/** `unconfigured`: the company's secret lacks the field that the check needs. */
export type Authenticity =
  { readonly verdict: 'genuine' | 'forged' } | { readonly verdict: 'unconfigured'; readonly field: string };

/** The port to one vendor's webhook: who may have sent it, and what it tells. */
export interface VendorWebhook<Told> {
  /** `now`: milliseconds since 1970. */
  check(call: WebhookCall, credentials: Readonly<Record<string, string>>, now: number): Authenticity;
  /** Undefined for a body that this vendor does not write. */
  read(call: WebhookCall): Told | undefined;
}

/** What a channel of a company record says about who sends and which secret it shares with the vendor. */
export interface ChannelAccess {
  readonly channel: Channel;
  readonly sender: string;
  readonly credentialsId: string;
}

/** The port to the conversations of a recipient. */
export interface RecipientConversations {
  /** The newest conversation between a recipient and one of a company's senders, as identifiers spell it. */
  newest(query: {
    readonly recipient: string;
    readonly sender: string;
    readonly company: string;
  }): Promise<ConversationKey | undefined>;
}
