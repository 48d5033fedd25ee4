import type { Channel } from '../channel';
import type { Timestamp } from '../ports/clock';
import type { TokenUsage } from '../ports/language-model';
import type { FilledMessage } from '../company/template';
import type { AnswerAttributes, ConversationEvent } from './answer-attributes';
import type { ClientWishes } from './client-wishes';
import type { FailureReason } from './failure';

/** Every state of a message; the four `failed_…` words are the ones that clients of the contract know. */
export const STATUSES = [
  'initiated',
  'awaiting_review',
  'processing',
  'composed',
  'sending',
  'send_unknown',
  'send_unconfirmed',
  'initial_message_sent',
  'suppressed',
  'expired',
  'rejected',
  'cancelled',
  'superseded',
  'failed_secrets_fetch',
  'failed_to_process_ai',
  'failed_to_send_message',
  'failed_unknown',
] as const;

export type ConversationStatus = (typeof STATUSES)[number];

/** States that a message never leaves by itself. A late receipt still proves an unconfirmed one as sent. */
export const TERMINAL_STATUSES = [
  'send_unconfirmed',
  'initial_message_sent',
  'suppressed',
  'expired',
  'rejected',
  'cancelled',
  'superseded',
  'failed_secrets_fetch',
  'failed_to_process_ai',
  'failed_to_send_message',
  'failed_unknown',
] as const satisfies readonly ConversationStatus[];

export type FailedStatus = Extract<ConversationStatus, `failed_${string}`>;

/** What the vendor says became of a message that it accepted, in rising rank. */
export const DELIVERY_STATUSES = ['accepted', 'sent', 'undelivered', 'delivered', 'read'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Where a record lies: the recipient's address and the conversation's identifier. */
export interface ConversationKey {
  readonly primary_channel: string;
  readonly conversation_id: string;
}

export interface ConversationMessage {
  readonly message_id: string;
  readonly timestamp: Timestamp;
  readonly role: 'assistant' | 'user';
  readonly content: string;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** One step of the way through the states. */
export interface HistoryEntry {
  readonly at: Timestamp;
  readonly status: ConversationStatus;
  readonly reason?: FailureReason;
  /** The person who took this step, where a person did. */
  readonly by?: string;
  /** What happened, where the state stayed as it was. */
  readonly event?: ConversationEvent;
  /** What the vendor reported; on entries that a receipt made. */
  readonly delivery?: DeliveryStatus;
}

/** What a person decided about a message that waited for one. */
export interface ReviewDecision {
  readonly decision: 'approved' | 'rejected';
  /** Name of the person, as the operator gave it. */
  readonly reviewer: string;
  readonly at: Timestamp;
  /** Why the message had been held. */
  readonly held_for: FailureReason;
  /** Variables whose values the person wrote; absent where none. */
  readonly edited?: readonly string[];
  /** Those values, where the message is still to be composed around them. */
  readonly values?: Readonly<Record<string, string>>;
  /** Why it was rejected, in the person's words. */
  readonly note?: string;
}

/** A person's word that replies need no one any more. */
export interface RepliesDealtWith {
  readonly at: Timestamp;
  /** Name of the person, as the operator gave it. */
  readonly by: string;
  /** Replies that the conversation had by then. */
  readonly replies: number;
}

/** What one message costs, in the currency of its project's budget. */
export interface MessagePrices {
  /** ISO 4217. */
  readonly currency: string;
  readonly tokens_in_per_1000: number;
  readonly tokens_out_per_1000: number;
  /** A send; by sms a segment of one. */
  readonly send: number;
  /** What was reserved for one call of the model, in millionths; absent in older records. */
  readonly call?: number;
  /** Parts of a message that were reserved for one send: by sms its segments; absent in older records. */
  readonly parts?: number;
}

/** What the answered calls of the model came to. */
export interface ModelAnswers {
  readonly calls: number;
  readonly tokens_in: number;
  readonly tokens_out: number;
}

/** A fact that a model cited for a value: its dotted path, and the words quoted from it. */
export interface Citation {
  readonly path: string;
  readonly quote: string;
}

/** The words as they were proved, written before the send and never changed by a redelivery. */
export interface CompositionSnapshot {
  readonly filled: FilledMessage;
  readonly values: Readonly<Record<string, string>>;
  readonly template_name: string;
  readonly template_version: number;
  /** Absent where every variable was copied and no model was asked. */
  readonly model?: string;
  /** First 16 hex digits of the SHA-256 of the instructions. */
  readonly instructions_version: string;
  /** Name and version of the engine's own texts for the model: `fill@3`. Absent in older records. */
  readonly prompt?: string;
  /** SHA-256 of the facts as they were given to the model. */
  readonly facts_hash: string;
  /** By variable: where its value came from. */
  readonly verdicts: Readonly<Record<string, 'copied' | 'proved' | 'repaired' | 'fallback'>>;
  /** By variable that the model wrote: the facts that it cited, each found at its path. Absent where it cited none. */
  readonly evidence?: Readonly<Record<string, readonly Citation[]>>;
  /** The engine's texts and the model by which values were read once more; absent where none were. */
  readonly second_reader?: { readonly prompt: string; readonly model: string };
  readonly usage: TokenUsage;
  /** Variables that the model was not asked for, because another one's fact is missing. */
  readonly unwritten?: readonly string[];
  /** The template allowed a second send once the vendor's own list shows that the first did not go. */
  readonly resend_on_unknown?: true;
}

/** The conversation record (table conversations). */
export interface Conversation extends ConversationKey, AnswerAttributes, ClientWishes {
  readonly company_id: string;
  readonly project_id: string;
  readonly company_name: string;
  readonly project_name: string;
  /** `<company_id>#<project_id>`, for the index by project. */
  readonly company_project: string;
  readonly channel_method: Channel;
  readonly request_id: string;
  readonly initial_request_timestamp: Timestamp;
  readonly recipient_first_name?: string;
  readonly recipient_last_name?: string;
  readonly recipient_tel?: string;
  readonly recipient_email?: string;
  readonly comms_consent: boolean;
  readonly project_data: Readonly<Record<string, unknown>>;
  readonly conversation_status: ConversationStatus;
  readonly messages: readonly ConversationMessage[];
  readonly history: readonly HistoryEntry[];
  readonly task_complete: 0 | 1;
  readonly hand_off_to_human: boolean;
  readonly hand_off_to_human_reason?: string;
  readonly initial_processing_time_ms?: number;
  readonly router_version: string;
  readonly processor_version?: string;
  readonly created_at: Timestamp;
  readonly updated_at: Timestamp;
  /** The message is of no use after this moment. */
  readonly send_before: Timestamp;
  /** Seconds since 1970; DynamoDB removes the record some time after it. */
  readonly time_to_live: number;

  /** The change that wrote the record last, so that our own write, applied but unanswered, is not another's. */
  readonly last_change: string;
  /** Sparse index of what may need the reconciler or a person; absent once a message is terminal. */
  readonly attention?: string;
  readonly due_at?: Timestamp;

  /** The worker that holds the record while `processing`, and until when. */
  readonly lease_owner?: string;
  readonly lease_until?: Timestamp;

  /** No worker takes the message up before this moment: a model, a vendor or a missing setting made it wait. */
  readonly retry_at?: Timestamp;
  /** Waits since the last progress; the backoff grows with it, and it is bounded. */
  readonly wait_count?: number;

  readonly composition?: CompositionSnapshot;
  /** The last decision, where the message waited for a person; the history keeps them all. */
  readonly review?: ReviewDecision;

  /**
   * How the project's usage counts the conversation as open; absent where open ones are not counted. It is released
   * when the message is terminal.
   */
  readonly usage_entry?: string;
  /** What its cost is reckoned by, as the company's budget said when the request was accepted. */
  readonly usage_prices?: MessagePrices;

  /** Calls of the model that were counted and not given back; absent before the first lease. */
  readonly model_calls?: number;
  /** Of those that were answered, what they came to; absent where no budget asks. */
  readonly model_answers?: ModelAnswers;

  /** Sends that were claimed and not given back. */
  readonly attempt_count: number;
  readonly attempt_id?: string;
  /** Every attempt that was ever claimed: a late receipt of an older one still proves that it went. */
  readonly attempt_ids?: readonly string[];
  /** No byte of this attempt leaves after this moment. */
  readonly send_deadline?: Timestamp;
  readonly vendor_message_id?: string;
  readonly sent_at?: Timestamp;
  readonly delivery_status?: DeliveryStatus;

  /** The vendor's identifiers of what the recipient wrote: what is reported twice stands once among `messages`. */
  readonly inbound_ids?: readonly string[];
  /** Sparse index of replies that wait for a person; absent once one has dealt with them. */
  readonly reply_attention?: string;
  readonly reply_since?: Timestamp;
  /** Oldest first. */
  readonly replies_dealt_with?: readonly RepliesDealtWith[];

  readonly failure_reason?: FailureReason;
  /** Vendor's code or names of fields and secrets; no personal data. */
  readonly failure_detail?: string;
}
