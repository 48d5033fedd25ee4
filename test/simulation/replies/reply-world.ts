import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { timestamp } from '../../../src/core/ports/clock';
import { MemoryDirectory } from '../../support/memory-directory';
import { sampleCompany, sampleConversation, sampleIdempotencyRecord } from '../../support/sample-message';
import { SimulatedQueue } from '../channel-queue';
import { Machine, START } from '../machine';
import { Vendor } from '../vendor';
import { AnswerJudge } from './answer-judge';
import type { AssistantVersion } from './assistant';
import { assistantOf, VERSIONS } from './assistant';
import { EventWorld } from './event-world';
import { ReplyJudge } from './reply-judge';
import type { ReplyMutation } from './reply-mutation';
import { ReplyPeople } from './reply-people';
import type { PlannedStep, ReplyPlan } from './reply-plan';
import type { Chat } from './reply-ports';
import { ReplyPorts } from './reply-ports';
import { WatchedConversations, WatchedThreads } from './reply-stores';
import { ReplyWorkers } from './reply-workers';
import { watchedRecord } from './watched';

const IDS = ['3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90'] as const;
const EXPECTED = [
  { name: 'start_date', question: 'When can you start?', type: 'date', required: true },
  { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['day', 'night'], required: true },
] as const satisfies Conversation['expected_answers'];

/** One chat in which the company has asked: whoever writes, reads, answers and listens in it, and each may die. */
export class ReplyWorld implements Chat {
  readonly channel: 'sms' | 'whatsapp';
  readonly machine: Machine;
  readonly judge: ReplyJudge;
  readonly answers: AnswerJudge;
  readonly conversations: WatchedConversations;
  readonly threads: WatchedThreads;
  readonly directory = new MemoryDirectory();
  readonly vendor: Vendor;
  readonly events: EventWorld;
  readonly turns: SimulatedQueue;
  readonly queue: SimulatedQueue;
  readonly people: ReplyPeople;
  private readonly workers: ReplyWorkers;
  private version: AssistantVersion = VERSIONS[0];
  private asked: readonly Conversation[] = [];

  constructor(readonly plan: ReplyPlan, tells: boolean, readonly mutation: ReplyMutation | undefined) {
    this.channel = plan.answers?.channel ?? 'sms';
    this.machine = new Machine(plan, tells);
    this.judge = new ReplyJudge(() => this.machine.now);
    this.answers = new AnswerJudge(() => this.machine.now, (words) => this.judge.blame(words));
    const watch = {
      thread: (id: string, thread: Thread, change: Parameters<ReplyJudge['thread']>[1] | undefined) => {
        if (change) this.judge.thread(thread, change);
        if (change) this.answers.thread(thread, change);
        this.workers.lookAfter(thread.due_at);
        this.events.changed({ primary_channel: `thread#${id}`, conversation_id: 'thread' });
      },
      reply: (id: string, reply: Parameters<ReplyJudge['kept']>[0], { sequence }: { readonly sequence: number }) => {
        this.judge.kept(reply, sequence);
        const said = this.judge.written.get(reply.vendorMessageId)?.said;
        this.answers.kept({ sequence, text: reply.message.content, said, quotes: reply.quotes !== undefined });
        if (mutation?.company) this.seedCompany();
        this.events.changed({ primary_channel: `thread#${id}`, conversation_id: `message#${sequence}` });
      },
      conversation: (conversation: Conversation) => {
        this.judge.record(conversation);
        this.answers.record(conversation);
        this.workers.lookAfter(conversation.due_at);
        this.events.changed(conversation);
      },
    };
    this.conversations = new WatchedConversations(watch, mutation);
    this.threads = new WatchedThreads(watch, mutation);
    this.queue = new SimulatedQueue(this.machine, (batch) => this.workers.startProcessor(batch));
    this.turns = new SimulatedQueue(this.machine, (batch) => this.workers.startTurns(batch));
    this.vendor = new Vendor(
      this.machine, { channel: this.channel, listsOtherWords: false, failsLate: false, hasOtherNames: false },
      (receipt) => this.workers.startReceipt(receipt, 5),
      ({ text, conversationId }) => {
        const record = this.conversations.all().find((one) => one.conversation_id === conversationId);
        if (record) this.answers.reaches(record);
        this.people.answerAsBot(text);
      },
    );
    this.events = new EventWorld(
      this.machine, plan, (key) => watchedRecord(key, this),
      (id) => this.conversations.all().find((one) => one.conversation_id === id), mutation,
    );
    const ports = new ReplyPorts(this);
    this.workers = new ReplyWorkers(this, ports);
    this.people = new ReplyPeople(this, ports);
  }

  /** The company has asked; its messages went. */
  async begin(): Promise<void> {
    await this.events.begin();
    this.becomes(this.version);
    const { change } = this.plan.answers ?? {};
    if (change) this.machine.after(change.at * 1000, () => this.becomes(change.to));
    for (const requestId of IDS.slice(0, this.plan.asks)) {
      const at = timestamp(START);
      const { attention: _none, due_at: _never, ...made } = sampleConversation({
        now: START, requestId, channel: this.channel,
        changes: {
          conversation_status: 'initial_message_sent', attempt_id: 'attempt', attempt_ids: ['attempt'], attempt_count: 1,
          vendor_message_id: `asked-${requestId}`, sent_at: at, delivery_status: 'accepted', expected_answers: EXPECTED,
        },
      });
      await this.directory.putIdempotencyRecord(sampleIdempotencyRecord(made));
      this.conversations.seed(made);
      this.events.changed(made);
      await this.threads.join({
        conversation: made, vendorMessageId: `asked-${requestId}`, at, expects: true,
      });
      this.asked = [...this.asked, made];
      this.answers.asks(made.conversation_id);
    }
  }

  /** The company's record as it is from now on. */
  private becomes(version: AssistantVersion): void {
    this.version = version;
    this.answers.company(version);
    this.seedCompany();
  }

  private seedCompany(): void {
    const record = this.plan.answers ? assistantOf(this.version) : { replies: 'keep' };
    this.directory.seedCompany(sampleCompany(this.mutation?.company?.(record, this.answers.texts()) ?? record));
  }

  /** A person's command about the first of the conversations. */
  step(step: PlannedStep, index: number): void {
    const [conversation] = this.asked;
    if (conversation) this.people.step(step, index, conversation);
  }

  threadId(): string {
    const [conversation] = this.asked;
    return conversation ? threadIdOf(conversation) : '';
  }
}
