import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { WantedAnswer } from '../company/expected-answer';
import type { TestPlay } from '../lifecycle/client-wishes';
import type { Timestamp } from '../ports/clock';

/** Bytes that the decoded body of a request may have. */
export const BODY_LIMIT = 100 * 1024;

/** Objects and lists inside one another, the body itself included; a DynamoDB item holds no more. */
export const DEPTH_LIMIT = 32;

/** Fields and elements that a body may hold, at all depths together. */
export const VALUES_LIMIT = 2_000;

/** Characters of one text in the facts. */
export const FACT_TEXT_LIMIT = 32_768;

/** Characters of a field's name in the facts. */
export const FACT_NAME_LIMIT = 500;

/** Days from now at which a message may be sent at the latest, and for which it may then be of use. */
export const LONGEST_SCHEDULE_DAYS = 30;

/** Seconds for which a message must be of use: composing and sending take some of them. */
export const SHORTEST_USE_SECONDS = 60;

/** Characters of the reply that a test plays. */
export const TEST_REPLY_LIMIT = 1_000;

/** A request that passed every check of shape, in the words of the API (`POST /initiate-conversation`). */
export interface ConversationRequest {
  readonly company_data: { readonly company_id: string; readonly project_id: string };
  readonly recipient_data: {
    /** A template that needs a name says so (`needs`). */
    readonly recipient_first_name?: string;
    readonly recipient_last_name?: string;
    /** E.164; present for channels that reach a telephone number. */
    readonly recipient_tel?: string;
    /** Present for channels that reach an e-mail address. */
    readonly recipient_email?: string;
    readonly comms_consent: boolean;
  };
  /** The facts that the message is about; `{}` where the client sent none. */
  readonly project_data: Readonly<Record<string, unknown>>;
  readonly request_data: {
    /** UUID v4, lower case. */
    readonly request_id: string;
    readonly channel_method: Channel;
    /** ISO 8601 as the client wrote it. */
    readonly initial_request_timestamp: Timestamp;
    /** Narrows what the template expects; absent: all of it. */
    readonly expected_answers?: WantedAnswer[];
    /** ISO 8601 with an offset as the client wrote it: nothing leaves before it. */
    readonly send_at?: Timestamp;
    /** The same: nothing leaves after it. Absent: the template's own validity, from `send_at` or acceptance. */
    readonly send_before?: Timestamp;
    /** What a test plays; of a test key alone. */
    readonly test?: TestPlay;
  };
}

/** The address on the request's channel: a phone number or an e-mail address. */
export function recipientAddress(request: ConversationRequest): string {
  return request.recipient_data[CHANNEL_DEFINITIONS[request.request_data.channel_method].address.requestField] ?? '';
}

/**
 * Whether a record keeps a number as it is: a double holds whole numbers up to this exactly, and DynamoDB nothing that
 * is nearer to zero than this.
 */
export const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER;
export const SMALLEST_NUMBER = 1e-130;
