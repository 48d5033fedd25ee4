import * as z from 'zod/mini';
import { CHANNELS } from '../core/channel';
import { ANSWER_TYPES } from '../core/company/expected-answer';
import { CONVERSATION_EVENTS } from '../core/lifecycle/answer-attributes';
import { DELIVERY_STATUSES, STATUSES } from '../core/lifecycle/conversation';
import { VALUE_SOURCES } from '../core/lifecycle/value-sources';

const text = z.string();
const moment = z.iso.datetime();
const count = z.number().check(z.int(), z.nonnegative());

/** The answer to `GET /conversations/{conversation_id}`; null where nothing is known yet. */
export const conversationAnswerSchema = z.object({
  status: z.literal('success'),
  conversation_id: text,
  company_id: text,
  project_id: text,
  request_id: text,
  channel_method: z.enum(CHANNELS),
  /** Its key was a test key: nothing of it was or will be sent. */
  is_test: z.boolean(),
  conversation_status: z.enum(STATUSES),
  /** True once nothing more happens to the message by itself. */
  is_final: z.boolean(),
  /** Why it waits, failed or was not delivered: a word of a closed list and plain words for it. */
  reason: z.nullable(z.object({ code: text, message: text })),
  /** What the client should do now, in plain words. */
  next_action: text,
  delivery_status: z.nullable(z.enum(DELIVERY_STATUSES)),
  /** Sends that were begun. */
  attempts: count,
  accepted_at: moment,
  updated_at: moment,
  sent_at: z.nullable(moment),
  /** The message is not sent before this moment; null where it goes as soon as it can. */
  send_at: z.nullable(moment),
  /** The message is not sent after this moment. */
  send_before: moment,
  /**
   * Where each value of the message came from; null before it is composed. Values themselves stand in the text alone.
   */
  composition: z.nullable(
    z.object({
      template_name: text,
      template_version: count,
      variables: z.array(
        z.object({
          name: text,
          source: z.enum(VALUE_SOURCES),
          /** Both only where the client asked for the text, and the variable has a value. */
          value: z.optional(text),
          /** Paths of the facts that the model cited. */
          evidence: z.optional(z.array(text)),
        }),
      ),
    }),
  ),
  /** True once every required answer is there; false where none is expected. */
  task_complete: z.boolean(),
  /** Messages that the recipient wrote. */
  replies: count,
  /** What the message asks for, in the template's order; empty where it expects nothing. */
  answers: z.array(
    z.object({
      name: text,
      type: z.enum(ANSWER_TYPES),
      required: z.boolean(),
      /** Null until the recipient has answered it; then when the answer was kept, and how often it has been given. */
      answered_at: z.nullable(moment),
      version: z.nullable(count),
      /** These only where the client asked for the text, and the answer is there: they are the recipient's words. */
      value: z.optional(
        z.union([text, z.number(), z.boolean(), z.object({ amount: z.number(), currency: text })]),
      ),
      quote: z.optional(text),
      message_id: z.optional(text),
    }),
  ),
  /** The conversation that this message reminds of; null where it is no reminder. */
  reminder_of: z.nullable(text),
  /** The way through the states, oldest first. */
  history: z.array(
    z.object({
      at: moment,
      status: z.enum(STATUSES),
      reason: z.optional(text),
      /** What happened beside the states of the message. */
      event: z.optional(z.enum(CONVERSATION_EVENTS)),
    }),
  ),
  /** Only where the client asked for the text. */
  messages: z.optional(
    z.array(z.object({ message_id: text, timestamp: moment, role: z.enum(['assistant', 'user']), content: text })),
  ),
});

export type ConversationAnswer = z.infer<typeof conversationAnswerSchema>;
