import type { ExpectedAnswer, KeptAnswers } from '../company/expected-answer';

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

/** The part of a conversation record that says what was asked and what the recipient answered. */
export interface AnswerAttributes {
  /** What the message asks for: the template's list as the request narrowed it. Absent where nothing is expected. */
  readonly expected_answers?: readonly ExpectedAnswer[];
  readonly answers?: KeptAnswers;
  /** Counts the writes of `answers`, so that two turns cannot overwrite each other's. */
  readonly answers_version?: number;
}
