import { findConversationById } from '../../../src/core/lifecycle/find-conversation';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { takeThread } from '../../../src/operations/replies/take-over';
import { ANSWER_OF_COLLEAGUE, COLLEAGUE } from './people';
import type { Telling } from './telling';
import { until } from './until';

/** A person takes the thread over and answers, by what `engine reply take` and `engine reply send` call. */
export async function answerAsPerson(
  { stage, operators, receiver, channel, person: { first, address }, page }: Telling,
  requestId: string,
): Promise<boolean> {
  const { conversation_id: id } = (await stage.conversation(requestId)) ?? {};
  const found = await findConversationById(String(id), operators);
  if (!found) return false;
  const order = { conversation: found.conversation, actor: { id: COLLEAGUE, roles: [] } };
  const taken = await takeThread(operators, order);
  const sent = await sendReply(operators, { ...order, text: ANSWER_OF_COLLEAGUE });
  page.expect(
    taken.outcome === 'taken' && sent.outcome === 'queued',
    `Taking over the thread of ${first} by ${channel} ended as ${taken.outcome}, and the answer as ${sent.outcome}.`,
  );
  if (sent.outcome !== 'queued') return false;
  const delivered = await until(() => stage.vendors.deliveries().find(({ to, text }) => (
    to === address && text === ANSWER_OF_COLLEAGUE
  )));
  page.expect(delivered !== undefined, `The answer of ${COLLEAGUE} to ${first} by ${channel} did not come.`);
  const told = await receiver.first('conversation.taken_over', requestId);
  page.expect(told !== undefined, `No event told that ${COLLEAGUE} took over the thread of ${first} by ${channel}.`);
  if (delivered) page.say(COLLEAGUE, delivered.text);
  return delivered !== undefined;
}
