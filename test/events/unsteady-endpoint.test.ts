import type { ClientEvent } from '../../src/core/events/client-event';
import { timestamp } from '../../src/core/ports/clock';
import type { DeliveryCall } from '../../src/core/ports/events';
import type { TransportAnswer } from '../../src/core/ports/event-transport';
import { deliver } from '../../src/events/deliver';
import { eventIdentifier } from '../../src/events/identifier';
import { cursorAt, positionAt } from '../../src/events/positions';
import { seal } from '../../src/events/seal';
import { newSigningSecret } from '../../src/events/sign';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { dueOf, MemoryEndpoints, MemoryEventLog } from '../support/memory-events';
import { Random } from '../support/random';

const COMPANY = 'brightpath';
const STAGE_KEY = 'the key of this test';
const EVENTS = 1_000;
const RECORDS = 250;
const MOST = 950;
/** Milliseconds of a post, of which eight run at once. */
const POST = 50 / 8;

/** An endpoint that has a thousand events to take, each record's in its order, and answers as a test says. */
class Backlog {
  readonly clock = new FakeClock();
  readonly taken: string[] = [];
  readonly endpoints = new MemoryEndpoints();
  readonly records = new Map<string, string>();
  posts = 0;
  private readonly log = new MemoryEventLog();
  private readonly calls: DeliveryCall[] = [];

  constructor(private readonly answer: (event: string) => TransportAnswer['outcome'] | number) {}

  async fill(): Promise<void> {
    const owner = { company_id: COMPANY, id: 'a' };
    const at = timestamp(this.clock.now());
    await this.endpoints.add({
      ...owner, project_ids: ['*'], url: 'https://a.example.com/', include: [], created_at: at, created_by: 'test',
      secrets: [{ sealed: seal(newSigningSecret(), owner, STAGE_KEY), created_at: at }],
      state: { cursor: cursorAt(0), epoch: 0, wanted: 0 },
    });
    for (let count = 0; count < EVENTS; count += 1) await this.publish(count, `c${(count * 7) % RECORDS}`);
    this.clock.advance(2_000);
  }

  async publish(count: number, record: string): Promise<string> {
    const id = eventIdentifier(record, String(count));
    this.records.set(id, record);
    const now = this.clock.now();
    const event: ClientEvent = {
      id, type: 'message.sent', at: timestamp(now), company_id: COMPANY, sequence: count,
      data: { conversation_id: record }, time_to_live: Math.floor(now / 1000) + 86_400,
    };
    await this.log.append({ position: positionAt(now, count, id), event });
    this.clock.advance(1);
    return id;
  }

  /** One call of the delivering function; how many events were taken in it. */
  async round(): Promise<number> {
    const before = this.taken.length;
    await deliver({ company: COMPANY, endpoint: 'a' }, this.clock.now() + 30_000, {
      endpoints: this.endpoints,
      log: this.log,
      stored: { item: async () => Promise.resolve(undefined), requested: async () => Promise.resolve(undefined) },
      queue: { call: async (call) => Promise.resolve(void this.calls.push(call)) },
      stageKey: async () => Promise.resolve(STAGE_KEY),
      transport: { post: async ({ body }) => this.receive((JSON.parse(body) as { readonly id: string }).id) },
      clock: this.clock,
      observer: new FakeObserver(),
    });
    return this.taken.length - before;
  }

  /** Rounds, and the pauses between them, until so many were taken. */
  async drain(wanted: number): Promise<number> {
    let rounds = 0;
    for (; this.taken.length < wanted && rounds < EVENTS; rounds += 1) {
      await this.round();
      const [endpoint] = this.endpoints.all();
      const due = endpoint && dueOf(endpoint);
      if (due !== undefined) this.clock.advanceTo(Date.parse(due));
    }
    return rounds;
  }

  private async receive(id: string): Promise<TransportAnswer> {
    this.posts += 1;
    this.clock.advance(POST);
    // Eight posts are under way at once.
    await new Promise(setImmediate);
    const answer = this.answer(id);
    if (typeof answer !== 'number') return { outcome: 'failed', why: 'connection' };
    if (answer < 300) this.taken.push(id);
    return { outcome: 'answered', status: answer };
  }
}

test.each([
  { failing: 0, mean: 950 },
  { failing: 0.05, mean: 900 },
  { failing: 0.2, mean: 450 },
  { failing: 0.5, mean: 60 },
])('an endpoint that fails $failing of its calls gets at least $mean events a round, in order, none twice', async ({
  failing, mean,
}) => {
  const random = new Random(17);
  const backlog = new Backlog(() => (random.chance(failing) ? 503 : 204));
  await backlog.fill();
  // The last few wait for the second and third attempts of single records.
  const rounds = await backlog.drain(MOST);
  expect(MOST / rounds).toBeGreaterThanOrEqual(mean);
  await backlog.drain(EVENTS);
  expect(new Set(backlog.taken).size).toBe(EVENTS);
  expect(backlog.taken).toHaveLength(EVENTS);
  for (const record of new Set(backlog.records.values())) {
    const wanted = [...backlog.records].flatMap(([id, one]) => (one === record ? [id] : []));
    expect(backlog.taken.filter((id) => backlog.records.get(id) === record)).toEqual(wanted);
  }
});
