import { takeTurn } from '../../src/conversation/take-turn';
import type { TurnOutcome, TurnPorts } from '../../src/conversation/turn-ports';
import type { ExpectedAnswer } from '../../src/core/company/expected-answer';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { Thread } from '../../src/core/lifecycle/thread-record';
import type { FillRequest, FillResult } from '../../src/core/ports/language-model';
import type { InboundMessage } from '../../src/core/ports/receipt';
import type { InboundOutcome } from '../../src/receipts/take-inbound';
import { takeInbound } from '../../src/receipts/take-inbound';
import { FakeQueue } from './fake-queue';
import { MemoryRequestLimits } from './memory-request-limits';
import { metered } from './metered';
import { SAMPLE_CREDENTIALS_SECRET, SAMPLE_MODEL_SECRET } from './sample-message';
import { SENT, WebhookWorld } from './webhook-world';

export const PERSON = '+447700900123';
const USAGE = { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 };

/** What the sample conversation asks for. */
export const EXPECTED: readonly ExpectedAnswer[] = [
  { name: 'gap_reason', question: 'What did you do between the two posts?', type: 'text', required: true },
  { name: 'start_date', question: 'When can you start?', type: 'date', required: true },
];

/** A model's whole answer; what is not said is nothing. */
export interface Answered {
  readonly answers?: Readonly<Record<string, { readonly value: string; readonly quote: string } | null>>;
  readonly asks?: string;
  readonly stop?: string;
  readonly stop_quote?: string | null;
  readonly language?: string;
  readonly card?: string | null;
  readonly values?: Readonly<Record<string, string | null>>;
}

/** Webhooks and the turns behind them, in memory, with a model that answers what a test arranges. */
export class ConversationWorld extends WebhookWorld {
  readonly asked: FillRequest[] = [];
  readonly limits = new MemoryRequestLimits();
  readonly queue = new FakeQueue(this.clock);
  readonly turnPorts: TurnPorts;
  private answer: (request: FillRequest) => FillResult = () => ({ outcome: 'unavailable' });
  private count = 0;

  constructor(company: Readonly<Record<string, unknown>> = {}, readonly channel: 'sms' | 'whatsapp' = 'sms') {
    super(company);
    this.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'found', fields: { ai_api_key: 'key' } });
    this.turnPorts = {
      ...this.ports,
      conversations: this.conversations,
      directory: this.directory,
      threads: this.threads,
      limits: this.limits,
      queue: this.queue,
      usage: this.limits,
      model: {
        fill: async (request) => metered(request, () => {
          this.asked.push(request);
          return this.answer(request);
        }),
      },
    };
  }

  /** A message that went and expects answers. */
  async ask(changes: Partial<Conversation> = {}, requestId?: string): Promise<Conversation> {
    const made = { channel: this.channel, ...(requestId === undefined ? {} : { requestId }) };
    const conversation = await this.seed({ ...SENT, expected_answers: EXPECTED, ...changes }, made);
    const { vendor_message_id: vendorMessageId = '', updated_at: at } = conversation;
    await this.threads.join({ conversation, vendorMessageId, at, expects: true });
    return conversation;
  }

  /** What the model answers from now on. */
  answers(...given: readonly Answered[]): void {
    const left = [...given];
    this.answer = ({ schema }) => {
      const next = left.length > 1 ? left.shift() : left[0];
      return { outcome: 'values', values: whole(schema, next ?? {}), usage: USAGE };
    };
  }

  answersWith(answer: (request: FillRequest) => FillResult): void {
    this.answer = answer;
  }

  async write(text: string, changes: Partial<InboundMessage> = {}): Promise<InboundOutcome> {
    this.count += 1;
    const sender = this.channel === 'sms' ? '+447700900002' : '+447700900001';
    const message = {
      from: PERSON, to: sender, text, attachments: 0, vendorMessageId: `SM-${this.count}`, ...changes,
    };
    const access = { channel: this.channel, sender, credentialsId: SAMPLE_CREDENTIALS_SECRET } as const;
    const company = await this.directory.findCompany({ companyId: 'brightpath', projectId: 'cv-review' }) ?? {};
    return takeInbound(message, { companyId: 'brightpath', company, access }, this.ports);
  }

  async turn(conversation: Conversation, afterMilliseconds = 6_000): Promise<TurnOutcome> {
    this.clock.advance(afterMilliseconds);
    return takeTurn(threadIdOf(conversation), this.turnPorts);
  }

  async thread(conversation: Conversation): Promise<Thread> {
    const thread = await this.threads.find(threadIdOf(conversation));
    if (!thread) throw new Error('There is no thread.');
    return thread;
  }
}

/** The answer as the schema has it: null for what nobody arranged. */
function whole(schema: FillRequest['schema'], { answers = {}, ...rest }: Answered): Readonly<Record<string, unknown>> {
  const properties = schema.properties as Readonly<Record<string, { readonly properties?: object }>>;
  const keys = Object.keys(properties.answers?.properties ?? {});
  return {
    answers: Object.fromEntries(keys.map((key) => [key, answers[key] ?? null])),
    asks: 'none', stop: 'none', stop_quote: null, language: 'en', ...('card' in properties ? { card: null } : {}), ...rest,
  };
}
