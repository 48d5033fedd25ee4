import * as z from 'zod/mini';
import { claimSchema, companyQuery, factSchema, summary } from './schemas';

const text = () => z.string();

export const waitingReplySchema = z.object({
  ...summary,
  status: text(),
  since: text(),
  waitedSeconds: z.number(),
  replies: z.number(),
  waiting: z.number(),
  /** Who has the chat, and since when. */
  holder: z.optional(z.object({ by: text(), at: text() })),
});
export const repliesSchema = z.object({
  waiting: z.array(waitingReplySchema),
  more: z.boolean(),
  /** A conversation without a holder has none; false where people have too many chats to say so. */
  knowsHolders: z.boolean(),
});

export const chatsQuery = z.object({
  ...companyQuery.shape,
  /** `mine`: of those that are taken the caller's. */
  list: z.enum(['mine', 'taken', 'returned']),
  after: z.optional(z.string().check(z.maxLength(2_000))),
});
export const chatsSchema = z.object({
  chats: z.array(
    z.object({
      key: text(),
      conversationId: text(),
      projectId: text(),
      channel: text(),
      recipient: text(),
      by: text(),
      at: text(),
    }),
  ),
  next: z.optional(text()),
});
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
  /** The newest burst to which the engine said nothing, by its last line. */
  silence: z.optional(z.object({ at: text(), reason: text(), sequence: z.number() })),
  lines: z.array(
    z.object({
      sequence: z.number(),
      at: text(),
      from: z.enum(['recipient', 'company']),
      text: text(),
      by: z.optional(text()),
      /** Of an answer of the engine: its card. */
      card: z.optional(text()),
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
  facts: z.array(factSchema),
  /** Characters that a reply may have. */
  longest: z.number(),
  /** Until when free words may be sent, on a channel that closes its window. */
  writeUntil: z.optional(text()),
});

export const answerQuery = z.object({ line: z.string().check(z.regex(/^\d{1,12}$/)) });

/** Which card an answer of the engine says, and what proves each of its values. */
export const answerSchema = z.object({
  card_id: text(),
  version: z.number(),
  language: text(),
  model: z.optional(text()),
  when: z.optional(text()),
  isCurrent: z.boolean(),
  stale: z.boolean(),
  values: z.array(z.object({ variable: text(), verdict: text(), value: text(), claims: z.array(claimSchema) })),
  facts: z.array(factSchema),
});

export const cardsSchema = z.object({
  cards: z.array(
    z.object({
      card_id: text(),
      version: z.number(),
      language: text(),
      when: text(),
      text: text(),
      toFill: z.array(z.object({ name: text(), description: text() })),
      missing: z.array(text()),
    }),
  ),
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
