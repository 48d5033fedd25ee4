import { RETENTION_DAYS, RouterWorld, sampleRequest } from './router-world';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: RouterWorld;
beforeEach(() => {
  world = new RouterWorld();
});

const at = (offset: number) => new Date(NOW + offset).toISOString();
const wanted = (moments: Readonly<Record<string, string>>) => sampleRequest({ request_data: moments });
const onlyRecord = () => world.conversations.all()[0];

test('what is wanted later than a queue can delay is left to the reconciler, ten minutes ahead', async () => {
  const answer = await world.post(wanted({ send_at: '2026-11-05T09:00:00+02:00' }));
  expect(answer.json).toMatchObject({ status: 'success', send_at: '2026-11-05T07:00:00.000Z' });
  expect(answer.json.message).toBe('The request was accepted and its message waits until 2026-11-05T07:00:00.000Z.');
  expect(onlyRecord()).toMatchObject({
    conversation_status: 'initiated',
    send_at: '2026-11-05T07:00:00.000Z',
    retry_at: '2026-11-05T07:00:00.000Z',
    due_at: '2026-11-05T06:50:00.000Z',
    attention: 'stuck#3',
    send_before: '2026-11-06T07:00:00.000Z',
  });
  expect(world.queue.enqueued).toEqual([]);
});

test('what is wanted soon is queued at once, to be delivered at its moment', async () => {
  await world.post(wanted({ send_at: at(15 * MINUTE) }));
  expect(world.queue.enqueued).toEqual([expect.objectContaining({ delaySeconds: 900 })]);
  expect(onlyRecord()).toMatchObject({ due_at: at(16 * MINUTE) });
});

test('a moment that has passed asks for a send at once', async () => {
  const answer = await world.post(wanted({ send_at: at(-1) }));
  expect(answer.json).not.toHaveProperty('send_at');
  expect(onlyRecord()).not.toHaveProperty('send_at');
  expect(onlyRecord()).not.toHaveProperty('retry_at');
  expect(world.queue.enqueued).toEqual([expect.not.objectContaining({ delaySeconds: expect.anything() })]);
});

test('retention counts from the send, and outlives send_before', async () => {
  await world.post(wanted({ send_at: at(10 * DAY) }));
  expect(onlyRecord()?.time_to_live).toBe((NOW + (10 + RETENTION_DAYS) * DAY) / 1000);
  const brief = new RouterWorld({ retention_days: 7 });
  await brief.post(wanted({ send_at: at(2 * DAY), send_before: at(12 * DAY) }));
  expect(brief.conversations.all()[0]).toMatchObject({
    send_before: at(12 * DAY),
    time_to_live: (NOW + 13 * DAY) / 1000,
  });
});

test('a replay is answered as before, also once its moments have passed, and is not queued again', async () => {
  const body = wanted({ send_at: at(MINUTE), send_before: at(3 * MINUTE) });
  const first = await world.post(body);
  world.clock.advance(5 * DAY);
  const again = await world.post(body);
  expect(again.headers['Idempotency-Replayed']).toBe('true');
  expect(again.json).toEqual(first.json);
  expect(world.conversations.all()).toHaveLength(1);
  const other = await world.post(wanted({ send_at: at(2 * MINUTE), send_before: at(3 * MINUTE) }));
  expect(other.json.error_code).toBe('IDEMPOTENCY_CONFLICT');
});

test('a replay of what waits for days does not queue it', async () => {
  const body = wanted({ send_at: at(3 * DAY) });
  await world.post(body);
  await world.post(body);
  expect(world.queue.enqueued).toEqual([]);
});

test.each([
  ['send_at', '2026-11-05T09:00:00', 'without an offset'],
  ['send_at', '2026-11-05', 'without a time'],
  ['send_at', '2026-02-30T09:00:00Z', 'a day that does not exist'],
  ['send_at', at(30 * DAY + 1), 'more than thirty days ahead'],
  ['send_before', 'soon', 'no moment'],
  ['send_before', at(MINUTE - 1), 'less than a minute ahead'],
  ['send_before', at(30 * DAY + 1), 'more than thirty days ahead'],
])('%s %s is refused: %s', async (field, moment) => {
  const answer = await world.post(wanted({ [field]: moment }));
  expect([answer.status, answer.json.error_code]).toEqual([400, `INVALID_${field.toUpperCase()}`]);
  expect(answer.json.details).toEqual([expect.objectContaining({ path: `request_data.${field}` })]);
  expect(world.conversations.all()).toEqual([]);
});

test('send_before counts from send_at where there is one', async () => {
  const late = await world.post(wanted({ send_at: at(DAY), send_before: at(DAY + MINUTE - 1) }));
  expect(late.json.error_code).toBe('INVALID_SEND_BEFORE');
  expect((await world.post(wanted({ send_at: at(30 * DAY), send_before: at(60 * DAY) }))).status).toBe(200);
});

test('what is reserved for a scheduled message stays until it is of no use any more', async () => {
  const limited = new RouterWorld({ rate_limits: { concurrent_conversations: 1 } });
  await limited.post(wanted({ send_at: at(10 * DAY) }));
  limited.clock.advance(10 * DAY);
  const other = { request_data: { request_id: '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11' } };
  expect((await limited.post(sampleRequest(other))).json.error_code).toBe('RATE_LIMIT_EXCEEDED');
});
