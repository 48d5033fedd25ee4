import { cancelConversation } from '../../src/cancellation/cancel-conversation';
import { resolveUnconfirmed } from '../../src/operations/conversations/resolve-unconfirmed';
import type { ConversationStore } from '../../src/core/lifecycle/change';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { Directory, IdempotencyRecord } from '../../src/core/ports/directory';
import type { LanguageModel } from '../../src/core/ports/language-model';
import type { Observer } from '../../src/core/ports/observer';
import { processBatch } from '../../src/processor/process-batch';
import type { ProcessorPorts } from '../../src/processor/processing';
import { takeInbound } from '../../src/receipts/take-inbound';
import { takeReceipt } from '../../src/receipts/take-receipt';
import type { ReceiptPorts } from '../../src/receipts/receipt-ports';
import type { Receipt } from '../../src/core/ports/receipt';
import type { RecipientAliases } from '../../src/core/ports/recipient-aliases';
import { reconcile } from '../../src/reconciler/reconcile';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import { approve } from '../../src/review/approve';
import { reject } from '../../src/review/reject';
import { VENDORS } from '../../src/providers/vendors';
import type { ReviewPorts } from '../../src/review/review-ports';
import { initiateConversation } from '../../src/router/initiate';
import { sha256 } from '../../src/core/sha256';
import type { RouterPorts } from '../../src/router/router-ports';
import { ATTEMPTS } from '../../src/core/lifecycle/limits';
import type { OpenConversations } from '../../src/core/usage/request-limits';
import { ReservationReleasingStore } from '../../src/core/usage/reservation-releasing-store';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from '../support/sample-message';
import { UsageBook } from '../support/memory-request-limits';
import { metered } from '../support/metered';
import { MemoryDeploymentSenders } from '../support/memory-deployment-senders';
import { MemoryReplyAddresses } from '../support/memory-reply-addresses';
import { MemoryThreads } from '../support/memory-threads';
import { Random } from '../support/random';
import { otherNameOf, Vendor } from './vendor';
import { Records } from './records';
import { REMIND_AFTER_SECONDS } from './plan';
import type { Plan, PlannedReview } from './plan';
import type { Mutation } from './mutation';
import { Machine, START } from './machine';
import type { Process } from './machine';
import { Judge, wasSentAgain } from './judge';
import type { Received } from './channel-queue';
import { SimulatedQueue } from './channel-queue';

const API_KEY = 'sample-key-of-brightpath';
const KEY_HASH = sha256(API_KEY);
const MINUTE = 60_000;
const ROUTER_TIME = 10_000;
const FUNCTION_TIME = 60_000;
const RECONCILER_TIME = 55_000;
const USAGE = { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 };
export const RECIPIENTS = [
  {
    recipient_first_name: 'Ada',
    recipient_last_name: 'Sample',
    recipient_tel: '+447700900123',
    recipient_email: 'ada@example.com',
  },
  {
    recipient_first_name: 'Ben',
    recipient_last_name: 'Sample',
    recipient_tel: '+447700900124',
    recipient_email: 'ben@example.com',
  },
] as const;

const BUDGET = {
  currency: 'GBP',
  monthly_limit: 1000,
  prices: {
    tokens_in_per_1000: 0.01,
    tokens_out_per_1000: 0.04,
    messages: { whatsapp: 0.03, sms: 0.05, email: 0.001 },
  },
};
const OPEN = ['initiated', 'processing', 'composed', 'sending', 'awaiting_review'] as const;
/** Waits of one message that people decide about. */
const PATIENCE = 3;
const INVENTED = 'please visit https://evil.example.org now';

const SILENT: Observer = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
  duration: () => undefined,
};

/** The whole engine over ports in memory: every process of it is started here, and each may die at any call. */
export class World {
  readonly machine: Machine;
  readonly judge: Judge;
  readonly records: Records;
  readonly queue: SimulatedQueue;
  readonly vendor: Vendor;
  readonly limits = new UsageBook();
  readonly answered = new Set<string>();
  readonly handedOff = new Set<string>();
  readonly refusedAsOptedOut = new Set<string>();
  /** By address: other names of its person. */
  private readonly learned = new Map<string, Set<string>>();
  private readonly idempotencyRecords = new Map<string, IdempotencyRecord>();
  private readonly optOuts = new Map<string, Set<string>>();
  /** What a person was told of a decision. */
  readonly decided = new Map<string, 'approved' | 'rejected'>();
  /** What a person was told to have been recorded about a send that no vendor confirmed. */
  readonly resolved = new Map<string, 'sent' | 'resend'>();
  /** Messages whose clients were told that they are cancelled. */
  readonly cancelled = new Set<string>();
  private readonly resolvers: Random;
  private readonly cancellers: Random;
  private readonly companies: Record<'whole' | 'broken', Readonly<Record<string, unknown>>>;
  private readonly ticks = new Set<number>();
  private readonly waits = new Map<string, number>();
  private identifiers = 0;

  constructor(readonly plan: Plan, tells: boolean, private readonly mutation?: Mutation) {
    this.machine = new Machine(plan, tells);
    this.resolvers = new Random(plan.seed * 37 + 13);
    this.cancellers = new Random(plan.seed * 47 + 31);
    this.companies = { whole: companyOf(plan), broken: breakTemplate(companyOf(plan), plan) };
    this.judge = new Judge(
      (id) => this.records.get(id),
      (id) =>
        [...this.idempotencyRecords.values()].some((idempotency) => idempotency.conversation.conversation_id === id),
      functionTime(plan),
      () => this.isOpenedTooMany(),
    );
    this.judge.useClock(() => this.machine.now);
    this.records = new Records(this.machine, {
      created: (conversation) => {
        this.judge.created(conversation);
        this.lookAfter(conversation.due_at);
      },
      changed: (before, after, change, process) => {
        this.judge.changed(before, after, change, process);
        if (after.conversation_status === 'send_unconfirmed' && before.conversation_status !== 'send_unconfirmed') {
          this.leftUnconfirmed(after);
        }
        if (after.attention === 'review') this.heldForReview(before, after);
        else if (after.attention) this.lookAfter(after.due_at);
      },
    }, mutation);
    this.queue = new SimulatedQueue(this.machine, (batch) => this.startProcessor(batch));
    this.vendor = new Vendor(this.machine, plan, (receipt) => this.startReceipt(receipt, 5));
  }

  /** A client posts a request and, unless it is answered, posts it again. */
  post(requestNumber: number, recipient: number, tries = 4): void {
    const call = { apiKey: API_KEY, body: this.body(requestNumber, recipient), isBase64: false };
    const again = () => {
      if (tries > 1) this.post(requestNumber, recipient, tries - 1);
    };
    this.machine.start('router', ROUTER_TIME, async (process) => {
      let answered = false;
      this.machine.after(12_000 + this.machine.random.below(20_000), () => answered || again());
      const { status, body } = await initiateConversation(call, this.routerPorts(process), {
        allowedOrigins: ['*'],
        retentionDays: 30,
      });
      this.machine.tell(process, `answers ${status}`);
      const answer: Readonly<Record<string, unknown>> = JSON.parse(body);
      answered = status < 500;
      if (status === 200) this.answered.add(String(answer.conversation_id));
    });
  }

  /** A client cancels its message, and repeats the call where it was cut off. */
  cancel(requestNumber: number, tries = 3): void {
    const record = this.records.all().find(({ request_id: id }) => id.startsWith(`${requestNumber}`));
    if (!record) return;
    const { conversation_id: id } = record;
    this.machine.start('canceller', ROUTER_TIME, async (process) => {
      let isAnswered = false;
      this.machine.after(20_000, () => isAnswered || (tries > 1 && this.cancel(requestNumber, tries - 1)));
      const ports = {
        ...this.basePorts(process), directory: this.directoryPort(process), conversations: this.recordsPort(process),
        threads: new MemoryThreads(),
      };
      const { status } = await cancelConversation({ apiKey: API_KEY, pathPart: encodeURIComponent(id) }, ports, ['*']);
      this.machine.tell(process, `answers ${status}`);
      isAnswered = status < 500;
      if (status === 200) this.cancelled.add(id);
    }, this.cancellers);
  }

  /** By another name the stop comes in as the vendor reports it, and counts once the vendor has told both names. */
  optOut(recipient: number): void {
    const { address, sender } = this.addresses(recipient);
    this.machine.tell(undefined, `recipient ${recipient} says stop`);
    if (this.plan.hasOtherNames) this.startInbound(otherNameOf(address), sender, 5);
    else this.hearOptOut(address, sender);
  }

  /** Words that answer nothing: whoever writes them is not to be reminded. */
  reply(recipient: number): void {
    const { address, sender } = this.addresses(recipient);
    this.startInbound(address, sender, 5, 'I will tell you tomorrow.');
  }

  private isOpenedTooMany(): boolean {
    // What a person has sent again is the person's to answer for, beyond any limit.
    const open = this.records
      .all()
      .filter((record) => OPEN.some((each) => each === record.conversation_status) && !wasSentAgain(record));
    return this.plan.openLimit !== undefined && open.length > this.plan.openLimit;
  }

  addresses(recipient: number): { readonly address: string; readonly sender: string } {
    const person = RECIPIENTS[recipient] ?? RECIPIENTS[0];
    const senders = { sms: '447700900002', whatsapp: '447700900001', email: 'talent@example.com' };
    return {
      address: this.plan.channel === 'email' ? person.recipient_email : person.recipient_tel,
      sender: senders[this.plan.channel],
    };
  }

  /** False if it was heard before. */
  private hearOptOut(address: string, sender: string): boolean {
    const known = this.optOuts.get(address) ?? new Set();
    const isNew = !known.has(sender);
    this.optOuts.set(address, known.add(sender));
    this.noteOptOuts();
    return isNew;
  }

  /** From this moment no send to any of these addresses may be claimed. */
  private noteOptOuts(): void {
    for (const { primary_channel: address } of this.records.all()) {
      const isKnown = this.namesOf(address).some((name) => this.optOuts.has(name));
      if (isKnown && !this.judge.optOuts.has(address)) this.judge.optOuts.set(address, this.machine.now);
    }
  }

  /** The address and the other names of its person that the vendor has reported. */
  private namesOf(address: string): readonly string[] {
    return [address, ...(this.learned.get(address) ?? [])];
  }

  private body(requestNumber: number, recipient: number): string {
    return JSON.stringify({
      company_data: { company_id: 'brightpath', project_id: 'cv-review' },
      recipient_data: { ...RECIPIENTS[recipient], comms_consent: true },
      project_data: { reference: `R-${requestNumber}` },
      request_data: {
        request_id: `${requestNumber}f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90`,
        channel_method: this.plan.channel,
        initial_request_timestamp: '2026-11-02T08:59:58Z',
        ...(this.plan.clients.sendAt === undefined
          ? {}
          : { send_at: new Date(START + this.plan.clients.sendAt * 1000).toISOString() }),
      },
    });
  }

  private startProcessor(batch: readonly Received[]): void {
    this.machine.start('processor', functionTime(this.plan), async (process) => {
      const deadline = this.machine.now + FUNCTION_TIME;
      const items = batch.map(({ entry, conversationId, receiveCount }) => ({
        itemId: String(entry), conversationId, receiveCount,
      }));
      const settings = { channel: this.plan.channel, processorVersion: '1.0.0', maxReceiveCount: QUEUE_RECEIVES };
      const ports = this.processorPorts(process);
      const results = await processBatch(items, this.mutation?.processor?.(ports) ?? ports, settings, deadline);
      await this.machine.call(process, 'respond', () => {
        for (const result of results) {
          if (result.outcome === 'done') this.queue.remove(Number(result.itemId));
          else if (result.outcome === 'retry') this.queue.hold(Number(result.itemId), result.afterSeconds);
        }
      });
    });
  }

  private startInbound(from: string, sender: string, tries: number, text = 'STOP'): void {
    this.machine.start('inbound', ROUTER_TIME, async (process) => {
      let taken = false;
      this.machine.after(15_000, () => taken || (tries > 1 && this.startInbound(from, sender, tries - 1, text)));
      const message = { from, to: sender, text, attachments: 0, vendorMessageId: `${text}-of-${from}` };
      const access = { channel: this.plan.channel, sender, credentialsId: SAMPLE_CREDENTIALS_SECRET };
      await takeInbound(message, { companyId: 'brightpath', company: this.company(), access }, {
        ...this.basePorts(process),
        directory: this.directoryPort(process),
        aliases: this.aliasesPort(process),
        conversations: this.recordsPort(process),
        recipients: { newest: () => this.machine.call(process, 'newest', () => this.newestTo(from)) },
        threads: new MemoryThreads(),
        senders: new MemoryDeploymentSenders(),
        replyAddresses: new MemoryReplyAddresses(),
        turns: { enqueue: () => this.machine.call(process, 'enqueueTurn', () => undefined) },
        handoff: { handOff: () => this.machine.call(process, 'handOff', () => undefined) },
      });
      taken = true;
    });
  }

  private newestTo(name: string): Conversation | undefined {
    return this.records.all().findLast(({ primary_channel: address }) => this.namesOf(address).includes(name));
  }

  private aliasesPort(process: Process): Pick<RecipientAliases, 'learn'> {
    return {
      learn: ({ address, alias }) =>
        this.machine.call(process, 'learn', () => {
          this.learned.set(address, (this.learned.get(address) ?? new Set()).add(alias));
          this.noteOptOuts();
        }),
    };
  }

  private startReceipt(receipt: Receipt, tries: number): void {
    this.machine.start('receipt', ROUTER_TIME, async (process) => {
      let taken = false;
      // A vendor that is not answered posts again.
      this.machine.after(15_000, () => taken || (tries > 1 && this.startReceipt(receipt, tries - 1)));
      const store = this.recordsPort(process);
      const found = this.records.get(receipt.conversationId);
      const conversation = found && (await store.find(found));
      if (conversation) {
        await takeReceipt(receipt, conversation, {
          ...this.basePorts(process),
          conversations: store,
          directory: this.directoryPort(process),
          aliases: this.aliasesPort(process),
          senders: new MemoryDeploymentSenders(),
        } satisfies ReceiptPorts);
      }
      taken = true;
    });
  }

  private company() {
    return this.machine.now < START + this.plan.review.brokenFor * 1000 ? this.companies.broken : this.companies.whole;
  }

  /** People look, each in their own time; the reconciler does once the message has expired. */
  private heldForReview(before: Conversation, held: Conversation): void {
    if (before.attention === 'review') return;
    const waits = (this.waits.get(held.conversation_id) ?? 0) + 1;
    this.waits.set(held.conversation_id, waits);
    this.lookAfter(new Date(Date.parse(held.send_before) + 1).toISOString());
    if (waits > PATIENCE) return;
    for (const { after, what } of this.plan.review.decisions) {
      this.machine.after(after * 1000, () => this.decide(held.conversation_id, what, 3));
    }
  }

  /** A person decides, and repeats the command where it was cut off. */
  private decide(conversationId: string, what: PlannedReview['decisions'][number]['what'], tries: number): void {
    this.machine.start('operator', ROUTER_TIME, async (process) => {
      let told = false;
      this.machine.after(20_000, () => told || (tries > 1 && this.decide(conversationId, what, tries - 1)));
      const base: ReviewPorts = {
        ...this.basePorts(process),
        directory: this.directoryPort(process),
        conversations: this.recordsPort(process),
        queue: this.queuePort(process),
      };
      const ports = this.mutation?.review?.(base) ?? base;
      const order = { conversationId, reviewer: process.name };
      const result =
        what === 'reject'
          ? await reject({ ...order, note: 'not now' }, ports)
          : await approve({ ...order, ...this.edited(what) }, ports);
      told = true;
      this.machine.tell(process, `${what}: ${result.outcome}`);
      if (result.outcome === 'rejected' || result.outcome === 'rejected_before') {
        this.decided.set(conversationId, 'rejected');
      }
      if (result.outcome === 'approved') this.decided.set(conversationId, 'approved');
    });
  }

  private leftUnconfirmed({ conversation_id: id }: Conversation): void {
    for (const after of this.plan.resolving) this.machine.after(after * 1000, () => this.resolve(id, 3));
  }

  /**
   * A person looks the message up in the vendor's console and says what became of it; the command is repeated where it
   * was cut off.
   */
  private resolve(conversationId: string, tries: number): void {
    this.machine.start('resolver', ROUTER_TIME, async (process) => {
      let told = false;
      this.machine.after(20_000, () => told || (tries > 1 && this.resolve(conversationId, tries - 1)));
      const clock = { now: () => this.machine.now, sleep: async () => Promise.resolve() };
      const ports = { conversations: this.recordsPort(process), queue: this.queuePort(process), clock };
      const key = this.records.get(conversationId);
      const seen = key && await ports.conversations.find(key);
      const found = this.vendor.accepted.find((message) => message.conversationId === conversationId);
      if (seen?.conversation_status === 'send_unconfirmed' && (found || seen.attempt_count < ATTEMPTS)) {
        const as = found ? 'sent' : 'resend';
        const actor = { id: process.name, roles: [] };
        const { outcome } = await resolveUnconfirmed(ports, seen, { as, actor, vendorMessageId: found?.id });
        if (outcome !== 'resolved') throw new Error(`It could not be resolved: ${outcome}`);
        this.machine.tell(process, `resolves as ${as}`);
        this.resolved.set(conversationId, as);
      }
      told = true;
    }, this.resolvers);
  }

  private edited(what: PlannedReview['decisions'][number]['what']) {
    const name = this.plan.channel === 'whatsapp' ? '2' : 'question';
    if (what === 'approve') return {};
    return { values: { [name]: what === 'approve edited' ? 'could you tell us more?' : INVENTED } };
  }

  /**
   * A run of the reconciler in the minute after the record is due; the minutes between, in which nothing is due, are
   * left out.
   */
  private lookAfter(dueAt: string | undefined): void {
    if (dueAt === undefined) return;
    const minute = Math.ceil((Math.max(Date.parse(dueAt), this.machine.now) + 1 - START) / MINUTE);
    if (this.ticks.has(minute)) return;
    this.ticks.add(minute);
    this.machine.after(START + minute * MINUTE - this.machine.now, () => this.startReconciler());
  }

  private startReconciler(): void {
    const now = new Date(this.machine.now + 1).toISOString();
    const isDue = this.records.all().find(({ attention, due_at: at, send_before: until }) =>
      (attention?.startsWith('stuck') && at !== undefined && at < now) || (attention === 'review' && until < now));
    if (!isDue) return;
    this.lookAfter(new Date(this.machine.now + MINUTE / 2).toISOString());
    this.machine.start('reconciler', RECONCILER_TIME, async (process) => {
      const ports = this.reconcilerPorts(process);
      const done = await reconcile(this.mutation?.reconciler?.(ports) ?? ports, {
        records: 20,
        finishBy: this.machine.now + RECONCILER_TIME - 18_000,
      });
      this.machine.tell(process, 'ends', done);
      const { scheduled: _expected, ...pushed } = done;
      this.judge.pushes += Object.values(pushed).reduce((sum, count) => sum + count, 0);
    });
  }

  /** The records as every process has them that may bring a message to rest. */
  private recordsPort(process: Process): ConversationStore {
    const usage: OpenConversations = {
      releaseReservation: (settled) =>
        this.machine.call(process, 'releaseReservation', () => this.limits.releaseReservation(settled)),
    };
    return new ReservationReleasingStore(this.records.portFor(process), this.mutation?.usage?.(usage) ?? usage, SILENT);
  }

  private basePorts(process: Process) {
    return {
      clock: {
        now: () => this.machine.now,
        sleep: (milliseconds: number) => this.machine.sleep(process, milliseconds),
      },
      observer: SILENT,
      newIdentifier: () => `identifier-${(this.identifiers += 1)}`,
    };
  }

  private routerPorts(process: Process): RouterPorts {
    const ports: RouterPorts = {
      ...this.basePorts(process),
      directory: this.directoryPort(process),
      conversations: this.records.portFor(process),
      queue: this.queuePort(process),
      limits: this.limitsPort(process),
    };
    return this.mutation?.router?.(ports) ?? ports;
  }

  private processorPorts(process: Process): ProcessorPorts {
    return {
      ...this.basePorts(process),
      directory: this.directoryPort(process),
      conversations: this.recordsPort(process),
      queue: this.queuePort(process),
      handoff: {
        handOff: (item) => this.machine.call(process, 'handOff', () => void this.handedOff.add(item.conversationId)),
      },
      secrets: { read: (secretId) => this.machine.call(process, 'secrets.read', () => secretOf(secretId)) },
      model: this.modelFor(process),
      // No message of the simulation expects answers yet.
      threads: new MemoryThreads(),
      provider: this.vendor.providerFor(process, ({ conversationId, attemptId }) =>
        this.judge.sendBegins(conversationId, attemptId),
      ),
      replyAddresses: new MemoryReplyAddresses(),
      senders: new MemoryDeploymentSenders(),
      testReplies: { take: () => this.machine.call(process, 'testReplies.take', () => undefined) },
      random: () => this.machine.random.next(),
    };
  }

  private reconcilerPorts(process: Process): ReconcilerPorts {
    const lookup = this.vendor.lookupFor(process);
    return {
      ...this.basePorts(process),
      workDue: {
        // Shards that are empty cost no call, which keeps runs short.
        due: async ({ shard, before, limit }) => (this.records.due(shard, before, 1).length === 0
          ? []
          : this.machine.call(process, 'workDue.due', () => this.records.due(shard, before, limit))),
      },
      repliesDue: { due: () => Promise.resolve([]) },
      conversations: this.recordsPort(process),
      traces: { tracesOf: (recipient) => this.machine.call(process, 'tracesOf', () => this.records.traces(recipient)) },
      directory: this.directoryPort(process),
      secrets: { read: (secretId) => this.machine.call(process, 'secrets.read', () => secretOf(secretId)) },
      lookups: { sms: lookup, whatsapp: lookup, email: { settleAfter: VENDORS.email.settleAfter } },
      limits: this.limitsPort(process),
      queue: this.queuePort(process),
      threads: new MemoryThreads(),
      turns: { enqueue: () => this.machine.call(process, 'enqueueTurn', () => undefined) },
    };
  }

  private limitsPort(process: Process): RouterPorts['limits'] {
    return {
      take: (request) => this.machine.call(process, 'limits.take', () => this.limits.take(request)),
      release: (counted) =>
        this.machine
          .call(process, 'limits.release', () => this.limits.releaseReservation({ ...counted, cost: 0 }))
          .then(() => undefined),
    };
  }

  private queuePort(process: Process): RouterPorts['queue'] {
    return {
      enqueue: (message) =>
        this.machine.call(process, 'enqueue', (fault) => this.queue.put(message, fault?.what === 'repeat')),
    };
  }

  private modelFor(process: Process): LanguageModel {
    return {
      fill: (request) => {
        const fault = this.machine.fault('fill')?.what;
        // An outage of the repair loses the answer that it was to repair.
        if (fault === 'unavailable') process.struck = true;
        return metered(request, () => this.machine.call(process, 'model.fill', () => {
          if (fault === 'unavailable') return { outcome: 'unavailable', retryAfterSeconds: 20 };
          const question = fault === 'unprovable' || request.repair ? INVENTED : 'are you there?';
          this.judge.modelPaid(this.conversationOf(request.facts), process);
          return {
            outcome: 'values',
            values: this.plan.channel === 'whatsapp' ? { 2: question } : { question },
            usage: USAGE,
          };
        }, fault === 'slow' ? 40_000 : 500));
      },
    };
  }

  /** The facts name the request. */
  private conversationOf(facts: string): string {
    const requestNumber = /R-(\d)/.exec(facts)?.[1];
    return this.records.all().find(({ request_id: id }) => id.startsWith(`${requestNumber}`))?.conversation_id ?? '';
  }

  private directoryPort(process: Process): Omit<Directory, 'projectsOf' | 'projectIdsOf'> {
    const call = <Value>(name: string, effect: () => Value) => this.machine.call(process, name, effect);
    const guardOf = (requestId: string) => {
      const idempotency = this.idempotencyRecords.get(requestId);
      return idempotency ? { idempotency } : {};
    };
    const names = (recipient: string) => (this.mutation?.forgetsNames ? [recipient] : this.namesOf(recipient));
    const optedOutOf = (recipient: string) => names(recipient).flatMap((name) => [...(this.optOuts.get(name) ?? [])]);
    const key = {
      company_id: 'brightpath',
      project_ids: ['cv-review'],
      created_at: '2026-01-01T00:00:00.000Z',
      ...(this.plan.clients.isTest ? { test: true as const } : {}),
    };
    return {
      keyGrant: (hash) => call('keyGrant', () => (hash === KEY_HASH ? key : undefined)),
      loadForAccept: ({ requestId, recipient }) =>
        call('loadForAccept', () => ({
          key,
          company: this.company(),
          ...guardOf(requestId),
          optedOutOf: optedOutOf(recipient),
        })),
      loadForRead: ({ requestId }) => call('loadForRead', () => ({ key, ...guardOf(requestId) })),
      putIdempotencyRecord: (idempotency) =>
        call('putIdempotencyRecord', () => {
          const earlier = this.idempotencyRecords.get(idempotency.request_id);
          if (!earlier) this.idempotencyRecords.set(idempotency.request_id, idempotency);
          return earlier;
        }),
      findCompany: () => call('findCompany', () => this.company()),
      loadForProcessing: ({ requestId }) =>
        call('loadForProcessing', () => ({ company: this.company(), ...guardOf(requestId) })),
      optedOutOf: ({ recipient }) => call('optedOutOf', () => optedOutOf(recipient)),
      addOptOut: ({ recipient, sender }) => call('addOptOut', () => this.hearOptOut(recipient, sender)),
      removeOptOut: ({ recipient }) => call('removeOptOut', () => void this.optOuts.delete(recipient)),
    };
  }
}

/** Milliseconds until a processor is killed. */
export function functionTime(plan: Plan): number {
  return plan.outlives ? 4 * FUNCTION_TIME : FUNCTION_TIME;
}

function secretOf(secretId: string) {
  const fields: Readonly<Record<string, string>> =
    secretId === SAMPLE_CREDENTIALS_SECRET ? { sample_key: 'sample-credential' } : { ai_api_key: 'sample-model-key' };
  return { outcome: 'found', fields } as const;
}

/** A template that no value can make right. */
function breakTemplate(company: ReturnType<typeof companyOf>, { channel }: Plan) {
  const settings = company.channel_config[channel];
  return {
    ...company,
    channel_config: {
      [channel]: { ...settings, template: { ...settings?.template, language: 'en-GB', variables: {} } },
    },
  };
}

function companyOf({ channel, resends, validMinutes, review, openLimit, asks }: Plan) {
  const limited =
    openLimit === undefined ? {} : { rate_limits: { concurrent_conversations: openLimit }, budget: BUDGET };
  const reminds = asks ? { remind_after_minutes: REMIND_AFTER_SECONDS / 60 } : {};
  const company = sampleCompany({ auto_queue_initial_message: review.isAsked, ...limited, ...reminds });
  const { template, ...settings } = company.channel_config[channel];
  const changed = {
    ...template,
    resend_on_unknown: resends,
    ...(validMinutes === undefined ? {} : { valid_for_minutes: validMinutes }),
  };
  const asking = asks && {
    template: { ...changed, answers: [{ name: 'shift', question: 'Which shift?', type: 'text' }] },
    reminder_template: { ...changed, ...reminderWords(channel) },
  };
  return { ...company, channel_config: { [channel]: { ...settings, template: changed, ...asking } } };
}

/** Copied alone, so that no model is asked. */
function reminderWords(channel: Plan['channel']) {
  const name = channel === 'whatsapp' ? '1' : 'first_name';
  const copied = { description: 'Name', max_length: 40, copy_of: 'recipient_data.recipient_first_name' };
  const words = `Hello {{${name}}}, did you see our question?`;
  return { name: 'again', variables: { [name]: copied }, ...(channel === 'email' ? { text: words } : { body: words }) };
}
