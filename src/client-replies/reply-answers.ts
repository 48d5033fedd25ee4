import * as z from 'zod/mini';
import { CHANNEL_DEFINITIONS, CHANNELS } from '../core/channel';
import { UUID_V4 } from '../router/field-formats';

const text = z.string();
const requestId = text.check(z.regex(UUID_V4));
const success = z.literal('success');

/** Characters that a reply may have on the channel that takes most; the conversation's own channel may take fewer. */
export const LONGEST_WORDS = Math.max(...CHANNELS.map((channel) => CHANNEL_DEFINITIONS[channel].freeText.limit));

/** The body of `POST /conversations/{conversation_id}/replies`. */
export const replyOrderSchema = z.strictObject({
  request_id: requestId, text: z.string().check(z.minLength(1), z.maxLength(LONGEST_WORDS)),
});

/** The body of `POST /conversations/{conversation_id}/acknowledge`. */
export const acknowledgeOrderSchema = z.strictObject({ replies: z.int().check(z.gte(0)) });

export const replyAcceptedSchema = z.object({
  status: success,
  request_id: requestId,
  /** The reply's own: it is a message with a life of its own. */
  conversation_id: text,
  in_reply_to: text,
  message: text,
  queue_timestamp: z.string().check(z.meta({ format: 'date-time' })),
  is_test: z.optional(z.literal(true)),
});

/** Who answers from now on, after `/take-over` and `/return`. */
export const ownerAnswerSchema = z.object({
  status: success,
  conversation_id: text,
  owner: z.enum(['client', 'engine']),
  message: text,
  /** The one reply that may be leaving at this moment. */
  leaving_request_id: z.nullable(text),
});

export const acknowledgedSchema = z.object({ status: success, conversation_id: text, message: text });

export type ReplyAccepted = z.infer<typeof replyAcceptedSchema>;
export type OwnerAnswer = z.infer<typeof ownerAnswerSchema>;
export type Acknowledged = z.infer<typeof acknowledgedSchema>;
