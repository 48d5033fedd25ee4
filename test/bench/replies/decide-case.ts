import { gatherBurst } from '../../../src/conversation/burst';
import { readUnderstanding } from '../../../src/conversation/read-understanding';
import { parseProject } from '../../../src/core/company/company';
import type { KeptAnswer } from '../../../src/core/company/expected-answer';
import type { ProvedAnswer } from '../../../src/core/lifecycle/answer-transitions';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { InboundMessage } from '../../../src/core/ports/receipt';
import type { ThreadLine } from '../../../src/core/ports/threads';
import { NEW_THREAD } from '../../../src/core/lifecycle/thread-record';
import { readWish } from '../../../src/receipts/read-wish';
import type { Triage } from '../../../src/receipts/triage';
import { triage } from '../../../src/receipts/triage';
import { sampleCompanyWithTemplate, sampleConversation } from '../../support/sample-message';
import type { Outcome, ReplyCase, Scenario, Turn } from './reply-cases';

/** What the engine's code makes of one recorded answer. */
export interface Decided {
  /** By `<number of the message>.<name>`. */
  readonly answers: Readonly<Record<string, ProvedAnswer>>;
  readonly then: Outcome;
}

/** Takes a recorded answer from the recipient's words to the decision, by the functions that a turn uses. */
export function decideCase({ scenario, turn, says }: ReplyCase): Decided {
  const conversations = conversationsOf(scenario, turn);
  const read = turn.wrote.map((text, index) => beforeModel(scenario, turn, conversations, text, index));
  if (read.includes('stop')) return { answers: {}, then: 'stop' };
  const judged = read.filter((one) => one !== 'stop');
  const handOff = judged.find((one) => one.handOff)?.handOff;
  if (judged.every(({ burst }) => !burst)) {
    const pressed = judged.flatMap(({ answer }, index) => (answer ? [byButton(answer, index)] : []));
    return { answers: Object.fromEntries(pressed), then: handOff === undefined ? 'silence' : { hand_off: handOff } };
  }
  const burst = gatherBurst(threadOf(scenario, turn), linesOf(scenario, turn, conversations, judged), conversations);
  const understood = readUnderstanding({ ...says }, burst, () => scenario.language);
  if (!understood) return { answers: {}, then: { hand_off: 'not_understood' } };
  const answers = Object.fromEntries(conversations.flatMap(({ conversation_id: id }, index) => (
    Object.entries(understood.answers[id] ?? {}).map(([name, proved]) => [`${index + 1}.${name}`, proved])
  )));
  if (understood.stop) return { answers, then: 'stop' };
  const reason = handOff ?? understood.hand_off;
  return { answers, then: reason === undefined ? 'rest' : { hand_off: reason } };
}

/** Buttons answer the message that they belong to: the first one. */
function byButton([name, proved]: NonNullable<Triage['answer']>, index: number): readonly [string, ProvedAnswer] {
  return [`1.${name}`, { ...proved, message_id: `m${index + 1}` }];
}

function conversationsOf({ asked, channel, received }: Scenario, { known = {} }: Turn): readonly Conversation[] {
  return asked.map(({ expected, facts, text }, index) => {
    const at = received;
    const given = Object.entries(known).flatMap(([key, value]): ReadonlyArray<[string, KeptAnswer]> => {
      const [number, name = ''] = key.split('.');
      return Number(number) === index + 1 ? [[name, { value, quote: '', message_id: 'before', at, version: 1 }]] : [];
    });
    const message = {
      message_id: `asked-${index + 1}`, timestamp: at, role: 'assistant' as const, content: text,
      prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
    };
    return sampleConversation({
      now: Date.parse(received), channel, requestId: `request-${index + 1}`,
      changes: {
        expected_answers: expected, answers: Object.fromEntries(given), project_data: facts, messages: [message],
        vendor_message_id: `SM-asked-${index + 1}`,
      },
    });
  });
}

/** What is decided of a message without a model. */
function beforeModel(
  scenario: Scenario,
  turn: Turn,
  conversations: readonly Conversation[],
  text: string,
  index: number,
): Triage | 'stop' {
  const inbound: InboundMessage = {
    from: '+447700900123', to: '+447700900002', text, attachments: turn.attachments ?? 0,
    vendorMessageId: `SM-${index + 1}`,
    ...(turn.button === undefined ? {} : { button: { payload: turn.button, text } }),
  };
  const wish = readWish(inbound, scenario.language);
  if (wish === 'stop') return 'stop';
  const [conversation] = conversations;
  if (!conversation) throw new Error(`The scenario ${scenario.scenario} asks nothing.`);
  return triage({
    inbound, wish, conversation, project: parseProject(companyOf(scenario)), expects: true, isOwnSender: false,
    neverAnswered: turn.automatic ? 'automatic' : undefined,
  });
}

/** The company's record: what its scenario says, in the sample company's. */
export function companyOf({ company, cards, knowledge, assistant, language, channel }: Scenario) {
  const own = { language, answers: [] };
  return {
    ...sampleCompanyWithTemplate(own),
    company_name: company, allowed_channels: [channel], replies: 'answer', answer_cards: cards, knowledge, assistant,
  };
}

function threadOf({ channel }: Scenario, { wrote }: Turn) {
  return {
    ...NEW_THREAD, company_id: 'brightpath', channel_method: channel, time_to_live: 1, last_change: '',
    message_sequence: wrote.length, sequence: wrote.length,
  };
}

function linesOf(
  { received }: Scenario,
  { wrote, quotes }: Turn,
  conversations: readonly Conversation[],
  judged: readonly Triage[],
): readonly ThreadLine[] {
  return wrote.map((content, index) => ({
    sequence: index + 1, role: 'user', message_id: `m${index + 1}`, timestamp: received, content,
    conversation: conversations.at(-1)?.conversation_id ?? '',
    ...(judged[index]?.unread === undefined ? {} : { unread: judged[index].unread }),
    ...(quotes === undefined ? {} : { quotes: `SM-asked-${quotes}` }),
  }));
}
