import * as z from 'zod/mini';
import { REFUSAL_CODES } from '../core/contract/refusal';
import { UUID_V4 } from './field-formats';

/** Characters of a faulty `request_id` that are repeated to the client. */
export const ECHO_LIMIT = 100;

const faultSchema = z.object({ path: z.string(), message: z.string() });

/** The body of an acceptance. */
export const acceptedSchema = z.object({
  status: z.literal('success'),
  request_id: z.string().check(z.regex(UUID_V4)),
  message: z.string(),
  queue_timestamp: z.string().check(z.meta({ format: 'date-time' })),
  conversation_id: z.string(),
  is_test: z.optional(z.literal(true)),
  send_at: z.optional(z.string().check(z.meta({ format: 'date-time' }))),
  warnings: z.optional(z.array(faultSchema)),
});

/** The body of every other answer; `request_id` is `unknown` where none could be read. */
export const refusedSchema = z.object({
  status: z.literal('error'),
  error_code: z.enum(REFUSAL_CODES),
  message: z.string(),
  request_id: z.string().check(z.maxLength(ECHO_LIMIT)),
  details: z.optional(z.array(faultSchema)),
});

export type AcceptedBody = z.infer<typeof acceptedSchema>;
export type RefusedBody = z.infer<typeof refusedSchema>;
