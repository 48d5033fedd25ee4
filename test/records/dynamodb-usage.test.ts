import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CountedRequest } from '../../src/core/usage/usage';
import { entryName, formatEntry, OPEN_AT_MOST, parseEntry } from '../../src/core/usage/usage';
import { DynamoDbRequestLimits } from '../../src/records/dynamodb-request-limits';
import { DynamoDbUsage } from '../../src/records/dynamodb-usage';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import { Random } from '../support/random';
import { failingTables } from '../support/scripted-tables';

const MORNING = Date.parse('2026-11-28T09:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let dynalite: DynaliteTables;
let projects = 0;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(() => dynalite.stop());

const limiter = () => new DynamoDbRequestLimits(dynalite.records, dynalite.tables.conversations);
const ledger = () => new DynamoDbUsage(dynalite.records, dynalite.tables.conversations);
const uuid = (number: number) => `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** A request of a project that no other test uses. */
function project(limits: CountedRequest['limits'], monthly?: number) {
  projects += 1;
  const owner = { company: 'brightpath', project: `usage-${projects}` };
  const request = (changes: Partial<CountedRequest> & { readonly cost?: number } = {}): CountedRequest => {
    const { cost = 10, now = MORNING, ...rest } = changes;
    return {
      ...owner,
      requestId: randomUUID(),
      limits,
      openUntil: now + HOUR,
      now,
      ...(monthly === undefined ? {} : { budget: { monthly, reserved: cost } }),
      ...rest,
    };
  };
  return { owner, request };
}

async function item({ company, project: name }: { readonly company: string; readonly project: string }) {
  const Key = { primary_channel: `usage#${company}#${name}`, conversation_id: 'now' };
  return (
    await dynalite.client.send(
      new GetCommand({ TableName: dynalite.tables.conversations, Key, ConsistentRead: true }),
    )
  ).Item;
}

async function taken(limits: DynamoDbRequestLimits, request: CountedRequest): Promise<string> {
  const decision = await limits.take(request);
  if (!decision.allowed || decision.entry === undefined) throw new Error('It was not counted.');
  return decision.entry;
}

describe('open conversations', () => {
  test('are let through up to the limit, and again once one has come to rest', async () => {
    const { request } = project({ concurrent_conversations: 2 });
    const limits = limiter();
    const first = request();
    const entry = await taken(limits, first);
    await taken(limits, request());
    expect(await limits.take(request())).toEqual({
      allowed: false,
      limit: 'concurrent_conversations',
      retryAfterSeconds: 10,
    });
    await ledger().releaseReservation({ ...first, entry });
    expect((await limits.take(request())).allowed).toBe(true);
  });

  test('of many functions at once are exactly as many as the limit allows', async () => {
    const { request, owner } = project({ concurrent_conversations: 7, requests_per_minute: 100 });
    const decisions = await Promise.all(Array.from({ length: 20 }, () => limiter().take(request())));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(7);
    expect(await ledger().usageOf({ ...owner, now: MORNING })).toMatchObject({
      open_conversations: 7,
      requests_this_minute: 7,
      requests_today: 7,
    });
  });

  test('are settled once, however often and by whomever', async () => {
    const { request, owner } = project({ concurrent_conversations: 5 }, 1000);
    const one = request({ cost: 100 });
    const entry = await taken(limiter(), one);
    await Promise.all(Array.from({ length: 4 }, () => ledger().releaseReservation({ ...one, entry, cost: 30 })));
    expect(await item(owner)).toMatchObject({ committed: 30, open: {} });
  });

  test('that nobody settles run out, and keep a project closed no longer', async () => {
    const { request, owner } = project({ concurrent_conversations: 2 }, 1000);
    const limits = limiter();
    await taken(limits, request({ cost: 40 }));
    await taken(limits, request({ cost: 40, openUntil: MORNING + DAY }));
    expect((await limits.take(request({ now: MORNING + HOUR - MINUTE }))).allowed).toBe(false);
    expect((await limits.take(request({ now: MORNING + HOUR + MINUTE }))).allowed).toBe(true);
    // What is not known to have cost less counts as spent.
    expect(await item(owner)).toMatchObject({ committed: 90 });
  });

  test('are not counted twice where the same request is counted again after a crash', async () => {
    const { request, owner } = project({ concurrent_conversations: 1, requests_per_day: 5 });
    const one = request();
    const entry = await taken(limiter(), one);
    expect(await limiter().take({ ...one, now: MORNING + 5 * MINUTE })).toEqual({ allowed: true, entry });
    expect(await item(owner)).toMatchObject({ day_count: 1 });
  });

  test('are counted up to a thousand, whatever more the record says', async () => {
    const { request } = project({ concurrent_conversations: 100_000 });
    const limits = limiter();
    const open = Object.fromEntries(
      Array.from({ length: OPEN_AT_MOST }, (_none, index) => [
        entryName(uuid(index)),
        formatEntry({ until: MORNING / MINUTE + 60, month: 0, reserved: 0 }),
      ]),
    );
    await taken(limits, request());
    const send = jest.spyOn(dynalite.records.client, 'send');
    await limits.take(request());
    expect(send.mock.calls.map(([command]) => JSON.stringify(command.input)).join()).toContain(
      `":most":{"N":"${OPEN_AT_MOST}"}`,
    );
    send.mockRestore();
    // What every write pays for stays some tens of kilobytes.
    expect(JSON.stringify(open).length).toBeLessThan(40_000);
  });

  test('cost one write for a request, and one to releaseReservation', async () => {
    const { request } = project(
      { concurrent_conversations: 50, requests_per_minute: 50, requests_per_day: 50 },
      1_000_000,
    );
    const limits = limiter();
    await taken(limits, request());
    const send = jest.spyOn(dynalite.records.client, 'send');
    const one = request();
    const entry = await taken(limits, one);
    await ledger().releaseReservation({ ...one, entry, cost: 4 });
    expect(send).toHaveBeenCalledTimes(2);
    send.mockRestore();
  });
});

describe('a monthly budget', () => {
  test('stops before it is spent, and goes on with what came back', async () => {
    const { request, owner } = project({}, 100);
    const limits = limiter();
    const first = request({ cost: 60 });
    const entry = await taken(limits, first);
    expect(await limits.take(request({ cost: 41 }))).toEqual({
      allowed: false,
      limit: 'monthly_budget',
      retryAfterSeconds: 2 * 24 * 3600 + 15 * 3600,
    });
    await ledger().releaseReservation({ ...first, entry, cost: 5 });
    expect((await limits.take(request({ cost: 41 }))).allowed).toBe(true);
    expect(await ledger().usageOf({ ...owner, now: MORNING })).toMatchObject({
      committed_this_month: 46 / 1_000_000,
      open_conversations: 1,
    });
  });

  test('never lets more be reserved than it holds, by many functions at once', async () => {
    const { request, owner } = project({}, 100);
    const decisions = await Promise.all(Array.from({ length: 16 }, () => limiter().take(request({ cost: 30 }))));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(await item(owner)).toMatchObject({ committed: 90 });
  });

  test('begins anew with the month; what was reserved before is not part of it', async () => {
    const { request, owner } = project({}, 100);
    const limits = limiter();
    const last = request({ cost: 90 });
    const entry = await taken(limits, last);
    const december = Date.parse('2026-12-01T00:00:00.000Z');
    expect((await limits.take(request({ cost: 11, now: december - 1 }))).allowed).toBe(false);
    expect((await limits.take(request({ cost: 100, now: december }))).allowed).toBe(true);
    await ledger().releaseReservation({ ...last, entry, cost: 50 });
    expect(await item(owner)).toMatchObject({ committed: 100 });
    expect(Object.keys((await item(owner))?.open)).toHaveLength(1);
    expect(await ledger().usageOf({ ...owner, now: MORNING })).toMatchObject({
      committed_this_month: 0,
      requests_today: 0,
    });
  });

  test('that one message alone would break refuses it at once', async () => {
    const { request } = project({}, 100);
    expect(await limiter().take(request({ cost: 101 }))).toMatchObject({ allowed: false, limit: 'monthly_budget' });
  });
});

test('a project that has used nothing has used nothing', async () => {
  const none = { requests_this_minute: 0, requests_today: 0, open_conversations: 0, committed_this_month: 0 };
  expect(await ledger().usageOf({ ...project({}).owner, now: MORNING })).toEqual(none);
});

test('an entry keeps what it says, and nonsense counts as run out', () => {
  const entry = { until: 29_800_123, month: 24_322, reserved: 1_234_567 };
  expect(parseEntry(formatEntry(entry))).toEqual(entry);
  expect(parseEntry('?')).toEqual({ until: 0, month: 0, reserved: 0 });
});

test('a database that is out of reach is not a settlement', async () => {
  const down = new DynamoDbUsage(failingTables(new TypeError('down')), 'conversations');
  await expect(down.releaseReservation({ ...project({}).request(), entry: '1.1.1', cost: 0 })).rejects.toThrow('down');
});

test.each([31, 32, 33])(
  'in any order of requests, settlements and repetitions all agrees with the plain way of counting (seed %d)',
  async (seed) => {
    const random = new Random(seed);
    const memory = new MemoryRequestLimits();
    const functions = [limiter(), limiter()];
    const { request, owner } = project(
      { concurrent_conversations: 4, requests_per_minute: 6, requests_per_day: 25 },
      300,
    );
    const counted: Array<{ readonly request: CountedRequest; readonly entry: string }> = [];
    let now = Date.parse('2026-11-30T22:00:00.000Z');
    for (let step = 0; step < 70; step += 1) {
      now += random.below(random.chance(0.1) ? 90 * MINUTE : 20_000);
      const old = counted.length > 0 && random.chance(0.5) ? random.pick(counted) : undefined;
      if (old && random.chance(0.8)) {
        const settled = {
          ...old.request,
          entry: old.entry,
          ...(random.chance(0.8) ? { cost: random.below(40) } : {}),
        };
        await Promise.all([ledger().releaseReservation(settled), memory.releaseReservation(settled)]);
      } else {
        const asked = old
          ? { ...old.request, now }
          : request({ now, cost: random.below(60), openUntil: now + random.below(2 * HOUR) });
        const decision = await random.pick(functions).take(asked);
        expect([step, decision]).toEqual([step, await memory.take(asked)]);
        if (decision.allowed && decision.entry !== undefined) counted.push({ request: asked, entry: decision.entry });
      }
      const { open, committed } = memory.book.of(owner);
      const stored = await item(owner);
      expect([step, stored?.open ?? {}]).toEqual([step, Object.fromEntries(open)]);
      expect([step, stored?.committed ?? 0]).toEqual([step, committed.get(stored?.latest_month) ?? 0]);
      expect(Object.keys(stored?.open ?? {}).length).toBeLessThanOrEqual(4);
    }
  },
);
