import * as z from 'zod/mini';
import type { EventType } from '../core/events/event-types';

const text = z.string();
const moment = z.iso.datetime();

/** What every event has beside its type and its data. */
const COMMON = {
  id: z.uuid(),
  version: z.number().check(z.int()),
  timestamp: moment,
  company_id: text,
  project_id: z.nullable(text),
  sequence: z.number().check(z.int(), z.nonnegative()),
};

const ABOUT = { conversation_id: text, request_id: text };

function eventOf<const Types extends readonly EventType[], Data extends z.core.$ZodType>(types: Types, data: Data) {
  return z.object({ type: z.enum(types), ...COMMON, data });
}

const answer = z.object({ value: z.unknown(), quote: z.nullable(text), at: z.nullable(text) });

/** What is answered, and by what: the card, the facts and the model are null where a person wrote the words. */
const answeringMessage = z.object({
  in_reply_to: text,
  written_by: z.enum(['engine', 'person', 'client']),
  card_id: z.nullable(text),
  card_version: z.nullable(z.number()),
  facts_hash: z.nullable(text),
  model: z.nullable(text),
});

/** Events as they are delivered and listed, by what they are about: the type of `data` follows from it. */
export const EVENT_SCHEMAS = {
  MessageEvent: eventOf(
    [
      'message.accepted', 'message.sent', 'message.delivered', 'message.read', 'message.failed', 'message.expired',
      'message.suppressed', 'message.unconfirmed', 'message.held_for_review', 'message.review_decided',
      'message.superseded', 'message.cancelled',
    ],
    z.object({
      ...ABOUT,
      channel_method: text,
      thread_id: text,
      state: text,
      delivery_status: z.nullable(text),
      reason: z.nullable(z.object({ code: text, message: text, next_action: text })),
      /** Of a message that answers its recipient. */
      reply: z.optional(answeringMessage),
    }),
  ),
  ReplyEvent: eventOf(
    ['reply.received'],
    z.object({ ...ABOUT, thread_id: text, message_id: text, text: z.optional(z.nullable(text)) }),
  ),
  AnswerEvent: eventOf(
    ['conversation.answered', 'conversation.unanswered'],
    z.object({ ...ABOUT, channel_method: text, thread_id: text, answers: z.nullable(z.record(text, answer)) }),
  ),
  ThreadEvent: eventOf(
    ['conversation.handed_off', 'conversation.taken_over', 'conversation.returned', 'conversation.closed'],
    z.object({
      conversation_id: z.nullable(text),
      request_id: z.nullable(text),
      channel_method: z.nullable(text),
      thread_id: text,
      reason: z.nullable(text),
    }),
  ),
  OptOutEvent: eventOf(
    ['recipient.opted_out', 'recipient.opted_in'],
    z.object({ ...ABOUT, sender: text, source: z.nullable(text) }),
  ),
  EndpointEvent: eventOf(
    ['endpoint.disabled', 'endpoint.test'],
    z.object({ endpoint_id: text, reason: z.optional(text), taken_until: z.optional(text) }),
  ),
} as const;

/** An event as a client reads it. */
export type ShownEvent = z.infer<(typeof EVENT_SCHEMAS)[keyof typeof EVENT_SCHEMAS]>;
