import { Unwritable } from '../../src/core/ports/port-failure';
import { checkRequest } from '../../src/router/check-request';
import { hashAsWritten } from '../../src/router/request-hash';
import type { RouterPorts } from '../../src/router/router-ports';
import { sampleCompany, sampleCompanyWithTemplate } from '../support/sample-message';
import { API_KEY, CONVERSATION_ID, RECIPIENT, REQUEST_ID, RouterWorld, sampleRequest } from './router-world';

const OTHER_REQUEST_ID = '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11';
const KEY = { primary_channel: RECIPIENT, conversation_id: CONVERSATION_ID };

type Step = 'limits.take' | 'directory.putIdempotencyRecord' | 'conversations.create' | 'queue.enqueue';
const STEPS: readonly Step[] = [
  'limits.take',
  'directory.putIdempotencyRecord',
  'conversations.create',
  'queue.enqueue',
];

/** The ports, of which one call fails: before it had its effect, or after. */
function crashing(ports: RouterPorts, step: Step, when: 'before' | 'after'): RouterPorts {
  const around = <Given, Result>(name: Step, call: (given: Given) => Promise<Result>) => async (given: Given) => {
    if (name === step && when === 'before') throw new Error('crash');
    const result = await call(given);
    if (name === step) throw new Error('crash');
    return result;
  };
  const { limits, directory, conversations, queue } = ports;
  return {
    ...ports,
    limits: { take: around('limits.take', (request) => limits.take(request)), release: limits.release.bind(limits) },
    directory: Object.assign(Object.create(directory), {
      putIdempotencyRecord: around('directory.putIdempotencyRecord', (idempotency: never) =>
        directory.putIdempotencyRecord(idempotency),
      ),
    }),
    conversations: Object.assign(Object.create(conversations), {
      create: around('conversations.create', (record: never) => conversations.create(record)),
    }),
    queue: { enqueue: around('queue.enqueue', (message) => queue.enqueue(message)) },
  };
}

describe('a replay', () => {
  test('is answered as before, later too, and has no further effect once a worker took the message', async () => {
    const world = new RouterWorld();
    const first = await world.post(sampleRequest());
    const taken = { ...(await world.conversations.find(KEY)), conversation_status: 'processing' } as never;
    world.conversations.seed(taken);
    world.clock.advance(3_600_000);
    const second = await world.post(sampleRequest());
    expect(second.status).toBe(200);
    expect(second.json).toEqual(first.json);
    expect(second.headers).toEqual({ ...first.headers, 'Idempotency-Replayed': 'true' });
    expect(world.queue.enqueued).toHaveLength(1);
    expect(world.conversations.all()).toEqual([taken]);
    expect(world.observer.counted('RequestReplayed')).toBe(1);
  });

  test('brings nothing back once the record was kept its time: the idempotency record outlives it for this', async () => {
    const world = new RouterWorld();
    const first = await world.post(sampleRequest());
    world.conversations.remove(KEY);
    world.clock.advance(7 * 24 * 3_600_000 + 1);
    const second = await world.post(sampleRequest());
    expect(second.json).toEqual(first.json);
    expect(second.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
    expect(world.conversations.all()).toEqual([]);
    expect(world.queue.enqueued).toHaveLength(1);
  });

  test('brings nothing back of a person who was erased, from the first moment on', async () => {
    const world = new RouterWorld();
    const first = await world.post(sampleRequest());
    world.conversations.remove(KEY);
    const { directory } = world;
    const loadForAccept = directory.loadForAccept.bind(directory);
    jest.spyOn(directory, 'loadForAccept').mockImplementation(async (query) => {
      const known = await loadForAccept(query);
      return known.idempotency
        ? {
          ...known,
          idempotency: {
            ...known.idempotency,
            erased_at: known.idempotency.accepted_at,
            conversation: { ...known.idempotency.conversation, primary_channel: 'erased' },
          },
        }
        : known;
    });
    const second = await world.post(sampleRequest());
    expect(second.json).toEqual(first.json);
    expect(second.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
    expect(world.conversations.all()).toEqual([]);
    expect(world.queue.enqueued).toHaveLength(1);
  });

  test('queues again what no worker has taken: a doubled queue message is harmless, a missing one is not', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    await world.post(sampleRequest());
    expect(world.queue.enqueued).toEqual(
      Array(2).fill({ channel: 'sms', conversationId: CONVERSATION_ID, company: 'brightpath' }),
    );
    expect(world.conversations.all()).toHaveLength(1);
  });

  test('does not cut short the wait of a message that a worker gave back', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    const record = await world.conversations.find(KEY);
    if (!record) throw new Error('no record');
    world.conversations.seed({
      ...record,
      history: [...record.history, { at: record.created_at, status: 'initiated', reason: 'model_unavailable' }],
    });
    await world.post(sampleRequest());
    expect(world.queue.enqueued).toHaveLength(1);
  });

  test('is one even where fields stand in another order, unknown ones differ and the channel is spelled in another case', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    const reordered = Object.fromEntries(
      Object.entries(sampleRequest({ request_data: { channel_method: 'SMS', note: 'again' } })).reverse(),
    );
    expect((await world.post(reordered)).headers).toHaveProperty('Idempotency-Replayed', 'true');
  });

  test.each([
    ['a name', { recipient_data: { recipient_last_name: 'Simple' } }],
    ['the recipient', { recipient_data: { recipient_tel: '+447700900124' } }],
    ['a fact', { project_data: { position: 'Backend engineer', years: [2021, 2019] } }],
    ['the channel', { request_data: { channel_method: 'whatsapp' } }],
    ['the timestamp', { request_data: { initial_request_timestamp: '2026-11-02T08:59:59Z' } }],
  ])('is none where %s differs', async (_words, changes) => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    const answer = await world.post(sampleRequest(changes));
    expect([answer.status, answer.json.error_code, answer.json.request_id]).toEqual([
      409,
      'IDEMPOTENCY_CONFLICT',
      REQUEST_ID,
    ]);
    expect(world.conversations.all()).toHaveLength(1);
  });

  test.each([
    ['e-mail address', { recipient_email: 'ADA@Example.com' }, 'email'],
    ['number', { recipient_tel: '+5215512345678' }, 'sms'],
  ])('is none where the %s is spelled in another way', async (_words, spelled, channel_method) => {
    const world = new RouterWorld();
    const request = (recipient_data: Readonly<Record<string, unknown>>) =>
      sampleRequest({ recipient_data, request_data: { channel_method } });
    const first = await world.post(request(channel_method === 'sms' ? { recipient_tel: '+525512345678' } : {}));
    const second = await world.post(request(spelled));
    expect([second.status, second.headers['Idempotency-Replayed'], second.json]).toEqual([200, 'true', first.json]);
    expect(world.conversations.all()).toHaveLength(1);
  });

  test('is none where the earlier request was kept with the hash of its own spelling', async () => {
    const world = new RouterWorld();
    const request = sampleRequest({ recipient_data: { recipient_email: 'ADA@Example.com' } });
    await world.post(request);
    const checked = checkRequest(request);
    const [kept] = world.directory.allIdempotencyRecords();
    if (!checked.valid || !kept) throw new Error('The request was not accepted.');
    const loadForAccept = world.directory.loadForAccept.bind(world.directory);
    jest.spyOn(world.directory, 'loadForAccept').mockImplementation(async (query) => (
      { ...(await loadForAccept(query)), idempotency: { ...kept, body_hash: hashAsWritten(checked.request) } }));
    expect((await world.post(request)).headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
  });

  test('of the same request_id in another project is a request of its own', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompany({ project_id: 'other' }));
    world.seedKey(API_KEY, { project_ids: ['*'] });
    await world.post(sampleRequest());
    const other = await world.post(sampleRequest({ company_data: { project_id: 'other' } }));
    expect([other.status, other.headers['Idempotency-Replayed']]).toEqual([200, undefined]);
  });

  test('keeps to the first conversation where the company\'s sender has changed since', async () => {
    const world = new RouterWorld();
    const first = await world.post(sampleRequest());
    const { channel_config: channels } = sampleCompany();
    world.directory.seedCompany(
      sampleCompany({ channel_config: { ...channels, sms: { ...channels.sms, company_sms_number: '+447700900555' } } }),
    );
    expect((await world.post(sampleRequest())).json).toEqual(first.json);
    expect(world.conversations.all()).toHaveLength(1);
  });

  test('that races with its original ends in one conversation', async () => {
    const world = new RouterWorld();
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.post(sampleRequest())));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers['Idempotency-Replayed'])).toHaveLength(1);
    expect(world.conversations.all()).toHaveLength(1);
  });

  test('that races with another body leaves one winner', async () => {
    const world = new RouterWorld();
    const other = sampleRequest({ project_data: { position: 'Tester' } });
    const answers = await Promise.all([world.post(sampleRequest()), world.post(other)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
  });
});

describe('a crash', () => {
  const crashes = STEPS.flatMap((step) => (['before', 'after'] as const).map((when) => [when, step] as const));

  test.each(crashes)(
    '%s %s loses nothing: the client is told to repeat, and the repetition is accepted once',
    async (when, step) => {
      const world = new RouterWorld();
      const failed = await world.post(sampleRequest(), {}, crashing(world.ports, step, when));
      expect(failed.status).toBe(500);
      expect(failed.json.error_code).toBe(step === 'queue.enqueue' ? 'QUEUE_ERROR' : 'DATABASE_ERROR');
      world.clock.advance(5_000);
      const repeated = await world.post(sampleRequest());
      expect(repeated.status).toBe(200);
      expect(repeated.json).toMatchObject({ status: 'success', conversation_id: CONVERSATION_ID });
      expect(world.conversations.all()).toHaveLength(1);
      expect(world.queue.enqueued.length).toBeGreaterThanOrEqual(1);
      const idempotency = world.directory.allIdempotencyRecords()[0];
      expect(repeated.json.queue_timestamp).toBe(idempotency?.accepted_at);
    },
  );

  test('between idempotency record and record gives the message its full time once it is repeated', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest(), {}, crashing(world.ports, 'conversations.create', 'before'));
    world.clock.advance(3_600_000);
    await world.post(sampleRequest());
    expect(world.conversations.all()[0]).toMatchObject({
      created_at: '2026-11-02T10:00:00.000Z',
      send_before: '2026-11-03T10:00:00.000Z',
    });
  });

  test("between idempotency record and record leaves the conversation under the idempotency record's key, even if "
    + "the company's sender changes in between", async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest(), {}, crashing(world.ports, 'conversations.create', 'before'));
    const { channel_config: channels } = sampleCompany();
    world.directory.seedCompany(
      sampleCompany({ channel_config: { ...channels, sms: { ...channels.sms, company_sms_number: '+447700900555' } } }),
    );
    expect((await world.post(sampleRequest())).json.conversation_id).toBe(CONVERSATION_ID);
    expect(world.conversations.all()).toMatchObject([KEY]);
    expect(world.queue.enqueued).toMatchObject([{ conversationId: CONVERSATION_ID }]);
  });

  test('of the queue after the record was written leaves what the reconciler finds', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest(), {}, crashing(world.ports, 'queue.enqueue', 'before'));
    expect(world.conversations.all()[0]).toMatchObject({
      conversation_status: 'initiated',
      attention: 'stuck#3',
      due_at: '2026-11-02T09:01:00.000Z',
    });
  });
});

describe('a write that fails after the request was counted', () => {
  const REFUSED = Object.assign(new Error('refused'), { $metadata: { httpStatusCode: 400, attempts: 1 } });
  const bounded = () => new RouterWorld({
    rate_limits: { concurrent_conversations: 1 },
    budget: { currency: 'GBP', monthly_limit: 0.15, prices: { messages: { sms: 0.01 } } },
  });
  const other = sampleRequest({ request_data: { request_id: OTHER_REQUEST_ID } });

  test.each([
    ['idempotency record', 'putIdempotencyRecord', REFUSED],
    ['idempotency record', 'putIdempotencyRecord', new Unwritable('no such value')],
    ['conversation', 'create', REFUSED],
  ] as const)(
    'of the %s gives back slot and budget, if nothing was written for certain',
    async (_what, write, error) => {
      const world = bounded();
      const owner = write === 'create' ? world.conversations : world.directory;
      const failing = jest.spyOn(owner, write as never).mockRejectedValueOnce(error as never);
      expect((await world.post(sampleRequest())).status).toBe(500);
      expect((await world.post(other)).status).toBe(200);
      expect((await world.post(sampleRequest())).status).toBe(429);
      failing.mockRestore();
    },
  );

  test('keeps them if the write may have been applied: the repetition is the same request and takes them over', async () => {
    const world = bounded();
    const lost = Object.assign(new Error('answer lost'), { $metadata: { httpStatusCode: 400, attempts: 2 } });
    jest.spyOn(world.directory, 'putIdempotencyRecord').mockRejectedValueOnce(lost);
    expect((await world.post(sampleRequest())).status).toBe(500);
    expect((await world.post(other)).status).toBe(429);
    expect((await world.post(sampleRequest())).status).toBe(200);
    expect(world.conversations.all()).toMatchObject([{ usage_entry: expect.any(String) }]);
  });

  test('and whose entry is gone is counted anew by its repetition, or refused', async () => {
    const world = bounded();
    jest.spyOn(world.conversations, 'create').mockRejectedValueOnce(REFUSED);
    await world.post(sampleRequest());
    await world.post(other);
    const refused = await world.post(sampleRequest());
    expect([refused.status, refused.json.error_code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(world.conversations.all()).toHaveLength(1);
  });
});

describe('limits', () => {
  const limited = () => new RouterWorld({ rate_limits: { requests_per_minute: 1, requests_per_day: 2 } });
  const next = (requestId: string) => sampleRequest({ request_data: { request_id: requestId } });

  test('refuse what is over them, with the seconds to wait, and leave nothing behind', async () => {
    const world = limited();
    await world.post(sampleRequest());
    world.clock.advance(17_500);
    const answer = await world.post(next(OTHER_REQUEST_ID));
    expect([answer.status, answer.headers['Retry-After']]).toEqual([429, '43']);
    expect(world.directory.allIdempotencyRecords()).toHaveLength(1);
    expect(world.conversations.all()).toHaveLength(1);
  });

  test('accept the same request once the time is over', async () => {
    const world = limited();
    await world.post(sampleRequest());
    await world.post(next(OTHER_REQUEST_ID));
    world.clock.advance(60_000);
    const answer = await world.post(next(OTHER_REQUEST_ID));
    expect([answer.status, answer.headers['Idempotency-Replayed']]).toEqual([200, undefined]);
  });

  test('of a day name the time until the day is over', async () => {
    const world = limited();
    for (const requestId of [REQUEST_ID, OTHER_REQUEST_ID]) {
      expect((await world.post(next(requestId))).status).toBe(200);
      world.clock.advance(60_000);
    }
    const answer = await world.post(next('11111111-1111-4111-8111-111111111111'));
    expect([answer.status, answer.headers['Retry-After']]).toEqual([429, String(15 * 3600 - 120)]);
    expect(answer.json.message).toContain('day');
  });

  test('count no replay and no conflict', async () => {
    const world = limited();
    await world.post(sampleRequest());
    for (let times = 0; times < 3; times += 1) expect((await world.post(sampleRequest())).status).toBe(200);
    expect((await world.post(sampleRequest({ project_data: {} }))).status).toBe(409);
  });

  test('do not limit where the record has none', async () => {
    const world = new RouterWorld({ rate_limits: { requests_per_minute: null } });
    await world.post(sampleRequest());
    expect((await world.post(next(OTHER_REQUEST_ID))).status).toBe(200);
  });
});

describe('expected answers', () => {
  const answers = [
    { name: 'start', question: 'When can you start?', type: 'date', required: true },
    { name: 'note', question: 'Anything else?', type: 'text', required: false },
  ];
  const expecting = (wanted?: readonly unknown[]) =>
    sampleRequest({ request_data: { ...(wanted && { expected_answers: wanted }) } });

  test('stand on the record as the request narrowed them', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate({ answers }));
    await world.post(expecting([{ name: 'start' }]));
    expect(world.conversations.all()).toMatchObject([{ expected_answers: [answers[0]], task_complete: 0 }]);
  });

  test('are waited for as long as the project says when they are asked for', async () => {
    const world = new RouterWorld();
    const company = sampleCompanyWithTemplate({ answers });
    world.directory.seedCompany({ ...company, remind_after_minutes: 60 });
    await world.post(expecting());
    expect(world.conversations.all()).toMatchObject([
      { follow_up: { remind_after_minutes: 60, unanswered_after_minutes: 60 } },
    ]);
  });

  test('are waited for without a reminder where the project does not say', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate({ answers }));
    await world.post(expecting());
    expect(world.conversations.all()[0]).not.toHaveProperty('follow_up');
  });

  test('are absent from the record of a template that asks for none', async () => {
    const world = new RouterWorld();
    await world.post(expecting());
    expect(world.conversations.all()[0]).not.toHaveProperty('expected_answers');
  });

  test('that the template does not know are refused before anything is kept', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate({ answers }));
    const { status, json } = await world.post(expecting([{ name: 'salary' }]));
    expect([status, json.error_code, json.message]).toEqual([
      400,
      'INVALID_EXPECTED_ANSWERS',
      'request_data.expected_answers.0.name is not an answer of the template cv_question, which expects start, note.',
    ]);
    expect(world.conversations.all()).toEqual([]);
  });

  test('of a request that is repeated are taken as before, whatever the template asks by now', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate({ answers }));
    await world.post(expecting([{ name: 'start' }]));
    world.directory.seedCompany(sampleCompanyWithTemplate({ needs: ['project_data.salary'] }));
    expect((await world.post(expecting([{ name: 'start' }]))).status).toBe(200);
  });
});
