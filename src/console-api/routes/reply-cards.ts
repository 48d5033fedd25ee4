import { threadIdOf } from '../../core/lifecycle/thread';
import { explainAnswer } from '../../operations/replies/explain-answer';
import { offeredCards } from '../../operations/replies/offered-cards';
import { findAnswer } from '../../operations/replies/thread-view';
import { foundChat, mayReadChat } from './chat';
import { answerQuery, answerSchema, cardsSchema } from './reply-schemas';
import { notDone } from './reply-words';
import type { Route, RouteCall } from './route';
import { route } from './route';

const answer = route({
  method: 'GET',
  path: '/replies/{id}/answer',
  name: 'explainAnswer',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'An answer of the engine in a chat, by its line: its card, its values, and the facts that prove them',
  query: answerQuery,
  answer: answerSchema,
  handle: async (call) => {
    const { conversation } = await readableChat(call);
    const { ports, query: { line } } = call;
    const found = await findAnswer(ports, conversation, Number(line));
    const explained = found && (await explainAnswer(ports, found));
    if (explained) return explained;
    throw notDone(404, 'NOT_FOUND', 'Explaining the answer failed: this line is no answer from a card. Load the chat again.');
  },
});

const cards = route({
  method: 'GET',
  path: '/replies/{id}/cards',
  name: 'offeredCards',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: "The approved cards of a chat's project, filled as far as they copy facts: a start for a person's own words",
  answer: cardsSchema,
  handle: async (call) => {
    const chat = await readableChat(call);
    return { cards: offeredCards(chat, call.ports.clock.now()) };
  },
});

export const REPLY_CARD_ROUTES: readonly Route[] = [answer, cards];

/** What copies facts, and what proves an answer, is text of the chat. */
async function readableChat({ conversationId, person, ports, audit }: RouteCall<unknown, unknown>) {
  const chat = await foundChat(conversationId, ports);
  const thread = await ports.threads.find(threadIdOf(chat.conversation));
  const { shows } = mayReadChat(person, chat.conversation, thread && { owner: thread.owner, takenBy: thread.taken_by });
  if (!shows) {
    throw notDone(403, 'FORBIDDEN', 'Showing the words failed: take the chat over first, or wait until it waits for a person.');
  }
  await audit('read_text', ['text', 'facts']);
  return chat;
}
