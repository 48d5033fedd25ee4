import * as z from 'zod/mini';
import { conversationAnswerSchema } from './conversation-answer';

/** A message in a list: what `GET /messages/{conversation_id}` answers, without what only one message is asked for. */
const listedMessageSchema = z.omit(conversationAnswerSchema, {
  status: true, company_id: true, composition: true, answers: true, history: true, messages: true,
});

/** The answer to `GET /messages`. */
export const messagesAnswerSchema = z.object({
  status: z.literal('success'),
  company_id: z.string(),
  messages: z.array(listedMessageSchema),
  /** Asks for the next page; null where this is the last. */
  next_cursor: z.nullable(z.string()),
});

export type MessagesAnswer = z.infer<typeof messagesAnswerSchema>;
