import type { Conversation } from '../../src/core/lifecycle/conversation';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';
import { processMessage } from '../../src/processor/process-message';
import type { ProcessingOutcome, ProcessorPorts } from '../../src/processor/processing';
import { ConversationWorld } from './conversation-world';
import { FakeProvider } from './fake-provider';
import { MemoryReplyAddresses } from './memory-reply-addresses';

/** What a project says that answers from cards. */
export const ANSWERS = {
  replies: 'answer',
  answer_cards: [
    {
      card_id: 'opening_hours', version: 2, when: 'The person asks when somebody can be reached.',
      languages: {
        'en-GB': { text: 'We are there {{hours}}.', subject: 'Opening hours' },
        'de-DE': { text: 'Wir sind da: {{hours}}.' },
      },
      variables: { hours: { description: 'The opening hours.', max_length: 60, required: true } },
    },
    {
      card_id: 'ask_again', version: 1, when: 'The person did not say from which day they could start.',
      languages: { 'en-GB': { text: 'Thank you. From which day could you start?' } },
      then: 'await',
    },
    {
      card_id: 'call_back', version: 1, when: 'The person wants to be rung.',
      languages: { 'en-GB': { text: 'We will ring you: "{{wish}}".' } },
      variables: {
        wish: { description: 'When they want to be rung.', max_length: 40, required: true, from: 'recipient' },
      },
      then: 'hand_off',
    },
    {
      card_id: 'write_instead', version: 1, when: 'The person sends a recording.',
      languages: { 'en-GB': { text: 'Could you please write your answer?' } },
      on: ['media'], buttons: ['help'], then: 'await',
    },
  ],
  knowledge: [{ name: 'opening_hours', value: 'from Monday to Friday, 9 am to 5 pm' }],
  assistant: {
    disclosure: {
      'en-GB': 'I am an automatic assistant. Write PERSON to reach a colleague.',
      'de-DE': 'Hier schreibt ein automatischer Assistent. Schreiben Sie MENSCH für einen Menschen.',
    },
    hand_off: { 'en-GB': 'A colleague will answer you.', 'de-DE': 'Eine Kollegin antwortet Ihnen.' },
  },
} as const;

/** A recipient's messages, the turns behind them, and the processor that sends what they answer, in memory. */
export class AnsweringWorld extends ConversationWorld {
  readonly provider = new FakeProvider();
  readonly processorPorts: ProcessorPorts;

  constructor(company: Readonly<Record<string, unknown>> = {}, channel: ConversationWorld['channel'] = 'sms') {
    super({ ...ANSWERS, ...company }, channel);
    const { clock, conversations, handoff, newIdentifier, observer, secrets } = this.turnPorts;
    this.processorPorts = {
      conversations, handoff, newIdentifier, observer, secrets,
      directory: this.directory,
      clock: { now: () => clock.now(), sleep: async () => Promise.resolve() },
      threads: this.threads, queue: this.queue, provider: this.provider,
      model: { fill: () => { throw new Error('No model is asked for an answer that was chosen.'); } },
      testReplies: { take: async () => Promise.resolve() },
      senders: this.senders,
      replyAddresses: new MemoryReplyAddresses(),
      random: () => 0.5,
    };
  }

  /** Works on every message that is queued; what is to be tried again stays. */
  async deliver(): Promise<readonly ProcessingOutcome[]> {
    const outcomes: ProcessingOutcome[] = [];
    for (let delivery = this.queue.receive(); delivery; delivery = this.queue.receive()) {
      const { entryId, conversationId, receiveCount } = delivery;
      const settings = { channel: this.channel, processorVersion: '1.0.0', maxReceiveCount: QUEUE_RECEIVES } as const;
      const outcome = await processMessage({ conversationId, receiveCount }, this.processorPorts, settings);
      if (outcome.outcome === 'done') this.queue.remove(entryId);
      else if (outcome.outcome === 'retry') this.queue.hold(entryId, outcome.afterSeconds);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** The words that reached the recipient, in their order. */
  sent(): readonly string[] {
    return this.provider.accepted.map(({ message }) => message.text);
  }

  /** The answers of the engine, whatever became of them. */
  answersMade(): readonly Conversation[] {
    return this.conversations.all().filter(({ reply }) => reply !== undefined);
  }
}
