import { answerOf } from '../../../src/conversation/answer-burst';
import { answerWordless } from '../../../src/conversation/answer-wordless';
import type { Answering } from '../../../src/conversation/answering';
import { answeringFor } from '../../../src/conversation/answering';
import type { Burst } from '../../../src/conversation/burst';
import { gatherBurst } from '../../../src/conversation/burst';
import { chooseCard } from '../../../src/conversation/choose-card';
import { readSignals } from '../../../src/conversation/read-understanding';
import type { ReadBurst } from '../../../src/conversation/turn-ports';
import type { ProvedAnswer } from '../../../src/core/lifecycle/answer-transitions';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { ReplyCard } from '../../../src/core/lifecycle/reply-card';
import { proveCard } from '../../../src/proof/prove-card';
import type { Triage } from '../../../src/receipts/triage';
import { beforeModel } from './before-model';
import { companyOf, conversationsOf, linesOf, threadOf } from './case-records';
import type { Outcome, ReplyCase } from './reply-cases';

/** What the engine's code makes of one recorded answer. */
export interface Decided {
  /** By `<number of the message>.<name>`. */
  readonly answers: Readonly<Record<string, ProvedAnswer>>;
  readonly then: Outcome;
}

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

/** Takes a recorded answer from the recipient's words to the decision, by the functions that a turn uses. */
export async function decideCase({ scenario, turn, says }: ReplyCase): Promise<Decided> {
  const conversations = conversationsOf(scenario, turn);
  const judged = turn.wrote.map((text, index) => beforeModel(scenario, turn, conversations, { text, index }));
  const heard = judged.filter((one) => one !== 'stop');
  if (heard.length < judged.length) return { answers: {}, then: 'stop' };
  const handOff = heard.find((one) => one.handOff)?.handOff;
  if (heard.every(({ burst }) => !burst)) {
    const pressed = heard.flatMap(({ answer }, index) => (answer ? [byButton(answer, index)] : []));
    return { answers: Object.fromEntries(pressed), then: handOff === undefined ? 'silence' : { hand_off: handOff } };
  }
  const lines = linesOf(scenario, turn, { conversations, judged: heard });
  const burst = gatherBurst(threadOf(scenario, turn), lines, conversations);
  const now = Date.parse(scenario.received) + 6_000;
  const context = { burst, answering: answeringOf(scenario, conversations, now), now };
  const read = burst.messages.length > 0 ? await readBurst(says, context, scenario) : await readWordless(context);
  return { answers: numbered(read.answers, conversations), then: handOff ? { hand_off: handOff } : read.then };
}

function answeringOf(scenario: ReplyCase['scenario'], conversations: readonly Conversation[], now: number): Answering {
  const { language } = scenario;
  const about = conversations.at(-1);
  const answering = about && answeringFor({ conversation: about, company: companyOf(scenario), language }, now);
  if (!answering) throw new Error(`The company of ${scenario.scenario} does not answer: see its record.`);
  return answering;
}

interface Read {
  readonly answers: ReadBurst['answers'];
  readonly then: Outcome;
}

interface Context {
  readonly burst: Burst;
  readonly answering: Answering;
  readonly now: number;
}

async function readWordless({ burst, answering, now }: Context): Promise<Read> {
  const read = await answerWordless({ burst, answering, expecting: [], payer: undefined }, now);
  return { answers: read.answers, then: outcomeOf(read, answering) };
}

async function readBurst(
  says: ReplyCase['says'],
  context: Context,
  { language }: ReplyCase['scenario'],
): Promise<Read> {
  const signals = readSignals({ ...says }, context.burst, () => language);
  if (!signals) return { answers: {}, then: { hand_off: 'not_understood' } };
  // A model that is asked again for a value writes the same.
  const chosen = await chooseCard(signals, context, () => (
    Promise.resolve({ outcome: 'values', values: { values: says.values }, usage: USAGE })
  ));
  const read = answerOf(signals, chosen, context, { model: 'recorded', prompt: 'recorded' });
  return { answers: read.answers, then: outcomeOf(read, context.answering) };
}

function outcomeOf({ stop, hand_off: reason, reply }: ReadBurst, answering: Answering): Outcome {
  if (stop) return 'stop';
  if (reason !== undefined) return { hand_off: reason };
  return reply ? { card: reply.card_id, says: wordsOf(reply, answering) } : 'rest';
}

/** The card's words as they would go, without the sentence that says who writes. */
function wordsOf({ discloses: _discloses, ...chosen }: ReplyCard, answering: Answering): string {
  const { channel } = answering.channelSettings.content;
  const card = answering.cards.find(({ card_id: id }) => id === chosen.card_id);
  const result = card && proveCard({ ...answering, card, chosen, channel });
  if (result?.outcome !== 'proved') throw new Error(`The card ${chosen.card_id} was decided and is not proved.`);
  return result.filled.text;
}

/** Buttons answer the message that they belong to: the first one. */
function byButton([name, proved]: NonNullable<Triage['answer']>, index: number): readonly [string, ProvedAnswer] {
  return [`1.${name}`, { ...proved, message_id: `m${index + 1}` }];
}

function numbered(answers: ReadBurst['answers'], conversations: readonly Conversation[]): Decided['answers'] {
  return Object.fromEntries(conversations.flatMap(({ conversation_id: id }, index) => (
    Object.entries(answers[id] ?? {}).map(([name, proved]) => [`${index + 1}.${name}`, proved])
  )));
}
