import * as z from 'zod/mini';
import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { ReplyBurst } from '../channels/channel-definition';
import { positive } from '../channels/template-base';

/** What becomes of replies. */
export const REPLIES = ['keep', 'hand_off', 'answer'] as const;

/** Seconds: the queue delays a message by 15 minutes at most. */
const seconds = positive.check(z.maximum(900));
/** Minutes: 30 days at most. */
const minutes = positive.check(z.maximum(43_200));

/** What a project says of replies and of what it waits for; all of it is off where it says nothing. */
export const replySettings = {
  /**
   * `keep`: replies are kept, and expected answers are taken from them. `hand_off`: each reply waits for a person as
   * well. `answer`: as `keep`, and the engine answers with the project's cards (`answer_cards`). Absent: as
   * `auto_queue_reply_message` says.
   */
  replies: z.optional(z.enum(REPLIES)),
  /** Absent: the channel's. */
  reply_burst: z.optional(z.object({ quiet_seconds: z.optional(seconds), longest_seconds: z.optional(seconds) })),
  /** Minutes after sending after which a recipient who gave none of the required answers is reminded. Absent: never. */
  remind_after_minutes: z.optional(minutes),
  /** Minutes after the reminder after which the conversation counts as unanswered. Absent: the same again. */
  unanswered_after_minutes: z.optional(minutes),
};

interface ReplyBurstSettings {
  readonly reply_burst?:
    | { readonly quiet_seconds?: number | undefined; readonly longest_seconds?: number | undefined }
    | undefined;
}

/** When the messages of a recipient are read as one reply. The longest time is never shorter than the quiet one. */
export function replyBurstOf(project: ReplyBurstSettings, channel: Channel): ReplyBurst {
  const usual = CHANNEL_DEFINITIONS[channel].replyBurst;
  const { quiet_seconds = usual.quiet_seconds, longest_seconds = usual.longest_seconds } = project.reply_burst ?? {};
  return { quiet_seconds, longest_seconds: Math.max(quiet_seconds, longest_seconds) };
}
