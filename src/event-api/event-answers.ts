import * as z from 'zod/mini';

const text = z.string();
const moment = z.iso.datetime();
const success = z.literal('success');
const include = z.array(z.literal('text'));

/** Projects that one endpoint can name; `*` stands for all. */
export const MOST_PROJECTS = 50;

/** The body of `POST /event-endpoints`. */
export const newEndpointSchema = z.strictObject({
  url: z.string().check(z.maxLength(2048)),
  project_ids: z.optional(
    z.array(z.string().check(z.minLength(1), z.maxLength(600))).check(z.minLength(1), z.maxLength(MOST_PROJECTS)),
  ),
  include: z.optional(z.array(z.literal('text')).check(z.maxLength(1))),
});

/** The body of `POST /events/{event_id}/replay`, which may be left out. */
export const replayOrderSchema = z.strictObject({ endpoint_id: z.optional(text) });

/** An endpoint as its owner sees it: never its secrets. */
export const endpointSchema = z.object({
  endpoint_id: text,
  url: text,
  project_ids: z.array(text),
  include,
  created_at: moment,
  condition: z.enum(['working', 'paused', 'disabled']),
  failures: z.number().check(z.int(), z.nonnegative()),
  failing_since: z.nullable(moment),
  next_attempt_at: z.nullable(moment),
  last_success_at: z.nullable(moment),
  disabled_at: z.nullable(moment),
  disabled_reason: z.nullable(z.enum(['gone', 'failed_for_days'])),
  held_events: z.number().check(z.int(), z.nonnegative()),
  held_next_attempt_at: z.nullable(moment),
  secrets: z.array(z.object({ created_at: moment, expires_at: z.nullable(moment) })),
  recent_deliveries: z.array(
    z.object({
      at: moment,
      event_id: text,
      type: text,
      outcome: z.enum(['taken', 'failed']),
      answer: text,
      cause: z.enum(['event', 'test', 'replay']),
    }),
  ),
});

export const endpointAddedSchema = z.object({ status: success, endpoint: endpointSchema, secret: text });
export const endpointsSchema = z.object({ status: success, company_id: text, endpoints: z.array(endpointSchema) });
export const endpointRemovedSchema = z.object({ status: success, endpoint_id: text });
export const secretRotatedSchema = z.object({
  status: success, endpoint_id: text, secret: text, previous_secret_valid_until: moment,
});
export const endpointTestedSchema = z.object({ status: success, endpoint_id: text, event_id: text });
export const eventReplayedSchema = z.object({ status: success, event_id: text, endpoint_ids: z.array(text) });

/** Each event is of one of EVENT_SCHEMAS. */
export const eventsSchema = z.object({
  status: success,
  company_id: text,
  events: z.array(z.record(text, z.unknown())),
  next: text,
  has_more: z.boolean(),
});

export type ShownEndpoint = z.infer<typeof endpointSchema>;
export type EndpointAdded = z.infer<typeof endpointAddedSchema>;
export type EndpointsListed = z.infer<typeof endpointsSchema>;
export type EndpointRemoved = z.infer<typeof endpointRemovedSchema>;
export type SecretRotated = z.infer<typeof secretRotatedSchema>;
export type EndpointTested = z.infer<typeof endpointTestedSchema>;
export type EventReplayed = z.infer<typeof eventReplayedSchema>;
export type EventsListed = z.infer<typeof eventsSchema>;
