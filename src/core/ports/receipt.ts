import type { Channel } from '../channel';
import type { ConversationKey, DeliveryStatus } from '../lifecycle/conversation';
import type { FailureReason } from '../lifecycle/failure';

/** What a vendor reports about one attempt, in our words; `attemptId` proves that this very attempt went. */
export interface Receipt {
  readonly conversationId: string;
  readonly attemptId: string;
  /** Absent where the vendor's event does not name it. */
  readonly vendorMessageId?: string;
  readonly status: DeliveryStatus;
  /** Why a message was not delivered; `detail` is the vendor's code. */
  readonly failure?: { readonly reason: FailureReason; readonly detail: string };
  /** The recipient has informed the vendor that this sender may not write; identifies the vendor's event. */
  readonly optOutEvent?: string;
  /** Another name of the recipient, such as the identifier by which WhatsApp knows them to this business. */
  readonly recipientAlias?: string;
  /** The number or address that the vendor sent it from: a service chooses one of its own. */
  readonly sentFrom?: string;
}

/** A report that names only its recipient, such as a mail that came back long after it was taken. */
export type UnnamedReceipt = Pick<Receipt, 'status' | 'failure'> & { readonly recipient: string };

/** A message that a person wrote to one of the company's senders. */
export interface InboundMessage {
  /** The person's number (E.164), or whatever else the vendor knows them by. */
  readonly from: string;
  /** Another name of the person that the vendor gives beside it. */
  readonly alsoKnownAs?: string;
  /** The company's number (E.164). */
  readonly to: string;
  /** The vendor's service that the number belongs to, by which the company may have sent. */
  readonly service?: string;
  readonly text: string;
  /** The button that the person pressed instead of writing: what the template gave it, and its label. */
  readonly button?: { readonly payload: string; readonly text: string };
  /** Pictures and files, which stay with the vendor; those of a mail are not kept anywhere. */
  readonly attachments: number;
  /** The vendor's identifier: the same message may be reported twice. */
  readonly vendorMessageId: string;
  /** The vendor's identifier of the message that the person quoted or replied to. */
  readonly quotes?: string;
  /** A sign for another message instead of words. */
  readonly isReaction?: boolean;
  /** What the vendor itself took the message for, in whatever language. */
  readonly command?: OptOutCommand;
  /** What only a mail has. */
  readonly mail?: InboundMail;
}

export interface InboundMail {
  /** The token of the reply address that it was sent to; absent if it was sent to another address of the domain. */
  readonly token?: string;
  /** A program wrote it, such as an absence notice. */
  readonly isAutomatic: boolean;
  /** Its words were longer than what is kept of them. */
  readonly isCut: boolean;
}

/** A mail as it came in, and the two ends of its last way: what was said at the door, not what the mail says. */
export interface RawMail {
  /** The MIME message in its sender's bytes. */
  readonly content: Buffer;
  readonly recipients: readonly string[];
  /** Where mail systems return it to; empty if nowhere, absent if it was not said. */
  readonly returnPath?: string;
}

/** The port to what a mail says; undefined if it names no sender. */
export type ReadMail = (mail: RawMail) => Promise<InboundMessage | undefined>;

/** Why no engine ever answers a message. */
export type NeverAnswered =
  /** A program wrote it. */
  | 'automatic'
  /** It came from another address than the recipient's. */
  | 'other_sender'
  /** It came to no address that one of the company's messages has given out. */
  | 'unproved_address';

export type OptOutCommand = 'stop' | 'start';

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
  /** The raw body as UTF-8. */
  readonly body: string;
  /** The raw body, where it may hold what is not UTF-8. */
  readonly bytes?: Buffer;
}

/** `unconfigured`: the company's secret lacks the field that the check needs. */
export type Authenticity =
  { readonly verdict: 'genuine' | 'forged' } | { readonly verdict: 'unconfigured'; readonly field: string };

/** Whose call it is, by its own words: a conversation's company, or a project's. */
export type WebhookClaim =
  | { readonly conversationId: string }
  | { readonly companyId: string; readonly projectId: string; readonly channel: string };

/** What a webhook reports. */
export type WebhookContent =
  /** `ignored`: reports that name no attempt of ours, or of an unknown kind. */
  | {
    readonly kind: 'receipts';
    readonly receipts: readonly Receipt[];
    readonly unnamed?: readonly UnnamedReceipt[];
    readonly ignored: number;
  }
  | { readonly kind: 'inbound'; readonly message: InboundMessage }
  | { readonly kind: 'mail'; readonly mail: RawMail };

/** What a vendor is answered. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One webhook of a vendor: who may have called it, and what it reports. */
export interface VendorWebhook {
  /** Behind the API's base URL, and the same as the route's. */
  readonly path: string;
  /** Bytes of a body at most, generously: a larger one is none of this vendor's, and nobody reads it. */
  readonly largestBody: number;
  readonly claim: (query: WebhookCall['query']) => WebhookClaim;
  /** `now`: milliseconds since 1970. */
  readonly check: (call: WebhookCall, credentials: Readonly<Record<string, string>>, now: number) => Authenticity;
  /** Undefined for a body that this vendor does not write. */
  readonly read: (call: WebhookCall) => WebhookContent | undefined | Promise<WebhookContent | undefined>;
  /** Present if it is called when people write mails: far less often than the webhooks that report receipts. */
  readonly isRare?: true;
  /** What a genuine call is answered that could not be read; absent: what one is whose content was taken. */
  readonly unread?: WebhookAnswer;
  /**
   * Present if the vendor gives up what is refused: a call that nobody can check, since the company's secret lacks what
   * proves it, is answered so that it is repeated until the secret is right.
   */
  readonly isLostIfRefused?: true;
  /** What a call is answered whose content was taken. */
  readonly taken: WebhookAnswer;
  /** The same with words for the writer, which the vendor sends at once; absent where it cannot. */
  readonly takenWith?: (words: string) => WebhookAnswer;
  readonly document: WebhookDocument;
}

/** A webhook and the channels that it can be about. */
export interface ServedWebhook {
  readonly webhook: VendorWebhook;
  readonly channels: readonly Channel[];
}

/** What the API's document says of a webhook. */
export interface WebhookDocument {
  readonly operationId: string;
  readonly summary: string;
  /** Names of the parameters of the query. */
  readonly query: readonly string[];
  /** Header → what it holds. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of a form, or a JSON array of objects. */
  readonly body: { readonly form: readonly string[] } | { readonly multipart: readonly string[] } | 'array';
}

/** What a channel of a company record says about who sends and which secret it shares with the vendor. */
export interface ChannelAccess {
  readonly channel: Channel;
  readonly sender: string;
  readonly credentialsId: string;
  /** BCP 47: the language of the channel's template; absent where the record does not say. */
  readonly language?: string;
  /** The domain that replies to its messages go to. */
  readonly inboundDomain?: string;
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
