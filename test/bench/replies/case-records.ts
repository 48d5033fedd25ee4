import type { KeptAnswer } from '../../../src/core/company/expected-answer';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { NEW_THREAD } from '../../../src/core/lifecycle/thread-record';
import type { ThreadLine } from '../../../src/core/ports/threads';
import type { Triage } from '../../../src/receipts/triage';
import { sampleCompanyWithTemplate, sampleConversation } from '../../support/sample-message';
import type { Scenario, Turn } from './reply-cases';

/** The company's record: what its scenario says, in the sample company's. */
export function companyOf({ company, cards, knowledge, assistant, language, channel }: Scenario) {
  return {
    ...sampleCompanyWithTemplate({ language, answers: [] }),
    company_name: company, allowed_channels: [channel], replies: 'answer', answer_cards: cards, knowledge, assistant,
  };
}

/** The messages that the recipient answers, as they stand once they are sent. */
export function conversationsOf({ asked, channel, received }: Scenario, { known = {} }: Turn): readonly Conversation[] {
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

export function threadOf({ channel, received }: Scenario, { wrote }: Turn): Thread {
  return {
    ...NEW_THREAD, company_id: 'brightpath', channel_method: channel, time_to_live: 1, last_change: '',
    message_sequence: wrote.length, sequence: wrote.length, last_inbound_at: received,
  };
}

/** What the recipient wrote, line by line. */
export function linesOf(
  { received }: Scenario,
  { wrote, quotes }: Turn,
  { conversations, judged }: { readonly conversations: readonly Conversation[]; readonly judged: readonly Triage[] },
): readonly ThreadLine[] {
  return wrote.map((content, index) => ({
    sequence: index + 1, role: 'user', message_id: `m${index + 1}`, timestamp: received, content,
    conversation: conversations.at(-1)?.conversation_id ?? '',
    ...(judged[index]?.unread === undefined ? {} : { unread: judged[index].unread }),
    ...(judged[index]?.card === undefined ? {} : { card: judged[index].card }),
    ...(quotes === undefined ? {} : { quotes: `SM-asked-${quotes}` }),
  }));
}
