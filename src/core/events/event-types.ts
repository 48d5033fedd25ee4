/** Every event that a client's endpoint can receive. Stored words: the list only ever grows. */
export const EVENT_TYPES = [
  'message.accepted',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
  'message.expired',
  'message.suppressed',
  'message.unconfirmed',
  'message.held_for_review',
  'message.review_decided',
  'message.superseded',
  'message.cancelled',
  'reply.received',
  'conversation.answered',
  'conversation.unanswered',
  'conversation.handed_off',
  'conversation.taken_over',
  'conversation.returned',
  'conversation.closed',
  'recipient.opted_out',
  'recipient.opted_in',
  'endpoint.disabled',
  'endpoint.test',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Raised where the meaning of a field changes; additions leave it as it is. */
export const EVENT_VERSION = 1;

/** Days for which an event can be delivered, listed and sent again. Those of a record end with it at the latest. */
export const EVENT_DAYS = 30;
