import { threadIdOf } from '../../../src/core/lifecycle/thread';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { answerAsPerson, giveBack, recordOf, takeOver } from './answer-as-person';
import { ask, write } from './ask';
import { findSaid, showProof } from './card-proof';
import { CARDS_STORY, COLLEAGUE } from './people';
import { takeAnswers } from './take-answers';
import type { Telling } from './telling';
import { until } from './until';

export type CardsTelling = Telling<(typeof CARDS_STORY)['recipient']>;
type ExpectedCard = (typeof CARDS_STORY)['pay' | 'place'];

/**
 * A recipient asks back: a card answers what the company has approved, the rest goes to a person, who takes the thread,
 * answers and returns it. At the end everything that the recipient got is compared with what the story told.
 */
export async function tellCards(telling: CardsTelling): Promise<void> {
  const { asksForPay, asksForPlace, bursts, answers, pay, place, recipient } = CARDS_STORY;
  const asked = await ask(telling);
  const about = asked && await recordOf(telling, asked.requestId);
  if (!asked || !about) return;
  const { requestId, question } = asked;
  const [first] = telling.stage.vendors.deliveries().filter(({ vendorMessageId }) => vendorMessageId === question);
  const goesOn = await hearCard(telling, about, { question, words: asksForPay, expected: pay })
    && await hearHandOff(telling, about, question)
    && await bePerson(telling, about, question)
    && await hearCard(telling, about, { question, words: asksForPlace, expected: place });
  if (!goesOn) return;
  await write(telling, question, bursts.flat());
  await takeAnswers({ ...telling, person: { ...recipient, bursts, answers } }, requestId);
  judgeAll(telling, first?.text ?? '');
}

/** What the recipient got must be the story's words and no others, in this order. */
function judgeAll({ stage, person, page }: CardsTelling, question: string): void {
  const { pay, handOff, answer, place } = CARDS_STORY;
  const told = [question, pay.text, handOff, answer, place.text];
  const got = stage.vendors.deliveries().filter(({ to }) => to === person.address).map(({ text }) => text);
  const isAll = JSON.stringify(got) === JSON.stringify(told);
  page.expect(isAll, `${person.first} got ${JSON.stringify(got)} instead of what the story tells.`);
  if (isAll) page.say('proved', `${person.first} got these ${got.length} messages and no other one.`);
}

async function hearCard(
  telling: CardsTelling,
  about: Conversation,
  { question, words, expected }: {
    readonly question: string;
    readonly words: string;
    readonly expected: ExpectedCard;
  },
): Promise<boolean> {
  const { operators, person: { first, address }, page, stage } = telling;
  const before = countTo(telling);
  await write(telling, question, [words]);
  const delivery = await until(() => stage.vendors.deliveries().filter(({ to }) => to === address)[before]);
  page.expect(
    delivery?.text === expected.text,
    `“${words}” of ${first} was answered with ${JSON.stringify(delivery?.text)} instead of ${JSON.stringify(expected.text)}.`,
  );
  if (delivery?.text !== expected.text) return false;
  page.say('engine', delivery.text.replaceAll(/\s+/g, ' '));
  const said = await findSaid(operators, about, delivery.vendorMessageId);
  page.expect(said !== undefined, `The answer to “${words}” has no line in the thread of ${first}.`);
  return said !== undefined && showProof(said, expected, page);
}

/** No card answers: a person is to see it, the client is told so, and so is the recipient. */
async function hearHandOff(telling: CardsTelling, about: Conversation, question: string): Promise<boolean> {
  const { receiver, page, person: { first, address }, stage } = telling;
  const { asksWhatNoCardAnswers: words, handOff } = CARDS_STORY;
  const before = countTo(telling);
  await write(telling, question, [words]);
  const delivery = await until(() => stage.vendors.deliveries().filter(({ to }) => to === address)[before]);
  page.expect(
    delivery?.text === handOff,
    `${first} was told ${JSON.stringify(delivery?.text)} instead of ${JSON.stringify(handOff)}.`,
  );
  const event = await receiver.first('conversation.handed_off', about.request_id);
  page.expect(
    event?.data.reason === 'question', `“${words}” of ${first} ended as ${JSON.stringify(event?.data.reason)}.`,
  );
  if (!delivery || !event) return false;
  page.say('engine', delivery.text);
  page.say('why', "no card answers the question, so a person does; the words are the company's own sentence for that");
  page.say('client', `${event.type}: ${String(event.data.reason)}`);
  return delivery.text === handOff && event.data.reason === 'question';
}

/** Takes the thread, lets the recipient ask for what a card would answer, answers, and gives the thread back. */
async function bePerson(telling: CardsTelling, about: Conversation, question: string): Promise<boolean> {
  const { page, person: { first } } = telling;
  const { asksThePerson: words, answer } = CARDS_STORY;
  if (!await takeOver(telling, about)) return false;
  page.say(COLLEAGUE, '(takes the thread over: from now on the engine is silent in it)');
  const before = countTo(telling);
  await write(telling, question, [words]);
  const isRead = await awaitHandled(telling, about);
  const isSilent = countTo(telling) === before;
  page.expect(isRead, `What ${first} wrote to ${COLLEAGUE} was never read.`);
  page.expect(isSilent, `Something left in the thread of ${first} after ${COLLEAGUE} had taken it over.`);
  page.say('why', `the engine read it for answers and said nothing, though a card tells the pay: ${COLLEAGUE} has the thread`);
  const isAnswered = isRead && isSilent && await answerAsPerson(telling, about, answer);
  if (!isAnswered || !await giveBack(telling, about)) return false;
  page.say(COLLEAGUE, '(returns the thread: the engine may answer again)');
  return true;
}

async function awaitHandled({ operators }: CardsTelling, about: Conversation): Promise<boolean> {
  const found = await until(async () => {
    const thread = await operators.threads.find(threadIdOf(about));
    return thread && thread.handled_until === thread.sequence ? thread : undefined;
  });
  return found !== undefined;
}

/** Messages that the recipient has got. */
function countTo({ stage, person: { address } }: CardsTelling): number {
  return stage.vendors.deliveries().filter(({ to }) => to === address).length;
}
