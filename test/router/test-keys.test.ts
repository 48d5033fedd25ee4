import { API_KEY, RECIPIENT, REQUEST_ID, RouterWorld, SENDER, sampleRequest } from './router-world';

const TEST_KEY = 'sample-test-key';
const BUDGET = {
  currency: 'GBP',
  monthly_limit: 1,
  prices: {
    tokens_in_per_1000: 0.001, tokens_out_per_1000: 0.001, messages: { whatsapp: 1000, sms: 1000, email: 1000 },
  },
};

let world: RouterWorld;
beforeEach(() => {
  world = new RouterWorld();
  world.seedKey(TEST_KEY, { test: true });
});

const post = async (body: unknown, apiKey = TEST_KEY, to = world) => to.post(body, { apiKey });

test('the record and every answer say that it is a test', async () => {
  const play = { outcome: 'delivered', reply: 'In June' };
  const body = sampleRequest({ request_data: { test: play } });
  const id = `brightpath#cv-review#${REQUEST_ID}#test:${SENDER}`;
  const answer = await post(body);
  expect(answer.json).toMatchObject({ status: 'success', is_test: true, conversation_id: id });
  expect(world.conversations.all()).toEqual([expect.objectContaining({ conversation_id: id, test: play })]);
  expect((await post(body)).json).toEqual(answer.json);
});

test('a request of another key is no test, and says nothing of it', async () => {
  expect((await post(sampleRequest(), API_KEY)).json).not.toHaveProperty('is_test');
  expect(world.conversations.all()[0]).not.toHaveProperty('test');
});

test.each([
  ['a test', TEST_KEY, API_KEY],
  ['a message that goes', API_KEY, TEST_KEY],
])('%s is never answered to the same request by a key of the other kind', async (_what, first, second) => {
  await post(sampleRequest(), first);
  const answer = await post(sampleRequest(), second);
  expect([answer.status, answer.json.error_code]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
  expect(answer.json.message).toMatch(/used before by a/);
});

test('usage limits count, and the price of a send does not', async () => {
  const limited = new RouterWorld({ rate_limits: { requests_per_minute: 1 }, budget: BUDGET });
  limited.seedKey(TEST_KEY, { test: true });
  const next = '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11';
  expect((await post(sampleRequest({ request_data: { request_id: next } }), API_KEY, limited)).status).toBe(429);
  limited.clock.advance(60_000);
  expect((await post(sampleRequest(), TEST_KEY, limited)).status).toBe(200);
  expect(limited.conversations.all()[0]?.usage_prices).toMatchObject({ send: 0 });
  expect((await post(sampleRequest({ request_data: { request_id: next } }), TEST_KEY, limited)).status).toBe(429);
});

test('who has opted out is not written to by a test either', async () => {
  const at = '2026-10-01T00:00:00.000Z';
  await world.directory.addOptOut({ recipient: RECIPIENT, sender: SENDER, at, source: 'reply' });
  expect((await post(sampleRequest())).json.error_code).toBe('RECIPIENT_OPTED_OUT');
});

test('a stop that answered a test stops tests alone', async () => {
  const at = '2026-10-01T00:00:00.000Z';
  await world.directory.addOptOut({ recipient: RECIPIENT, sender: `test:${SENDER}`, at, source: 'reply' });
  expect((await post(sampleRequest())).json.error_code).toBe('RECIPIENT_OPTED_OUT');
  expect((await post(sampleRequest(), API_KEY)).status).toBe(200);
});
