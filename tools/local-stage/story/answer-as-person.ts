import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { COLLEAGUE } from './people';
import type { StoryRecipient } from './people';
import type { Telling } from './telling';
import { until } from './until';

type Person = Telling<StoryRecipient>;

/** The record of a question, as the operators' commands find it. */
export async function recordOf(
  { stage, operators, projectId }: Person, requestId: string,
): Promise<Conversation | undefined> {
  const { conversation_id: id } = (await stage.conversation(requestId, projectId)) ?? {};
  return (await findConversationById(String(id), operators))?.conversation;
}

const actor = { id: COLLEAGUE, roles: [] };

/** A person takes the thread over, by what `engine reply take` calls. */
export async function takeOver({ operators, receiver, channel, person: { first }, page }: Person, about: Conversation) {
  const { outcome } = await takeThread(operators, { conversation: about, actor });
  page.expect(outcome === 'taken', `Taking over the thread of ${first} by ${channel} ended as ${outcome}.`);
  const told = outcome === 'taken' && await receiver.first('conversation.taken_over', about.request_id);
  page.expect(Boolean(told), `No event told that ${COLLEAGUE} took over the thread of ${first} by ${channel}.`);
  return Boolean(told);
}

/** The person who has the thread answers, by what `engine reply send` calls. */
export async function answerAsPerson(
  { stage, operators, channel, person: { first, address }, page }: Person, about: Conversation, words: string,
): Promise<boolean> {
  const sent = await sendReply(operators, { conversation: about, actor, text: words });
  page.expect(sent.outcome === 'queued', `The answer to ${first} by ${channel} ended as ${sent.outcome}.`);
  if (sent.outcome !== 'queued') return false;
  const delivered = await until(() => (
    stage.vendors.deliveries().find(({ to, text }) => to === address && text === words)
  ));
  page.expect(delivered !== undefined, `The answer of ${COLLEAGUE} to ${first} by ${channel} did not come.`);
  if (delivered) page.say(COLLEAGUE, delivered.text);
  return delivered !== undefined;
}

/** The engine may answer again, by what `engine reply return` calls. */
export async function giveBack({ operators, receiver, channel, person: { first }, page }: Person, about: Conversation) {
  const { outcome } = await returnThread(operators, { conversation: about, actor });
  page.expect(outcome === 'returned', `Returning the thread of ${first} by ${channel} ended as ${outcome}.`);
  const told = outcome === 'returned' && await receiver.first('conversation.returned', about.request_id);
  page.expect(Boolean(told), `No event told that ${COLLEAGUE} returned the thread of ${first} by ${channel}.`);
  return Boolean(told);
}
