import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbRequestLimits } from '../../src/records/dynamodb-request-limits';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { MemoryRequestLimits } from '../support/memory-request-limits';
import { Random } from '../support/random';
import { failingTables } from '../support/scripted-tables';

const MORNING = Date.parse('2026-11-02T09:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let dynalite: DynaliteTables;
let projects = 0;

beforeAll(async () => {
  dynalite = await startDynaliteTables();
});
afterAll(() => dynalite.stop());

type Counted = Parameters<DynamoDbRequestLimits['take']>[0];
type Asked = Omit<Counted, 'requestId' | 'openUntil'> & Partial<Counted>;

/** Each request is another one unless a test says which. */
const counted = (asked: Asked): Counted => ({ requestId: randomUUID(), openUntil: asked.now + HOUR, ...asked });

function instance() {
  const limits = new DynamoDbRequestLimits(dynalite.records, dynalite.tables.conversations);
  return { take: (asked: Asked) => limits.take(counted(asked)) };
}

/** A project that no other test uses. */
function freshProject(): { readonly company: string; readonly project: string } {
  projects += 1;
  return { company: 'brightpath', project: `project-${projects}` };
}

async function usage({ company, project }: { readonly company: string; readonly project: string }) {
  const key = { primary_channel: `usage#${company}#${project}`, conversation_id: 'now' };
  return (await dynalite.client.send(new GetCommand({ TableName: dynalite.tables.conversations, Key: key }))).Item;
}

async function writesOf(work: () => Promise<unknown>): Promise<number> {
  const send = jest.spyOn(dynalite.records.client, 'send');
  await work();
  const count = send.mock.calls.length;
  send.mockRestore();
  return count;
}

test('a minute\'s limit holds until the minute is over', async () => {
  const limits = instance();
  const request = { ...freshProject(), limits: { requests_per_minute: 2 } };
  const at = (milliseconds: number) => limits.take({ ...request, now: MORNING + milliseconds });
  expect([await at(0), await at(59_999)]).toEqual([{ allowed: true }, { allowed: true }]);
  expect(await at(17_001)).toEqual({ allowed: false, limit: 'requests_per_minute', retryAfterSeconds: 43 });
  expect(await at(60_000)).toEqual({ allowed: true });
});

test('a day\'s limit holds until midnight in UTC, over all its minutes', async () => {
  const limits = instance();
  const request = { ...freshProject(), limits: { requests_per_day: 2, requests_per_minute: 1 } };
  const at = (minutes: number) => limits.take({ ...request, now: MORNING + minutes * MINUTE });
  expect([await at(0), await at(5)]).toEqual([{ allowed: true }, { allowed: true }]);
  expect(await at(5)).toEqual({ allowed: false, limit: 'requests_per_day', retryAfterSeconds: 14 * 3600 + 55 * 60 });
  expect(await at(6)).toMatchObject({ allowed: false, limit: 'requests_per_day' });
  expect(await at(15 * 60)).toEqual({ allowed: true });
});

test('a refused request is not counted', async () => {
  const limits = instance();
  const project = freshProject();
  const request = { ...project, limits: { requests_per_minute: 1, requests_per_day: 5 }, now: MORNING };
  await limits.take(request);
  for (let times = 0; times < 3; times += 1) expect((await limits.take(request)).allowed).toBe(false);
  expect(await usage(project)).toMatchObject({ minute_count: 1, day_count: 1 });
});

test.each([[{}], [{ requests_per_minute: null, requests_per_day: undefined }]])(
  'without a limit nothing is written (%j)',
  async (limits) => {
    const project = freshProject();
    expect(await writesOf(() => instance().take({ ...project, limits, now: MORNING }))).toBe(0);
  },
);

test('projects do not share a limit', async () => {
  const limits = instance();
  const decisions = [freshProject(), freshProject()].map((project) =>
    limits.take({ ...project, limits: { requests_per_minute: 1 }, now: MORNING }),
  );
  expect(await Promise.all(decisions)).toEqual([{ allowed: true }, { allowed: true }]);
});

test('a request costs one write, in a minute that has begun and in one that has not', async () => {
  const limits = instance();
  const request = { ...freshProject(), limits: { requests_per_minute: 100 } };
  for (const minute of [0, 0, 0, 1, 7]) {
    expect(await writesOf(() => limits.take({ ...request, now: MORNING + minute * MINUTE }))).toBe(1);
  }
});

test('many functions at once let through exactly what the limit allows', async () => {
  const request = { ...freshProject(), limits: { requests_per_minute: 7 }, now: MORNING };
  const decisions = await Promise.all(Array.from({ length: 20 }, () => instance().take(request)));
  expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(7);
});

test('a function whose clock is behind counts in the minute that has begun', async () => {
  const project = freshProject();
  const request = { ...project, limits: { requests_per_minute: 2 } };
  await instance().take({ ...request, now: MORNING + MINUTE });
  expect(await instance().take({ ...request, now: MORNING + MINUTE - 1 })).toEqual({ allowed: true });
  expect(await usage(project)).toMatchObject({ minute_count: 2, day_count: 2 });
  expect((await instance().take({ ...request, now: MORNING + MINUTE - 1 })).allowed).toBe(false);
});

test('the counts are removed forty days after the first request of a month', async () => {
  const project = freshProject();
  await instance().take({ ...project, limits: { requests_per_day: 1 }, now: MORNING });
  expect(await usage(project)).toMatchObject({ time_to_live: MORNING / 1000 + 40 * 24 * 60 * 60 });
});

test('a function that serves very many projects forgets minutes, not counts', async () => {
  const limits = instance();
  const send = jest.spyOn(dynalite.records.client, 'send').mockImplementation(() => Promise.resolve({}));
  for (let index = 0; index < 1001; index += 1) {
    await limits.take({ company: 'crowd', project: `project-${index}`, limits: { requests_per_day: 9 }, now: MORNING });
  }
  const first = { company: 'crowd', project: 'project-0', limits: { requests_per_day: 9 }, now: MORNING };
  await limits.take(first);
  await limits.take(first);
  const begins = send.mock.calls.map(([command]) => JSON.stringify(command.input).includes('minute_count = :one'));
  send.mockRestore();
  expect(begins.slice(-2)).toEqual([true, false]);
});

test('a count that cannot be settled is an error in the end, and any other failure at once', async () => {
  const racing = new ConditionalCheckFailedException({
    $metadata: {},
    message: 'failed',
    Item: { latest_minute: { N: '0' } },
  });
  const failing = (error: Error) =>
    new DynamoDbRequestLimits(failingTables(error), 'conversations');
  const request = { company: 'one', project: 'two', limits: { requests_per_day: 1 }, now: MORNING };
  await expect(failing(racing).take(counted(request))).rejects.toThrow('could not be counted for one#two in 6 tries');
  await expect(failing(new TypeError('down')).take(counted(request))).rejects.toThrow('down');
});

test.each([21, 22])('the counters in memory decide as these do (seed %d)', async (seed) => {
  const random = new Random(seed);
  const memory = new MemoryRequestLimits();
  const functions = [instance(), instance()];
  const project = freshProject();
  const limits = { requests_per_minute: 1 + random.below(3), requests_per_day: 8 + random.below(8) };
  let now = MORNING;
  for (let step = 0; step < 40; step += 1) {
    now += random.below(40_000);
    const request = { ...project, limits, now };
    expect([step, await random.pick(functions).take(request)]).toEqual([step, await memory.take(counted(request))]);
  }
});
