import type { Conversation, ConversationKey } from '../../../src/core/lifecycle/conversation';
import type { TransportAnswer } from '../../../src/core/ports/event-transport';
import type { DeliveryCall } from '../../../src/core/ports/events';
import { timestamp } from '../../../src/core/ports/clock';
import type { CatchUpPorts } from '../../../src/events/catch-up';
import { catchUp } from '../../../src/events/catch-up';
import { deliver } from '../../../src/events/deliver';
import type { DeliveryPorts } from '../../../src/events/delivery-ports';
import type { ChangedRecord, ChangesPorts } from '../../../src/events/publish-changes';
import { publishChanges } from '../../../src/events/publish-changes';
import { cursorAt } from '../../../src/events/positions';
import { seal } from '../../../src/events/seal';
import { newSigningSecret } from '../../../src/events/sign';
import type { WatchedRecord } from '../../../src/events/watched-record';
import { dueOf, MemoryEndpoints, MemoryEventLog, MemoryLeftOut } from '../../support/memory-events';
import { FakeObserver } from '../../support/fake-observer';
import { Random } from '../../support/random';
import type { Machine, Process } from '../machine';
import { START } from '../machine';
import { remote } from './remote';
import type { ReplyMutation } from './reply-mutation';
import type { PlannedEndpoint, ReplyPlan } from './reply-plan';

const STAGE_KEY = 'the key of this simulation';
const COMPANY = 'brightpath';
const PUBLISHER_TIME = 30_000;
const DELIVERER_TIME = 60_000;
const MINUTE = 60_000;
/** Wake-ups that one call of the publisher takes. */
const BATCH = 10;
const BODY_LIMIT = 10;

/** What is published and delivered of the records: the stream that wakes the publisher, and companies' receivers. */
export class EventWorld {
  readonly log = new MemoryEventLog();
  readonly endpoints = new MemoryEndpoints();
  readonly leftOut = new MemoryLeftOut(() => this.tick());
  /** By endpoint: identifiers of the events that it took, in their order. */
  readonly taken = new Map<string, string[]>();
  private readonly random: Random;
  private readonly fails: Random;
  private readonly stream: ChangedRecord[] = [];
  private read = 0;
  /** Behind the last wake-up that a reader has. */
  private begun = 0;
  private polls = 0;
  private places = 0;
  private ticking = false;
  private readonly ready: Promise<unknown>;

  constructor(
    private readonly machine: Machine,
    private readonly plan: ReplyPlan,
    private readonly find: (key: ConversationKey) => WatchedRecord | undefined,
    private readonly requested: (conversationId: string) => Conversation | undefined,
    private readonly mutation: ReplyMutation | undefined,
  ) {
    this.random = new Random(plan.seed * 61 + 23);
    this.fails = new Random(plan.seed * 79 + 41);
    this.ready = Promise.all(plan.endpoints.map(async (_endpoint, index) => this.addEndpoint(`endpoint-${index}`)));
  }

  /** Once the endpoints stand there. */
  async begin(): Promise<void> {
    await this.ready;
  }

  /** The stream names a record that changed, later, twice, or not where a later change wakes all the same. */
  changed(key: ConversationKey): void {
    const place = String((this.places += 1));
    const waiting = this.stream.findLastIndex((one) => isSame(one.key, key));
    if (waiting >= this.begun && this.random.chance(0.2)) this.stream.splice(waiting, 1);
    const changed = { key, changedAt: this.machine.now, place };
    this.stream.push(changed, ...(this.random.chance(0.1) ? [changed] : []));
    this.pollAfter(this.random.below(this.random.chance(0.1) ? 90_000 : 1_000));
  }

  private pollAfter(milliseconds: number): void {
    const poll = (this.polls += 1);
    this.machine.after(milliseconds, () => poll === this.polls && this.poll());
  }

  /** One reader of the stream at a time; what it does not answer is read again from there. */
  private poll(): void {
    const from = this.read;
    const batch = this.stream.slice(from, from + BATCH);
    if (batch.length === 0) return;
    this.begun = Math.max(this.begun, from + batch.length);
    const poll = (this.polls += 1);
    let isAnswered = false;
    this.machine.after(PUBLISHER_TIME + 5_000, () => !isAnswered && poll === this.polls && this.poll());
    const work = async (process: Process) => {
      const failed = await publishChanges(batch, this.publisherPorts(process));
      if (from !== this.read || isAnswered) return;
      isAnswered = true;
      const at = batch.findIndex(({ place }) => place === failed);
      this.read = from + (failed === undefined ? batch.length : Math.max(0, at));
      if (this.read < this.stream.length) this.pollAfter(failed === undefined ? 1 : 5_000);
    };
    this.machine.start('publisher', PUBLISHER_TIME, work, this.random);
    // A stream may hand the same batch to a second reader.
    if (this.random.chance(0.1)) this.machine.start('publisher', PUBLISHER_TIME, work, this.random);
    this.tick();
  }

  /** Each minute in which something waits. */
  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    this.machine.after(MINUTE - ((this.machine.now - START) % MINUTE), () => {
      this.ticking = false;
      const next = this.endpoints.all().flatMap((endpoint) => {
        const due = dueOf(endpoint);
        return due === undefined ? [] : [Date.parse(due)];
      });
      if (this.leftOut.isEmpty() && next.length === 0) return;
      // Minutes in which nothing is due are left out.
      const wait = this.leftOut.isEmpty() ? Math.min(...next) - this.machine.now : 0;
      if (wait > MINUTE) {
        this.ticking = true;
        this.machine.after(wait - MINUTE, () => {
          this.ticking = false;
          this.tick();
        });
        return;
      }
      this.machine.start('catch-up', PUBLISHER_TIME, async (process) => {
        await catchUp(this.publisherPorts(process));
      }, this.random);
      this.tick();
    });
  }

  private publisherPorts(process: Process): ChangesPorts & CatchUpPorts {
    const far = <Port extends object>(name: string, port: Port) => remote(this.machine, process, name, port);
    const ports = {
      records: { find: async (key: ConversationKey) => this.machine.call(process, 'records.find', () => this.find(key)) },
      log: far('log', this.log),
      endpoints: far('endpoints', this.endpoints),
      leftOut: far('leftOut', this.leftOut),
      queue: { call: async (call: DeliveryCall) => this.machine.call(process, 'deliveries.call', () => this.call(call)) },
      clock: { now: () => this.machine.now },
      observer: new FakeObserver(),
    };
    return this.mutation?.publisher?.(ports) ?? ports;
  }

  private call(call: DeliveryCall, receives = 0): void {
    const again = () => {
      if (receives < BODY_LIMIT) this.call({ ...call, delaySeconds: 0 }, receives + 1);
    };
    const doubles = receives === 0 && this.random.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < doubles; copy += 1) {
      this.machine.after((call.delaySeconds ?? 0) * 1000 + this.random.below(400), () => {
        let isDone = false;
        this.machine.after(2 * DELIVERER_TIME, () => isDone || again());
        this.machine.start('deliverer', DELIVERER_TIME, async (process) => {
          await deliver(call, this.machine.now + DELIVERER_TIME / 2, this.deliveryPorts(process));
          isDone = true;
          this.tick();
        }, this.random);
      });
    }
  }

  private deliveryPorts(process: Process): DeliveryPorts {
    const far = <Port extends object>(name: string, port: Port) => remote(this.machine, process, name, port);
    const ports: DeliveryPorts = {
      endpoints: far('endpoints', this.endpoints),
      log: far('log', this.log),
      stored: {
        item: async () => Promise.resolve(undefined),
        requested: async (id) => this.machine.call(process, 'requested', () => this.requested(id)),
      },
      queue: { call: async (call) => this.machine.call(process, 'deliveries.call', () => this.call(call)) },
      stageKey: async () => Promise.resolve(STAGE_KEY),
      transport: {
        post: async ({ url, body }) => {
          const { id }: { readonly id: string } = JSON.parse(body);
          const name = new URL(url).hostname.split('.')[0] ?? '';
          try {
            return await this.machine.call(process, `post to ${name}`, () => this.receive(name, id), this.latency(name));
          } catch {
            return { outcome: 'failed', why: 'connection' };
          }
        },
      },
      clock: { now: () => this.machine.now, sleep: async (milliseconds) => this.machine.sleep(process, milliseconds) },
      observer: new FakeObserver(),
    };
    return this.mutation?.delivery?.(ports) ?? ports;
  }

  private receive(name: string, id: string): TransportAnswer {
    const endpoint = this.endpointOf(name);
    const seconds = (this.machine.now - START) / 1000;
    if (endpoint?.goneAt !== undefined && seconds >= endpoint.goneAt) return { outcome: 'answered', status: 410 };
    if (this.isDown(name)) {
      return endpoint?.fails === 'slowly' ? { outcome: 'failed', why: 'timeout' } : { outcome: 'answered', status: 500 };
    }
    if (this.fails.chance(endpoint?.unsteady ?? 0)) return { outcome: 'answered', status: 503 };
    this.taken.set(name, [...(this.taken.get(name) ?? []), id]);
    return { outcome: 'answered', status: 204 };
  }

  private latency(name: string): number {
    return this.isDown(name) && this.endpointOf(name)?.fails === 'slowly' ? 10_000 : 50;
  }

  private isDown(name: string): boolean {
    return (this.machine.now - START) / 1000 < (this.endpointOf(name)?.downUntil ?? 0);
  }

  private endpointOf(name: string): PlannedEndpoint | undefined {
    return this.plan.endpoints[Number(name.split('-')[1])];
  }

  private async addEndpoint(id: string): Promise<void> {
    const owner = { company_id: COMPANY, id };
    const at = timestamp(START);
    await this.endpoints.add({
      ...owner,
      project_ids: ['*'],
      url: `https://${id}.example.com/`,
      include: [],
      created_at: at,
      created_by: 'simulation',
      secrets: [{ sealed: seal(newSigningSecret(), owner, STAGE_KEY), created_at: at }],
      state: { cursor: cursorAt(0), epoch: 0, wanted: 0 },
    });
  }
}

function isSame(one: ConversationKey, other: ConversationKey): boolean {
  return one.primary_channel === other.primary_channel && one.conversation_id === other.conversation_id;
}
