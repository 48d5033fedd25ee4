import * as fc from 'fast-check';
import { DynamoDbRequestLimits } from '../../src/records/dynamodb-request-limits';
import { DynamoDbUsage } from '../../src/records/dynamodb-usage';
import type { CountedRequest } from '../../src/core/usage/usage';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const RESERVED = 1_000;

let dynalite: DynaliteTables;
let projects = 0;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(() => dynalite.stop());

/** Identifiers as an attacker picks them: the same digits but for a few, at the front, in the middle or at the end. */
const FIXED = '00000000000040008000000000000000';
const hexDigits = fc.stringMatching(/^[0-9a-f]{2}$/);
const requestId = fc.oneof(
  fc.uuid({ version: 4 }),
  fc.tuple(fc.constantFrom(0, 8, 18, 30), hexDigits).map(([place, digits]) => {
    const hex = FIXED.slice(0, place) + digits + FIXED.slice(place + 2);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }),
);

const limit = fc.integer({ min: 1, max: 6 });
const plan = fc.record({
  limits: fc.record(
    { requests_per_minute: limit, requests_per_day: limit, concurrent_conversations: limit },
    { requiredKeys: [] },
  ),
  messages: fc.option(limit, { nil: undefined }),
  // Each batch is sent at once, through two functions; then some of what is open ends, at some cost.
  batches: fc.array(
    fc.record({
      ids: fc.array(requestId, { minLength: 1, maxLength: 8 }),
      ended: fc.array(fc.record({ place: fc.nat(7), cost: fc.integer({ min: 0, max: RESERVED }) }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs a plan and says after each batch what was let through and what the project's item holds. */
async function run({ limits, messages, batches }: Plan) {
  const owner = { company: 'brightpath', project: `limits-${(projects += 1)}` };
  const usage = new DynamoDbUsage(dynalite.records, dynalite.tables.conversations);
  const functions = [1, 2].map(() => new DynamoDbRequestLimits(dynalite.records, dynalite.tables.conversations));
  const budget = messages === undefined ? {} : { budget: { monthly: messages * RESERVED, reserved: RESERVED } };
  const accepted = new Set<string>();
  const open = new Map<string, string>();
  let mostOpen = 0;
  let spent = 0;
  for (const { ids, ended } of batches) {
    const decisions = await Promise.all(ids.map(async (id, index) => {
      const request: CountedRequest = { ...owner, ...budget, requestId: id, limits, openUntil: NOW + 60_000, now: NOW };
      return { id, decision: await functions[index % 2]?.take(request) };
    }));
    for (const { id, decision } of decisions) {
      if (!decision?.allowed) continue;
      accepted.add(id);
      if (decision.entry !== undefined) open.set(id, decision.entry);
    }
    mostOpen = Math.max(mostOpen, open.size);
    for (const { place, cost } of ended) {
      const [id, entry] = [...open][place] ?? [];
      if (id === undefined || entry === undefined) continue;
      expect(await usage.releaseReservation({ ...owner, requestId: id, entry, cost })).toBe(true);
      open.delete(id);
      spent += cost;
    }
  }
  return {
    accepted: accepted.size,
    mostOpen,
    open: open.size,
    spent,
    used: await usage.usageOf({ ...owner, now: NOW }),
  };
}

test('no choice of identifiers and no concurrency passes a limit or a budget', async () => {
  await fc.assert(fc.asyncProperty(plan, async (chosen) => {
    const { limits, messages } = chosen;
    const { accepted, mostOpen, open, spent, used } = await run(chosen);
    expect(accepted).toBeLessThanOrEqual(
      Math.min(limits.requests_per_minute ?? Infinity, limits.requests_per_day ?? Infinity),
    );
    expect(mostOpen).toBeLessThanOrEqual(limits.concurrent_conversations ?? Infinity);
    const counted = limits.concurrent_conversations !== undefined || messages !== undefined;
    if (counted) expect(used.open_conversations).toBe(open);
    if (messages === undefined) return;
    const committed = Math.round(used.committed_this_month * 1_000_000);
    expect(committed).toBe(spent + open * RESERVED);
    expect(committed).toBeLessThanOrEqual(messages * RESERVED);
  }), { numRuns: 25 });
});
