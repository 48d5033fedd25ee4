import { takeTurns } from '../../../src/conversation/take-turns';
import type { TurnPorts } from '../../../src/conversation/turn-ports';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { timestamp } from '../../../src/core/ports/clock';
import type { Receipt } from '../../../src/core/ports/receipt';
import { QUEUE_RECEIVES } from '../../../src/core/queue-policy';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { processBatch } from '../../../src/processor/process-batch';
import type { ProcessorPorts } from '../../../src/processor/processing';
import { VENDORS } from '../../../src/providers/vendors';
import type { InboundPorts } from '../../../src/receipts/receipt-ports';
import { takeInbound } from '../../../src/receipts/take-inbound';
import { takeReceipt } from '../../../src/receipts/take-receipt';
import { reconcile } from '../../../src/reconciler/reconcile';
import type { ReconcilerPorts } from '../../../src/reconciler/reconciler-ports';
import { FakeObserver } from '../../support/fake-observer';
import { MemoryDirectory } from '../../support/memory-directory';
import { MemoryRecipientConversations } from '../../support/memory-recipient-conversations';
import { MemoryDeploymentSenders } from '../../support/memory-deployment-senders';
import { MemoryReplyAddresses } from '../../support/memory-reply-addresses';
import { MemoryRequestLimits } from '../../support/memory-request-limits';
import { metered } from '../../support/metered';
import {
  SAMPLE_CREDENTIALS_SECRET, sampleCompany, sampleConversation, sampleIdempotencyRecord,
} from '../../support/sample-message';
import type { Received } from '../channel-queue';
import { SimulatedQueue } from '../channel-queue';
import type { Process } from '../machine';
import { Machine, START } from '../machine';
import { Vendor } from '../vendor';
import { EventWorld } from './event-world';
import { remote } from './remote';
import { ReplyJudge } from './reply-judge';
import type { ReplyMutation } from './reply-mutation';
import type { PlannedStep, PlannedWrite, ReplyPlan } from './reply-plan';
import { WatchedConversations, WatchedThreads } from './reply-stores';
import { readAs } from './simulated-reader';
import { watchedRecord } from './watched';

const MINUTE = 60_000;
const FUNCTION_TIME = 60_000;
const RECONCILER_TIME = 55_000;
const SHORT = 10_000;
const COMPANY = 'brightpath';
const SENDER = '+447700900002';
export const PERSON = '+447700900123';
const IDS = ['3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90'] as const;
const EXPECTED = [
  { name: 'start_date', question: 'When can you start?', type: 'date', required: true },
  { name: 'shift', question: 'Which shift?', type: 'choice', choices: ['day', 'night'], required: true },
] as const satisfies Conversation['expected_answers'];

/** One chat in which the company has asked: whoever writes, reads, answers and listens in it, and each may die. */
export class ReplyWorld {
  readonly machine: Machine;
  readonly judge: ReplyJudge;
  readonly conversations: WatchedConversations;
  readonly threads: WatchedThreads;
  readonly directory = new MemoryDirectory();
  readonly vendor: Vendor;
  readonly events: EventWorld;
  readonly turns: SimulatedQueue;
  readonly queue: SimulatedQueue;
  private readonly addresses = new MemoryReplyAddresses();
  private readonly senders = new MemoryDeploymentSenders();
  private readonly limits = new MemoryRequestLimits();
  private readonly ticks = new Set<number>();
  private asked: readonly Conversation[] = [];
  private identifiers = 0;
  private readings = 0;

  constructor(readonly plan: ReplyPlan, tells: boolean, private readonly mutation?: ReplyMutation) {
    this.machine = new Machine(plan, tells);
    this.judge = new ReplyJudge(() => this.machine.now);
    const watch = {
      thread: (id: string, thread: Thread, change: Parameters<ReplyJudge['thread']>[1] | undefined) => {
        if (change) this.judge.thread(thread, change);
        this.lookAfter(thread.due_at);
        this.events.changed({ primary_channel: `thread#${id}`, conversation_id: 'thread' });
      },
      reply: (id: string, reply: Parameters<ReplyJudge['kept']>[0], { sequence }: { readonly sequence: number }) => {
        this.judge.kept(reply, sequence);
        this.events.changed({ primary_channel: `thread#${id}`, conversation_id: `message#${sequence}` });
      },
      conversation: (conversation: Conversation) => {
        this.judge.record(conversation);
        this.lookAfter(conversation.due_at);
        this.events.changed(conversation);
      },
    };
    this.conversations = new WatchedConversations(watch, mutation);
    this.threads = new WatchedThreads(watch, mutation);
    this.queue = new SimulatedQueue(this.machine, (batch) => this.startProcessor(batch));
    this.turns = new SimulatedQueue(this.machine, (batch) => this.startTurns(batch));
    this.vendor = new Vendor(
      this.machine, { channel: 'sms', listsOtherWords: false, failsLate: false, hasOtherNames: false },
      (receipt) => this.startReceipt(receipt, 5),
    );
    this.events = new EventWorld(
      this.machine, plan, (key) => watchedRecord(key, this),
      (id) => this.conversations.all().find((one) => one.conversation_id === id), mutation,
    );
  }

  /** The company has asked; its messages went. */
  async begin(): Promise<void> {
    await this.events.begin();
    this.directory.seedCompany(sampleCompany({ replies: 'keep' }));
    for (const requestId of IDS.slice(0, this.plan.asks)) {
      const at = timestamp(START);
      const { attention: _none, due_at: _never, ...made } = sampleConversation({
        now: START, requestId,
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
    }
  }

  /** The recipient writes; the vendor repeats its call until it is answered. */
  write(write: PlannedWrite, index: number, tries = 6): void {
    const message = {
      from: PERSON, to: SENDER, text: write.text, attachments: 0, vendorMessageId: `inbound-${index}`,
    };
    this.judge.wrote(write, message.vendorMessageId);
    this.machine.start('inbound', SHORT, async (process) => {
      let isTaken = false;
      this.machine.after(15_000, () => isTaken || (tries > 1 && this.write(write, index, tries - 1)));
      const access = { channel: 'sms', sender: SENDER, credentialsId: SAMPLE_CREDENTIALS_SECRET } as const;
      const heard = this.mutation?.heard?.(message) ?? message;
      const outcome = await takeInbound(heard, { companyId: COMPANY, access }, this.inboundPorts(process));
      this.machine.tell(process, `"${write.text}" is ${outcome}`);
      isTaken = true;
      this.judge.answered(message.vendorMessageId, outcome);
    });
  }

  /** A person gives a command, and repeats it where it was cut off. */
  step(step: PlannedStep, index: number, tries = 4): void {
    const [conversation] = this.asked;
    if (!conversation) return;
    this.machine.start(step.who, SHORT, async (process) => {
      let isTold = false;
      this.machine.after(20_000, () => isTold || (tries > 1 && this.step(step, index, tries - 1)));
      const ports = {
        ...this.base(process),
        conversations: remote(this.machine, process, 'records', this.conversations),
        threads: remote(this.machine, process, 'threads', this.threads),
        directory: remote(this.machine, process, 'directory', this.directory),
        limits: remote(this.machine, process, 'limits', this.limits),
        queue: this.queuePort(process),
      };
      const actor = { id: step.who, roles: [] };
      const order = { conversation, actor };
      if (step.what === 'take') {
        const first = await takeThread(ports, order);
        const from = first.outcome === 'taken_by_other' ? first.thread.taken_by : undefined;
        const result = from === undefined ? first : await takeThread(ports, { ...order, from });
        this.machine.tell(process, `take: ${result.outcome}`, result);
        if (result.outcome === 'taken' || result.outcome === 'taken_before') this.judge.silent(step.who, result);
      } else if (step.what === 'return') {
        this.machine.tell(process, `return: ${(await returnThread(ports, order)).outcome}`);
      } else {
        const result = await sendReply(ports, { ...order, text: `Words ${index} of ${step.who}.` });
        this.machine.tell(process, `send: ${result.outcome}`);
        if (result.outcome === 'queued') this.judge.queued(result.reply.conversation_id);
      }
      isTold = true;
    });
  }

  private startTurns(batch: readonly Received[]): void {
    this.machine.start('turn', this.functionTime(), async (process) => {
      const items = batch.map(({ entry, conversationId }) => ({ itemId: String(entry), threadId: conversationId }));
      const results = await takeTurns(items, this.turnPorts(process));
      await this.machine.call(process, 'respond', () => this.settle(this.turns, results));
    });
  }

  private startProcessor(batch: readonly Received[]): void {
    this.machine.start('processor', this.functionTime(), async (process) => {
      const items = batch.map(({ entry, conversationId, receiveCount }) => (
        { itemId: String(entry), conversationId, receiveCount }
      ));
      const settings = { channel: 'sms', processorVersion: '1.0.0', maxReceiveCount: QUEUE_RECEIVES } as const;
      const ports = this.processorPorts(process);
      const results = await processBatch(items, ports, settings, this.machine.now + FUNCTION_TIME);
      await this.machine.call(process, 'respond', () => this.settle(this.queue, results));
    });
  }

  private functionTime(): number {
    return this.plan.outlives ? 4 * FUNCTION_TIME : FUNCTION_TIME;
  }

  private settle(
    queue: SimulatedQueue,
    results: ReadonlyArray<{ readonly itemId: string; readonly outcome: string; readonly afterSeconds?: number }>,
  ): void {
    for (const { itemId, outcome, afterSeconds } of results) {
      if (outcome === 'done') queue.remove(Number(itemId));
      else if (outcome === 'retry') queue.hold(Number(itemId), afterSeconds ?? 0);
    }
  }

  private startReceipt(receipt: Receipt, tries: number): void {
    this.machine.start('receipt', SHORT, async (process) => {
      let isTaken = false;
      this.machine.after(15_000, () => isTaken || (tries > 1 && this.startReceipt(receipt, tries - 1)));
      const found = this.conversations.all().find((one) => one.conversation_id === receipt.conversationId);
      if (found) await takeReceipt(receipt, found, { ...this.inboundPorts(process), senders: this.senders });
      isTaken = true;
    });
  }

  /** The minute after something is due; the minutes between are left out. */
  private lookAfter(dueAt: string | undefined): void {
    if (dueAt === undefined) return;
    const minute = Math.ceil((Math.max(Date.parse(dueAt), this.machine.now) + 1 - START) / MINUTE);
    if (this.ticks.has(minute)) return;
    this.ticks.add(minute);
    this.machine.after(START + minute * MINUTE - this.machine.now, () => {
      const before = timestamp(this.machine.now + 1);
      const isDue = [...this.conversations.all(), ...this.threads.known().values()].some((one) => (
        one.attention !== undefined && one.due_at !== undefined && one.due_at < before
      ));
      if (!isDue) return;
      this.lookAfter(timestamp(this.machine.now + MINUTE / 2));
      this.machine.start('reconciler', RECONCILER_TIME, async (process) => {
        const ports = this.reconcilerPorts(process);
        await reconcile(ports, { records: 20, finishBy: this.machine.now + RECONCILER_TIME - 18_000 });
      });
    });
  }

  private base(process: Process) {
    return {
      clock: {
        now: () => this.machine.now,
        sleep: async (milliseconds: number) => this.machine.sleep(process, milliseconds),
      },
      observer: new FakeObserver(),
      newIdentifier: () => `identifier-${(this.identifiers += 1)}`,
      conversations: remote(this.machine, process, 'records', this.conversations),
      threads: remote(this.machine, process, 'threads', this.threads),
      directory: remote(this.machine, process, 'directory', this.directory),
      handoff: {
        handOff: async ({ conversationId }: { readonly conversationId: string }) => (
          this.machine.call(process, 'handOff', () => this.judge.handedOff(conversationId))
        ),
      },
      turns: {
        enqueue: async ({ threadId, company, delaySeconds = 0 }: Parameters<TurnPorts['turns']['enqueue']>[0]) => (
          this.machine.call(process, 'turns.enqueue', (fault) => (
            this.turns.put({ channel: 'sms', conversationId: threadId, company, delaySeconds }, fault?.what === 'repeat')
          ))
        ),
      },
      secrets: {
        read: async () => this.machine.call(process, 'secrets.read', () => ({
          outcome: 'found' as const, fields: { sample_key: 'sample', ai_api_key: 'sample' },
        })),
      },
    };
  }

  private inboundPorts(process: Process): InboundPorts {
    const ports: InboundPorts = {
      ...this.base(process),
      directory: this.hearing(process),
      threads: this.keeping(process),
      aliases: remote(this.machine, process, 'aliases', this.directory.aliases),
      recipients: remote(
        this.machine, process, 'recipients', new MemoryRecipientConversations(this.conversations, this.directory.aliases),
      ),
      replyAddresses: this.addresses,
      senders: this.senders,
    };
    return this.mutation?.inbound?.(ports) ?? ports;
  }

  private keeping(process: Process): InboundPorts['threads'] {
    const far = remote(this.machine, process, 'threads', this.threads);
    return {
      keep: async (reply) => {
        const sequence = await far.reserve(reply);
        const isNew = await this.machine.call(process, 'threads.show', () => this.threads.show(reply, sequence));
        return { sequence, isNew };
      },
      discard: async (reply, sequence) => far.discard(reply, sequence),
      join: async (sent) => far.join(sent),
      find: async (id) => far.find(id),
      change: async (id, change) => far.change(id, change),
    };
  }

  /** The directory, whose opt-outs are noted at the moment of the write. */
  private hearing(process: Process): InboundPorts['directory'] & TurnPorts['directory'] {
    const far = remote(this.machine, process, 'directory', this.directory);
    return {
      loadForProcessing: async (query) => far.loadForProcessing(query),
      putIdempotencyRecord: async (record) => far.putIdempotencyRecord(record),
      findCompany: async (query) => far.findCompany(query),
      optedOutOf: async (query) => far.optedOutOf(query),
      removeOptOut: async (lift) => far.removeOptOut(lift),
      addOptOut: async (optOut) => this.machine.call(process, 'directory.addOptOut', () => {
        this.judge.optedOut();
        return this.directory.addOptOut(optOut);
      }),
    };
  }

  private turnPorts(process: Process): TurnPorts {
    const ports: TurnPorts = {
      ...this.base(process),
      directory: this.hearing(process),
      queue: this.queuePort(process),
      limits: remote(this.machine, process, 'limits', this.limits),
      usage: remote(this.machine, process, 'limits', this.limits),
      model: {
        fill: async (request) => metered(request, async () => this.machine.call(process, 'model.fill', () => {
          const lie = this.plan.lies[this.readings] ?? 'nothing';
          this.readings += 1;
          this.judge.modelRead(request.facts, lie);
          return readAs(lie, request);
        }, 500)),
      },
    };
    return this.mutation?.turn?.(ports) ?? ports;
  }

  private queuePort(process: Process): ProcessorPorts['queue'] {
    return {
      enqueue: async (message) => this.machine.call(process, 'enqueue', (fault) => (
        this.queue.put(message, fault?.what === 'repeat')
      )),
    };
  }

  private processorPorts(process: Process): ProcessorPorts {
    const ports: ProcessorPorts = {
      ...this.base(process),
      queue: this.queuePort(process),
      model: { fill: async () => Promise.reject(new Error("No model writes a person's reply.")) },
      provider: this.vendor.providerFor(process, () => undefined),
      replyAddresses: this.addresses,
      senders: this.senders,
      testReplies: { take: async () => Promise.resolve() },
      random: () => this.machine.random.next(),
    };
    return this.mutation?.processor?.(ports) ?? ports;
  }

  private reconcilerPorts(process: Process): ReconcilerPorts {
    const lookup = this.vendor.lookupFor(process);
    const ports: ReconcilerPorts = {
      ...this.base(process),
      workDue: {
        due: async ({ shard, before, limit }) => {
          const due = () => [...this.conversations.due(shard, before, limit), ...this.threads.due(shard, before)];
          return due().length === 0 ? [] : this.machine.call(process, 'workDue.due', due);
        },
      },
      repliesDue: { due: async () => Promise.resolve([]) },
      traces: {
        tracesOf: async (recipient) => this.machine.call(process, 'tracesOf', () => this.conversations.all()
          .filter((one) => one.primary_channel === recipient && one.attempt_count > 0)
          .map(({ conversation_id, vendor_message_id, composition }) => ({
            conversation_id,
            ...(vendor_message_id === undefined ? {} : { vendor_message_id }),
            ...(composition ? { text: composition.filled.text } : {}),
          }))),
      },
      lookups: { sms: lookup, whatsapp: lookup, email: { settleAfter: VENDORS.email.settleAfter } },
      limits: remote(this.machine, process, 'limits', this.limits),
      queue: this.queuePort(process),
    };
    return this.mutation?.reconciler?.(ports) ?? ports;
  }

  threadId(): string {
    const [conversation] = this.asked;
    return conversation ? threadIdOf(conversation) : '';
  }
}
