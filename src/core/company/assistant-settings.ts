import * as z from 'zod/mini';
import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { EngineReplyLimits } from '../channels/channel-definition';
import { positive, text } from '../channels/template-base';
import { byLanguage } from './by-language';
import type { WEEKDAYS } from './opening-hours';
import { isTimeZone } from './opening-hours';

/** Characters of a sentence that goes before or instead of a card: with a card it has to fit into a message. */
const sentence = text.check(z.maxLength(400));

/** Hours of one day, such as `09:00-17:30`. */
const DAY = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const day = z.optional(z.string().check(z.regex(DAY, 'must be hours such as 09:00-17:30')));

/** How the engine answers; it does so where the project says `replies: answer`. */
export const assistantSettingsSchema = z.object({
  /** Says that an automatic assistant writes, and which word reaches a person. It begins the first reply of a day. */
  disclosure: byLanguage(sentence),
  /** Says that a person goes on. */
  hand_off: byLanguage(sentence),
  /** IANA, such as `Europe/London`. Default UTC. */
  time_zone: z._default(z.string().check(z.refine(isTimeZone, 'must be a time zone such as Europe/London')), 'UTC'),
  /** When people of the company are there; a day that is left out is closed. Absent: always. */
  hours: z.optional(z.object({
    monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day,
  } satisfies Record<(typeof WEEKDAYS)[number], typeof day>)),
  /** Days on which nobody is there. */
  closed_on: z.optional(z.array(z.iso.date('must be a day such as 2026-12-25')).check(z.maxLength(100))),
  /** Instead of `hand_off` outside of the hours; `{{date}}` and `{{time}}` say when a person is back. */
  outside_hours: z.optional(byLanguage(sentence)),
  /** Absent: the channel's. */
  limits: z.optional(z.object({
    replies_per_hour: z.optional(positive.check(z.maximum(30))),
    replies_per_day: z.optional(positive.check(z.maximum(100))),
    /** Without an expected answer in between. */
    replies_in_a_row: z.optional(positive.check(z.maximum(10))),
  })),
});

export type AssistantSettings = z.infer<typeof assistantSettingsSchema>;

/** How many replies of its own the engine writes in one thread of a channel. */
export function engineReplyLimits(
  { limits = {} }: Pick<AssistantSettings, 'limits'>, channel: Channel,
): EngineReplyLimits {
  const usual = CHANNEL_DEFINITIONS[channel].engineReplies;
  return {
    perHour: limits.replies_per_hour ?? usual.perHour,
    perDay: limits.replies_per_day ?? usual.perDay,
    inARow: limits.replies_in_a_row ?? usual.inARow,
  };
}
