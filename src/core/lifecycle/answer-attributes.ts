import type { ExpectedAnswer, KeptAnswers } from '../company/expected-answer';
import type { Timestamp } from '../ports/clock';
import type { ReplyOrigin } from './reply-origin';

/** What happens to a conversation beside the states of its message. */
export const CONVERSATION_EVENTS = [
  /** Every required answer is there; written again where a later reply corrects one. */
  'answered',
  /** One message reminds the recipient of the question. */
  'reminded',
  /** No required answer came in time. */
  'unanswered',
] as const;
export type ConversationEvent = (typeof CONVERSATION_EVENTS)[number];

/** When a recipient who gives no answer is reminded, and when the client is told that none came. */
export interface FollowUp {
  /** After sending. */
  readonly remind_after_minutes: number;
  /** After the reminder. */
  readonly unanswered_after_minutes: number;
}

/** The part of a conversation record that says what was asked, what the recipient answered, and what answers them. */
export interface AnswerAttributes {
  /** What the message asks for: the template's list as the request narrowed it. Absent where nothing is expected. */
  readonly expected_answers?: readonly ExpectedAnswer[];
  readonly answers?: KeptAnswers;
  /** Counts the writes of `answers`, so that two turns cannot overwrite each other's. */
  readonly answers_version?: number;

  /** As the project said when the request was accepted; absent: nobody is reminded. */
  readonly follow_up?: FollowUp;
  /** The conversation that reminds the recipient of this one, and when it was made. */
  readonly reminder_id?: string;
  readonly reminder_at?: Timestamp;
  /** When the reminder was last let go: no reply had come. */
  readonly reminded_at?: Timestamp;
  /** On a reminder: the conversation that it reminds of. */
  readonly reminder_of?: string;
  /** Present if the message answers its recipient. */
  readonly reply?: ReplyOrigin;
}
