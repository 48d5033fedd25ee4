import type { TurnPorts } from '../../../src/conversation/turn-ports';
import type { ProcessorPorts } from '../../../src/processor/processing';
import { VENDORS } from '../../../src/providers/vendors';
import type { InboundPorts } from '../../../src/receipts/receipt-ports';
import type { ReconcilerPorts } from '../../../src/reconciler/reconciler-ports';
import { FakeObserver } from '../../support/fake-observer';
import type { MemoryDirectory } from '../../support/memory-directory';
import { MemoryDeploymentSenders } from '../../support/memory-deployment-senders';
import { MemoryRecipientConversations } from '../../support/memory-recipient-conversations';
import { MemoryReplyAddresses } from '../../support/memory-reply-addresses';
import { MemoryRequestLimits } from '../../support/memory-request-limits';
import { metered } from '../../support/metered';
import type { SimulatedQueue } from '../channel-queue';
import type { Machine, Process } from '../machine';
import type { Vendor } from '../vendor';
import type { AnswerJudge } from './answer-judge';
import { remote } from './remote';
import type { ReplyJudge } from './reply-judge';
import type { ReplyMutation } from './reply-mutation';
import type { ReplyPlan } from './reply-plan';
import type { WatchedConversations, WatchedThreads } from './reply-stores';
import { chooseAs } from './simulated-chooser';
import { readAs } from './simulated-reader';

/** What stands outside of every process. */
export interface Chat {
  readonly plan: ReplyPlan;
  readonly mutation: ReplyMutation | undefined;
  readonly machine: Machine;
  readonly judge: ReplyJudge;
  readonly answers: AnswerJudge;
  readonly channel: 'sms' | 'whatsapp';
  readonly conversations: WatchedConversations;
  readonly threads: WatchedThreads;
  readonly directory: MemoryDirectory;
  readonly vendor: Vendor;
  readonly turns: SimulatedQueue;
  readonly queue: SimulatedQueue;
}

/** The outside as each process reaches it: every call may be slow, fail, or be the process's last. */
export class ReplyPorts {
  readonly senders = new MemoryDeploymentSenders();
  private readonly addresses = new MemoryReplyAddresses();
  private readonly limits = new MemoryRequestLimits();
  private identifiers = 0;
  private readings = 0;

  constructor(private readonly chat: Chat) {}

  private base(process: Process) {
    return {
      clock: {
        now: () => this.chat.machine.now,
        sleep: async (milliseconds: number) => this.chat.machine.sleep(process, milliseconds),
      },
      observer: new FakeObserver(),
      newIdentifier: () => `identifier-${(this.identifiers += 1)}`,
      conversations: remote(this.chat.machine, process, 'records', this.chat.conversations),
      threads: remote(this.chat.machine, process, 'threads', this.chat.threads),
      directory: remote(this.chat.machine, process, 'directory', this.chat.directory),
      handoff: {
        handOff: async ({ conversationId }: { readonly conversationId: string }) => (
          this.chat.machine.call(process, 'handOff', () => this.chat.judge.handedOff(conversationId))
        ),
      },
      turns: {
        enqueue: async ({ threadId, company, delaySeconds = 0 }: Parameters<TurnPorts['turns']['enqueue']>[0]) => (
          this.chat.machine.call(process, 'turns.enqueue', (fault) => (
            this.chat.turns.put({ channel: this.chat.channel, conversationId: threadId, company, delaySeconds }, fault?.what === 'repeat')
          ))
        ),
      },
      secrets: {
        read: async () => this.chat.machine.call(process, 'secrets.read', () => ({
          outcome: 'found' as const, fields: { sample_key: 'sample', ai_api_key: 'sample' },
        })),
      },
    };
  }

  /** Of a person's command. */
  person(process: Process) {
    return {
      ...this.base(process),
      limits: remote(this.chat.machine, process, 'limits', this.limits),
      queue: this.queue(process),
    };
  }

  inbound(process: Process): InboundPorts {
    const ports: InboundPorts = {
      ...this.base(process),
      directory: this.hearing(process),
      threads: this.keeping(process),
      aliases: remote(this.chat.machine, process, 'aliases', this.chat.directory.aliases),
      recipients: remote(
        this.chat.machine, process, 'recipients', new MemoryRecipientConversations(this.chat.conversations, this.chat.directory.aliases),
      ),
      replyAddresses: this.addresses,
      senders: this.senders,
    };
    return this.chat.mutation?.inbound?.(ports) ?? ports;
  }

  private keeping(process: Process): InboundPorts['threads'] {
    const far = remote(this.chat.machine, process, 'threads', this.chat.threads);
    return {
      keep: async (reply) => {
        const { sequence, thread } = await far.reserve(reply);
        const shown = await this.chat.machine.call(
          process, 'threads.show', () => this.chat.threads.show(reply, sequence),
        );
        return { sequence, ...(thread ? { thread } : {}), ...shown };
      },
      discard: async (reply, sequence) => far.discard(reply, sequence),
      join: async (sent) => far.join(sent),
      find: async (id) => far.find(id),
      change: async (id, change) => far.change(id, change),
    };
  }

  /** The directory, whose opt-outs are noted at the moment of the write. */
  private hearing(process: Process): InboundPorts['directory'] & TurnPorts['directory'] {
    const far = remote(this.chat.machine, process, 'directory', this.chat.directory);
    return {
      loadForProcessing: async (query) => far.loadForProcessing(query),
      putIdempotencyRecord: async (record) => far.putIdempotencyRecord(record),
      findCompany: async (query) => far.findCompany(query),
      optedOutOf: async (query) => far.optedOutOf(query),
      removeOptOut: async (lift) => far.removeOptOut(lift),
      addOptOut: async (optOut) => this.chat.machine.call(process, 'directory.addOptOut', () => {
        this.chat.judge.optedOut();
        return this.chat.directory.addOptOut(optOut);
      }),
    };
  }

  turn(process: Process): TurnPorts {
    const base = this.base(process);
    let readAt = 0;
    const ports: TurnPorts = {
      ...base,
      threads: {
        find: async (id) => base.threads.find(id),
        change: async (id, change) => base.threads.change(id, change),
        newest: async (id, limit) => {
          readAt = this.chat.machine.now;
          return base.threads.newest(id, limit);
        },
      },
      directory: this.hearing(process),
      queue: this.queue(process),
      limits: remote(this.chat.machine, process, 'limits', this.limits),
      usage: remote(this.chat.machine, process, 'limits', this.limits),
      model: {
        fill: async (request) => metered(request, async () => this.chat.machine.call(process, 'model.fill', () => {
          const at = this.readings;
          const lie = this.chat.plan.lies[at] ?? 'nothing';
          this.readings += 1;
          this.chat.judge.modelRead(request.facts, lie);
          this.chat.answers.modelRead(request.facts, readAt);
          const { answers } = this.chat.plan;
          return answers ? chooseAs(answers.choices[at] ?? 'honest', lie, request) : readAs(lie, request);
        }, 500)),
      },
    };
    return this.chat.mutation?.turn?.(ports) ?? ports;
  }

  private queue(process: Process): ProcessorPorts['queue'] {
    return {
      enqueue: async (message) => this.chat.machine.call(process, 'enqueue', (fault) => (
        this.chat.queue.put(message, fault?.what === 'repeat')
      )),
    };
  }

  processor(process: Process): ProcessorPorts {
    const ports: ProcessorPorts = {
      ...this.base(process),
      queue: this.queue(process),
      model: { fill: async () => Promise.reject(new Error("No model writes a person's reply.")) },
      provider: this.chat.vendor.providerFor(process, ({ conversationId }) => this.sendBegins(conversationId)),
      replyAddresses: this.addresses,
      senders: this.senders,
      testReplies: { take: async () => Promise.resolve() },
      random: () => this.chat.machine.random.next(),
    };
    return this.chat.mutation?.processor?.(ports) ?? ports;
  }

  private sendBegins(conversationId: string): void {
    const found = this.chat.conversations.all().find((one) => one.conversation_id === conversationId);
    if (found) this.chat.answers.sendBegins(found);
  }

  reconciler(process: Process): ReconcilerPorts {
    const { conversations, machine, threads, vendor } = this.chat;
    const lookup = vendor.lookupFor(process);
    const ports: ReconcilerPorts = {
      ...this.base(process),
      workDue: {
        due: async ({ shard, before, limit }) => {
          const due = () => [...conversations.due(shard, before, limit), ...threads.due(shard, before)];
          return due().length === 0 ? [] : machine.call(process, 'workDue.due', due);
        },
      },
      repliesDue: { due: async () => Promise.resolve([]) },
      traces: {
        tracesOf: async (recipient) => this.chat.machine.call(process, 'tracesOf', () => this.chat.conversations.all()
          .filter((one) => one.primary_channel === recipient && one.attempt_count > 0)
          .map(({ conversation_id, vendor_message_id, composition }) => ({
            conversation_id,
            ...(vendor_message_id === undefined ? {} : { vendor_message_id }),
            ...(composition ? { text: composition.filled.text } : {}),
          }))),
      },
      lookups: { sms: lookup, whatsapp: lookup, email: { settleAfter: VENDORS.email.settleAfter } },
      limits: remote(this.chat.machine, process, 'limits', this.limits),
      queue: this.queue(process),
    };
    return this.chat.mutation?.reconciler?.(ports) ?? ports;
  }
}
