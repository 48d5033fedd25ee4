import type { ClientEvent } from '../../src/core/events/client-event';
import type { Endpoint } from '../../src/core/events/endpoint';
import { DUE_INDEX, EVENT_INDEX } from '../../src/core/indexes';
import { timestamp } from '../../src/core/ports/clock';
import type { DeliveryCall } from '../../src/core/ports/events';
import type { TransportAnswer } from '../../src/core/ports/event-transport';
import { deliver } from '../../src/events/deliver';
import type { DeliveryPorts } from '../../src/events/delivery-ports';
import { eventIdentifier } from '../../src/events/identifier';
import { cursorAt, positionAt } from '../../src/events/positions';
import { seal } from '../../src/events/seal';
import { newSigningSecret } from '../../src/events/sign';
import { DynamoDbEndpoints } from '../../src/records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../../src/records/dynamodb-event-log';
import { DynamoDbWatchedRecords } from '../../src/records/dynamodb-watched-records';
import type { DynaliteTables } from './dynalite-tables';
import { createTable } from './dynalite-tables';
import { FakeClock } from './fake-clock';
import { FakeObserver } from './fake-observer';

export const EVENT_TABLE = 'events';
const STAGE_KEY = 'the key of this test';
export const COMPANY = 'brightpath';

/** The table of events with its indexes. */
export async function createEventTable({ client }: DynaliteTables): Promise<void> {
  const names = ['owner_key', 'item_key', EVENT_INDEX.partitionKey, DUE_INDEX.partitionKey, DUE_INDEX.sortKey];
  const key = (partition: string, sort?: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
  ];
  const Projection = { ProjectionType: 'KEYS_ONLY' as const };
  await createTable(client, {
    TableName: EVENT_TABLE,
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: key('owner_key', 'item_key'),
    GlobalSecondaryIndexes: [
      { IndexName: EVENT_INDEX.name, KeySchema: key(EVENT_INDEX.partitionKey), Projection },
      { IndexName: DUE_INDEX.name, KeySchema: key(DUE_INDEX.partitionKey, DUE_INDEX.sortKey), Projection },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
}

/** Deliveries over the real records, to endpoints that answer as a test says. */
export class EventsWorld {
  readonly clock = new FakeClock();
  readonly observer = new FakeObserver();
  readonly endpoints: DynamoDbEndpoints;
  readonly log: DynamoDbEventLog;
  readonly calls: DeliveryCall[] = [];
  readonly posts: Array<{ readonly url: string; readonly event: { readonly id: string; readonly type: string } }> = [];
  readonly secrets = new Map<string, string>();
  answer: (url: string, id: string) => TransportAnswer | Promise<TransportAnswer> = () => TAKEN;
  private readonly stored: DynamoDbWatchedRecords;
  private events = 0;

  constructor(dynalite: DynaliteTables) {
    this.endpoints = new DynamoDbEndpoints(dynalite.records, EVENT_TABLE);
    this.log = new DynamoDbEventLog(dynalite.records, EVENT_TABLE);
    this.stored = new DynamoDbWatchedRecords(dynalite.records, dynalite.tables.conversations);
  }

  get ports(): DeliveryPorts {
    return {
      endpoints: this.endpoints,
      log: this.log,
      stored: this.stored,
      clock: this.clock,
      observer: this.observer,
      queue: { call: async (call) => { this.calls.push(call); return Promise.resolve(); } },
      stageKey: async () => Promise.resolve(STAGE_KEY),
      transport: {
        post: async ({ url, body }) => {
          const event = JSON.parse(body) as { readonly id: string; readonly type: string };
          this.posts.push({ url, event });
          return this.answer(url, event.id);
        },
      },
    };
  }

  async addEndpoint(id: string, change: Partial<Endpoint> = {}): Promise<Endpoint> {
    const secret = newSigningSecret();
    this.secrets.set(id, secret);
    const owner = { company_id: COMPANY, id };
    const at = timestamp(this.clock.now());
    const endpoint: Endpoint = {
      ...owner,
      project_ids: ['*'],
      url: `https://${id}.example.com/`,
      include: [],
      created_at: at,
      created_by: 'test',
      secrets: [{ sealed: seal(secret, owner, STAGE_KEY), created_at: at }],
      state: { cursor: cursorAt(0), epoch: 0, wanted: 0 },
      ...change,
    };
    await this.endpoints.add(endpoint);
    return endpoint;
  }

  /** An event that is settled by now. */
  async publish(change: Partial<ClientEvent> = {}): Promise<string> {
    this.events += 1;
    const id = eventIdentifier('record', String(this.events));
    const now = this.clock.now();
    const event: ClientEvent = {
      id,
      type: 'message.sent',
      at: timestamp(now),
      company_id: COMPANY,
      project_id: 'hiring',
      sequence: this.events,
      data: { conversation_id: `c${this.events}` },
      time_to_live: Math.floor(now / 1000) + 86_400,
      ...change,
    };
    await this.log.append({ position: positionAt(now, this.events, id), event });
    this.clock.advance(2_000);
    return id;
  }

  async deliver(endpoint: string, call: Partial<DeliveryCall> = {}): Promise<readonly string[]> {
    const before = this.posts.length;
    await deliver({ company: COMPANY, endpoint, ...call }, this.clock.now() + 30_000, this.ports);
    return this.posts.slice(before).map(({ event }) => event.id);
  }

  async state(endpoint: string) {
    return (await this.endpoints.find(COMPANY, endpoint))?.state;
  }
}

export const TAKEN: TransportAnswer = { outcome: 'answered', status: 204 };
export const answered = (status: number): TransportAnswer => ({ outcome: 'answered', status });
