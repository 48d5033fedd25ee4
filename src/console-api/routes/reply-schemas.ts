import * as z from 'zod/mini';
import { summary } from './schemas';

const text = () => z.string();

export const waitingReplySchema = z.object({
  ...summary,
  status: text(),
  since: text(),
  waitedSeconds: z.number(),
  replies: z.number(),
  waiting: z.number(),
});
export const repliesSchema = z.object({ waiting: z.array(waitingReplySchema), more: z.boolean() });
export const acknowledgeBody = z.object({ seen: z.int().check(z.gte(0)) });

const threadSchema = z.object({
  owner: z.enum(['engine', 'person', 'nobody']),
  takenBy: z.optional(text()),
  /** The caller has it. */
  mine: z.boolean(),
  /** One reply may be leaving at this moment, by its `request_id`. */
  leaving: z.optional(text()),
  history: z.array(
    z.object({ at: text(), event: text(), by: z.optional(text()), reason: z.optional(text()) }),
  ),
  lines: z.array(
    z.object({
      sequence: z.number(),
      at: text(),
      from: z.enum(['recipient', 'company']),
      text: text(),
      by: z.optional(text()),
      unread: z.optional(text()),
    }),
  ),
});

export const replyViewSchema = z.object({
  ...summary,
  recipientName: text(),
  status: text(),
  /** Since when replies wait for a person; absent where none does. */
  since: z.optional(text()),
  /** All replies that it had when this was read; marking them as done names this number. */
  replies: z.number(),
  waiting: z.number(),
  /** Whether words are shown: the replies wait for a person, or the caller has the chat. */
  shows: z.boolean(),
  /** Absent where nothing was written yet. */
  thread: z.optional(threadSchema),
  facts: z.array(z.object({ path: text(), value: text() })),
  /** Characters that a reply may have. */
  longest: z.number(),
  /** Until when free words may be sent, on a channel that closes its window. */
  writeUntil: z.optional(text()),
});

export const takeBody = z.object({ from: z.optional(z.string().check(z.maxLength(320))) });
export const sendReplyBody = z.object({ text: z.string().check(z.maxLength(100_000)) });

export const takenSchema = z.object({ outcome: text(), message: text(), leaving: z.optional(text()) });
export const sentReplySchema = z.object({
  outcome: text(),
  message: text(),
  /** Leads to the reply, which is a message of its own. */
  key: text(),
  status: text(),
});
