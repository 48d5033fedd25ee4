import type { Conversation } from '../../core/lifecycle/conversation';
import { findConversationById } from '../../core/lifecycle/find-conversation';
import type { Person } from '../people/may';
import { may } from '../people/may';
import { notDone } from './reply-words';
import type { ConsolePorts } from './route';

type Found = NonNullable<Awaited<ReturnType<typeof findConversationById>>>;

/** A conversation with its company's record; a fault where the stage holds none. */
export async function foundChat(conversationId: string, ports: ConsolePorts): Promise<Found> {
  const one = await findConversationById(conversationId, ports);
  if (one) return one;
  throw notDone(404, 'NOT_FOUND', 'Nothing was done: this stage holds no such conversation. Go back to the list.');
}

/** Whether the words of a chat are shown: its replies wait for a person, or the caller has it or reads any text. */
export function mayReadChat(
  person: Person,
  conversation: Conversation,
  thread: { readonly owner: string; readonly takenBy?: string | undefined } | undefined,
): { readonly shows: boolean; readonly isMine: boolean } {
  const isMine = thread?.owner === 'person' && thread.takenBy === person.name;
  const waits = conversation.reply_attention !== undefined;
  return { isMine, shows: isMine || waits || may(person, 'read_text', conversation.company_id) };
}
