import type { RefusalCode } from '../../src/core/contract/refusal';
import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import type { RouterPorts } from '../../src/router/router-ports';
import { sampleCompany, sampleCompanyWithTemplate } from '../support/sample-message';
import { API_KEY, CONVERSATION_ID, RECIPIENT, REQUEST_ID, RouterWorld, sampleRequest, SENDER } from './router-world';
import type { PostAnswer } from './router-world';

const field = (section: 'company_data' | 'recipient_data' | 'request_data', name: string, value: unknown) =>
  ({ ...sampleRequest(), [section]: { ...sampleRequest()[section], [name]: value } });
const without = (section: string) => ({ ...sampleRequest(), [section]: undefined });
const broken = <Method>(): Method =>
  (() => Promise.reject(new TypeError('secret detail of +447700900123'))) as unknown as Method;

interface Case {
  readonly code: RefusalCode;
  readonly body?: unknown;
  readonly company?: Readonly<Record<string, unknown>>;
  readonly arrange?: (world: RouterWorld) => Promise<unknown> | void;
  readonly ports?: (ports: RouterPorts) => RouterPorts;
  readonly apiKey?: string;
  /** Of the answer; the request's own unless given. */
  readonly requestId?: string;
  readonly path?: string;
}

const CASES: readonly Case[] = [
  { code: 'INVALID_REQUEST', body: [1], requestId: 'unknown', path: 'body' },
  { code: 'MISSING_COMPANY_DATA', body: without('company_data'), path: 'company_data' },
  { code: 'MISSING_RECIPIENT_DATA', body: without('recipient_data'), path: 'recipient_data' },
  { code: 'MISSING_REQUEST_DATA', body: without('request_data'), requestId: 'unknown', path: 'request_data' },
  { code: 'INVALID_COMPANY_DATA_TYPE', body: { ...sampleRequest(), company_data: 'brightpath' }, path: 'company_data' },
  {
    code: 'INVALID_RECIPIENT_DATA_TYPE',
    body: { ...sampleRequest(), recipient_data: ['Ada'] },
    path: 'recipient_data',
  },
  { code: 'INVALID_PROJECT_DATA_TYPE', body: { ...sampleRequest(), project_data: ['fact'] }, path: 'project_data' },
  {
    code: 'INVALID_REQUEST_DATA_TYPE',
    body: { ...sampleRequest(), request_data: 7 },
    requestId: 'unknown',
    path: 'request_data',
  },
  { code: 'MISSING_IDENTIFIERS', body: field('company_data', 'project_id', null), path: 'company_data.project_id' },
  {
    code: 'MISSING_REQUEST_ID',
    body: field('request_data', 'request_id', ''),
    requestId: 'unknown',
    path: 'request_data.request_id',
  },
  {
    code: 'INVALID_REQUEST_ID',
    body: field('request_data', 'request_id', 'seven'),
    requestId: 'seven',
    path: 'request_data.request_id',
  },
  {
    code: 'MISSING_CHANNEL_METHOD',
    body: field('request_data', 'channel_method', undefined),
    path: 'request_data.channel_method',
  },
  {
    code: 'UNSUPPORTED_CHANNEL',
    body: field('request_data', 'channel_method', 'pigeon'),
    path: 'request_data.channel_method',
  },
  {
    code: 'MISSING_INITIAL_REQUEST_TIMESTAMP',
    body: field('request_data', 'initial_request_timestamp', null),
    path: 'request_data.initial_request_timestamp',
  },
  {
    code: 'INVALID_TIMESTAMP',
    body: field('request_data', 'initial_request_timestamp', '2026-02-30T10:00:00Z'),
    path: 'request_data.initial_request_timestamp',
  },
  {
    code: 'MISSING_RECIPIENT_TEL',
    body: field('recipient_data', 'recipient_tel', ''),
    path: 'recipient_data.recipient_tel',
  },
  {
    code: 'INVALID_RECIPIENT_TEL',
    body: field('recipient_data', 'recipient_tel', '07700 900123'),
    path: 'recipient_data.recipient_tel',
  },
  {
    code: 'MISSING_RECIPIENT_EMAIL',
    body: sampleRequest({ recipient_data: { recipient_email: null }, request_data: { channel_method: 'email' } }),
    path: 'recipient_data.recipient_email',
  },
  {
    code: 'INVALID_RECIPIENT_EMAIL',
    body: field('recipient_data', 'recipient_email', 'ada@example'),
    path: 'recipient_data.recipient_email',
  },
  {
    code: 'MISSING_COMMS_CONSENT',
    body: field('recipient_data', 'comms_consent', undefined),
    path: 'recipient_data.comms_consent',
  },
  {
    code: 'INVALID_COMMS_CONSENT_TYPE',
    body: field('recipient_data', 'comms_consent', 'yes'),
    path: 'recipient_data.comms_consent',
  },
  {
    code: 'INVALID_EXPECTED_ANSWERS',
    body: field('request_data', 'expected_answers', []),
    path: 'request_data.expected_answers',
  },
  {
    code: 'INVALID_SEND_AT',
    body: field('request_data', 'send_at', '2026-12-02T09:00:01Z'),
    path: 'request_data.send_at',
  },
  {
    code: 'INVALID_SEND_BEFORE',
    body: field('request_data', 'send_before', '2026-11-02T09:00:59Z'),
    path: 'request_data.send_before',
  },
  {
    code: 'INVALID_TEST',
    body: field('request_data', 'test', { outcome: 'exploded' }),
    path: 'request_data.test.outcome',
  },
  {
    code: 'PAYLOAD_TOO_LARGE',
    body: { ...sampleRequest(), padding: 'x'.repeat(100 * 1024) },
    requestId: 'unknown',
    path: 'body',
  },
  {
    code: 'MISSING_FACTS',
    company: sampleCompanyWithTemplate({ needs: ['project_data.unclear_point'] }),
    path: 'project_data.unclear_point',
  },
  { code: 'FORBIDDEN', apiKey: 'no such key', requestId: 'unknown' },
  { code: 'TEST_KEY_REQUIRED', body: field('request_data', 'test', { outcome: 'read' }) },
  { code: 'PROJECT_INACTIVE', company: { project_status: 'inactive' } },
  { code: 'CHANNEL_NOT_ALLOWED', company: { allowed_channels: ['email', 'pigeon'] } },
  { code: 'CONSENT_REQUIRED', body: field('recipient_data', 'comms_consent', false) },
  {
    code: 'RECIPIENT_OPTED_OUT',
    arrange: ({ directory }) =>
      directory.addOptOut({ recipient: RECIPIENT, sender: SENDER, at: '2026-10-01T00:00:00.000Z', source: 'reply' }),
  },
  { code: 'COMPANY_NOT_FOUND', body: field('company_data', 'project_id', 'other') },
  {
    code: 'IDEMPOTENCY_CONFLICT',
    arrange: (world) => world.post(sampleRequest({ recipient_data: { recipient_first_name: 'Eda' } })),
  },
  {
    code: 'RATE_LIMIT_EXCEEDED',
    company: { rate_limits: { requests_per_minute: 1 } },
    arrange: (world) =>
      world.post(sampleRequest({ request_data: { request_id: '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11' } })),
  },
  { code: 'CONFIGURATION_ERROR', company: { company_name: undefined } },
  {
    code: 'DATABASE_ERROR',
    ports: (ports) => ({
      ...ports,
      directory: Object.assign(Object.create(ports.directory), { loadForAccept: broken() }),
    }),
  },
  { code: 'QUEUE_ERROR', ports: (ports) => ({ ...ports, queue: { enqueue: broken() } }) },
  {
    code: 'INTERNAL_ERROR',
    ports: (ports) => ({
      ...ports,
      newIdentifier: () => {
        throw new RangeError('secret detail of +447700900123');
      },
    }),
  },
];

async function refusedBy(refusal: Case): Promise<{ readonly world: RouterWorld; readonly answer: PostAnswer }> {
  const world = new RouterWorld(refusal.company);
  await refusal.arrange?.(world);
  const ports = refusal.ports?.(world.ports) ?? world.ports;
  return {
    world,
    answer: await world.post(refusal.body ?? sampleRequest(), { apiKey: refusal.apiKey ?? API_KEY }, ports),
  };
}

/** What a request cannot be refused with: what is read, cancelled, listed and delivered has its own tests. */
const OF_OTHER_CALLS = [
  'CONVERSATION_NOT_FOUND', 'NOT_CANCELLABLE', 'ENDPOINT_NOT_FOUND', 'EVENT_NOT_FOUND', 'TOO_MANY_ENDPOINTS',
  'ENDPOINT_CHANGED', 'SENDING_KEY_REQUIRED', 'NOTHING_TO_ANSWER', 'CONVERSATION_TAKEN', 'CONVERSATION_CHANGED',
  'WINDOW_CLOSED', 'REPLIES_UNREAD',
];

describe('every refusal of the contract', () => {
  test('is reached by a case of this table', () => {
    expect(CASES.map(({ code }) => code)).toEqual(
      Object.keys(REFUSAL_STATUS).filter((code) => !OF_OTHER_CALLS.includes(code)),
    );
  });

  test.each(CASES)('$code is answered in the contract\'s words', async (refusal) => {
    const { answer } = await refusedBy(refusal);
    expect(answer.status).toBe(REFUSAL_STATUS[refusal.code]);
    expect(answer.headers['Content-Type']).toBe('application/json');
    expect(answer.json).toEqual({
      status: 'error',
      error_code: refusal.code,
      message: expect.stringMatching(refusal.path ? new RegExp(`^${refusal.path} .+\\.$`) : /^[^\n]+$/),
      request_id: refusal.requestId ?? REQUEST_ID,
      ...(refusal.path && { details: [{ path: refusal.path, message: expect.stringMatching(/^\w/) }] }),
    });
  });

  test.each(CASES)('$code tells neither client nor log anything of the inside or of the recipient', async (refusal) => {
    const { world, answer } = await refusedBy(refusal);
    expect(answer.body).not.toMatch(/secret detail|TypeError|RangeError|\bat .*\.ts/);
    expect(world.observer.everything()).not.toMatch(/\+?447700900123|ada@example|\bAda\b/);
  });

  test.each(CASES.filter(({ code }) => code !== 'QUEUE_ERROR'))('$code accepts nothing', async (refusal) => {
    const { world } = await refusedBy(refusal);
    const acceptedBefore = refusal.code === 'IDEMPOTENCY_CONFLICT' || refusal.code === 'RATE_LIMIT_EXCEEDED' ? 1 : 0;
    expect(world.queue.enqueued).toHaveLength(acceptedBefore);
    expect(world.conversations.all()).toHaveLength(acceptedBefore);
  });

  test.each(CASES)('$code is counted', async (refusal) => {
    const { world } = await refusedBy(refusal);
    expect(world.observer.counted('RequestRefused')).toBe(1);
    expect(world.observer.everything()).toContain(`"code":"${refusal.code}"`);
  });
});

describe('a request that is accepted', () => {
  test('is answered in the contract\'s words', async () => {
    const world = new RouterWorld();
    const answer = await world.post(sampleRequest());
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(answer.json).toEqual({
      status: 'success',
      request_id: REQUEST_ID,
      message: expect.stringContaining('accepted'),
      queue_timestamp: '2026-11-02T09:00:00.000Z',
      conversation_id: CONVERSATION_ID,
    });
    expect(world.observer.counted('RequestAccepted')).toBe(1);
    expect(world.observer.durations).toEqual([{ metric: 'RequestTime', milliseconds: 0 }]);
  });

  test('is queued by its identifier alone', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    expect(world.queue.enqueued).toEqual([{ channel: 'sms', conversationId: CONVERSATION_ID, company: 'brightpath' }]);
  });

  test('is accepted in base64 too, and with a byte order mark', async () => {
    const world = new RouterWorld();
    const body = Buffer.from(`\uFEFF${JSON.stringify(sampleRequest())}`).toString('base64');
    expect((await world.send({ apiKey: API_KEY, body, isBase64: true })).status).toBe(200);
  });

  test('leaves nothing of the recipient in the log', async () => {
    const world = new RouterWorld();
    await world.post(sampleRequest());
    expect(world.observer.everything()).not.toMatch(/447700900123|ada@example|\bAda\b|Backend/);
  });

  test('drops the fields that the engine does not know, old clients\' API key among them', async () => {
    const world = new RouterWorld();
    const request = {
      ...sampleRequest({ company_data: { api_key: 'leaked-key' }, recipient_data: { nickname: 'Countess' } }),
      trace: 'abc',
    };
    expect((await world.post(request)).status).toBe(200);
    const stored = JSON.stringify([
      world.conversations.all(),
      world.directory.allIdempotencyRecords(),
      world.queue.enqueued,
    ]);
    expect(stored).not.toMatch(/leaked-key|Countess|abc/);
    expect(world.observer.everything()).not.toMatch(/leaked-key|Countess/);
  });

  test('takes effect of a changed company record at once', async () => {
    const world = new RouterWorld();
    expect((await world.post(sampleRequest())).status).toBe(200);
    world.directory.seedCompany(sampleCompany({ project_status: 'inactive' }));
    const next = sampleRequest({ request_data: { request_id: '7a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11' } });
    expect((await world.post(next)).json.error_code).toBe('PROJECT_INACTIVE');
  });
});

describe('the order of checks', () => {
  test('the key comes before the shape of the body', async () => {
    const world = new RouterWorld();
    const forbidden = { status: 'error', error_code: 'FORBIDDEN', message: 'Forbidden', request_id: 'unknown' };
    for (const body of ['{', JSON.stringify(sampleRequest()), undefined]) {
      expect((await world.send({ apiKey: 'no such key', body, isBase64: false })).json).toEqual(forbidden);
      expect((await world.send({ body, isBase64: false })).json).toEqual(forbidden);
    }
  });

  test.each([
    ['revoked', { revoked_at: '2026-11-02T08:59:59.999Z' }, 403],
    ['expired', { expires_at: '2026-11-02T09:00:00.000Z' }, 403],
    ['of an unreadable end', { expires_at: 'soon' }, 403],
    ['about to expire', { expires_at: '2026-11-02T09:00:00.001Z' }, 200],
    ['about to be revoked', { revoked_at: '2026-11-02T11:00:00+01:00' }, 200],
  ])('a key that is %s', async (_words, grant, status) => {
    const world = new RouterWorld();
    world.seedKey(API_KEY, grant);
    expect((await world.post(sampleRequest())).status).toBe(status);
  });

  test('several keys of one company count at once, so that a key can be rotated', async () => {
    const world = new RouterWorld();
    world.seedKey('the next key', { project_ids: ['*'] });
    expect((await world.post(sampleRequest(), { apiKey: 'the next key' })).status).toBe(200);
    expect((await world.post(sampleRequest())).headers).toHaveProperty('Idempotency-Replayed', 'true');
  });

  const everyFault = {
    company: { project_status: 'inactive', allowed_channels: ['email'] },
    body: sampleRequest({ recipient_data: { comms_consent: false } }),
  };

  test('status, channel, consent and opt-out are judged in this order', async () => {
    const world = new RouterWorld(everyFault.company);
    await world.directory.addOptOut({
      recipient: RECIPIENT,
      sender: SENDER,
      at: '2026-10-01T00:00:00.000Z',
      source: 'reply',
    });
    const codes = [(await world.post(everyFault.body)).json.error_code];
    world.directory.seedCompany(sampleCompany({ allowed_channels: ['email'] }));
    codes.push((await world.post(everyFault.body)).json.error_code);
    world.directory.seedCompany(sampleCompany());
    codes.push((await world.post(everyFault.body)).json.error_code);
    codes.push((await world.post(sampleRequest())).json.error_code);
    expect(codes).toEqual(['PROJECT_INACTIVE', 'CHANNEL_NOT_ALLOWED', 'CONSENT_REQUIRED', 'RECIPIENT_OPTED_OUT']);
  });

  test('an opt-out counts for its sender only', async () => {
    const world = new RouterWorld();
    await world.directory.addOptOut({
      recipient: RECIPIENT,
      sender: '447700900999',
      at: '2026-10-01T00:00:00.000Z',
      source: 'reply',
    });
    expect((await world.post(sampleRequest())).status).toBe(200);
  });
});

describe('tenants apart', () => {
  const foreign = (world: RouterWorld) => {
    world.directory.seedCompany(sampleCompany({ company_id: 'rival', project_id: 'secret-project' }));
    world.seedKey('rival-key', { company_id: 'rival', project_ids: ['*'] });
  };
  const askFor = (companyId: string, projectId: string) =>
    sampleRequest({ company_data: { company_id: companyId, project_id: projectId } });

  test('another company\'s project and none at all are answered alike', async () => {
    const world = new RouterWorld();
    foreign(world);
    const there = await world.post(askFor('rival', 'secret-project'));
    const nowhere = await world.post(askFor('nobody', 'nothing'));
    expect(there).toEqual(nowhere);
    expect(there.json.error_code).toBe('COMPANY_NOT_FOUND');
  });

  test('a project of the same name in another company is out of reach too, for a key to all projects as well', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompany({ company_id: 'rival' }));
    world.seedKey('key to all', { project_ids: ['*'] });
    for (const apiKey of [API_KEY, 'key to all']) {
      expect((await world.post(askFor('rival', 'cv-review'), { apiKey })).json.error_code).toBe('COMPANY_NOT_FOUND');
    }
  });

  test('both cost the same reads', async () => {
    const world = new RouterWorld();
    foreign(world);
    const reads: string[] = [];
    const watched = new Proxy(world.directory, {
      get: (directory, name: keyof RouterPorts['directory']) => (query: never) => {
        reads.push(name);
        return directory[name](query);
      },
    });
    await world.post(askFor('rival', 'secret-project'), {}, { ...world.ports, directory: watched });
    await world.post(askFor('nobody', 'nothing'), {}, { ...world.ports, directory: watched });
    expect(reads).toEqual(['loadForAccept', 'loadForAccept']);
  });

  test('a key reaches no project beside those it names, even of its own company', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompany({ project_id: 'other' }));
    expect((await world.post(askFor('brightpath', 'other'))).json.error_code).toBe('COMPANY_NOT_FOUND');
    world.seedKey(API_KEY, { project_ids: ['other'] });
    expect((await world.post(askFor('brightpath', 'other'))).status).toBe(200);
    expect((await world.post(askFor('brightpath', 'cv-review'))).json.error_code).toBe('COMPANY_NOT_FOUND');
  });

  test('an incomplete record of another company tells nothing either', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany({ company_id: 'rival', project_id: 'secret-project' });
    expect((await world.post(askFor('rival', 'secret-project'))).json.error_code).toBe('COMPANY_NOT_FOUND');
    expect(world.observer.counted('ConfigurationFault')).toBe(0);
  });

  test.each([
    ['a number sign', 'bright#path'],
    ['a control character', 'bright\u0000path'],
    ['more bytes than a record\'s key has room for', 'é'.repeat(301)],
  ])('an identifier that holds %s belongs to nobody', async (_words, companyId) => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompany({ company_id: companyId }));
    world.seedKey(API_KEY, { company_id: companyId, project_ids: ['*'] });
    expect((await world.post(askFor(companyId, 'cv-review'))).json.error_code).toBe('COMPANY_NOT_FOUND');
    expect((await world.post(askFor(companyId, 'cv-review'), { apiKey: 'no such key' })).json.error_code).toBe(
      'FORBIDDEN',
    );
  });
});

describe('an incomplete company record', () => {
  test('is told to the operator field by field, and to the client not at all', async () => {
    const { channel_config: channels } = sampleCompany();
    const world = new RouterWorld({
      company_name: undefined,
      channel_config: { ...channels, sms: { company_sms_number: SENDER } },
    });
    const answer = await world.post(sampleRequest());
    expect(answer.json.error_code).toBe('CONFIGURATION_ERROR');
    expect(answer.body).not.toMatch(/company_name|template|credentials/);
    const told = world.observer.everything();
    for (const path of ['company_name', 'channel_config.sms.sms_credentials_id', 'channel_config.sms.template']) {
      expect(told).toContain(`${path} is missing`);
    }
    expect(world.observer.counted('ConfigurationFault')).toBe(1);
  });

  test('hinders only the channel that it is incomplete for', async () => {
    const { channel_config: channels } = sampleCompany();
    const world = new RouterWorld({ channel_config: { ...channels, sms: {} } });
    expect((await world.post(sampleRequest())).json.error_code).toBe('CONFIGURATION_ERROR');
    expect((await world.post(sampleRequest({ request_data: { channel_method: 'WhatsApp' } }))).status).toBe(200);
  });
});

describe('cross-origin calls', () => {
  const originHeader = async (origin: string | undefined, allowedOrigins: readonly string[]) => {
    const world = new RouterWorld();
    Object.assign(world.settings, { allowedOrigins });
    const { headers } = await world.post(sampleRequest(), origin === undefined ? {} : { origin });
    return { allowed: headers['Access-Control-Allow-Origin'], vary: headers.Vary };
  };

  test('an allowed origin is named', async () => {
    expect(await originHeader('https://app.example.com', ['https://app.example.com'])).toEqual({
      allowed: 'https://app.example.com',
      vary: 'Origin',
    });
  });

  test('another origin, and none, are not', async () => {
    expect(await originHeader('https://evil.example.com', ['https://app.example.com'])).toEqual({
      allowed: undefined,
      vary: 'Origin',
    });
    expect(await originHeader(undefined, ['https://app.example.com'])).toEqual({ allowed: undefined, vary: 'Origin' });
  });

  test('a star allows all', async () => {
    expect(await originHeader('https://any.example.com', ['*'])).toEqual({ allowed: '*', vary: undefined });
  });

  test('refusals carry the header too', async () => {
    const answer = await new RouterWorld().send({ body: '{', isBase64: false, origin: 'https://app.example.com' });
    expect(answer.headers['Access-Control-Allow-Origin']).toBe('https://app.example.com');
  });
});

describe('facts that the template needs', () => {
  const NEEDS = {
    needs: ['recipient_data.recipient_first_name', 'project_data.unclear_point', 'project_data.contact.name'],
  };
  const facts = { unclear_point: 'two end dates', contact: { name: 'Mary Jones' } };

  test('are all named at once where the request lacks them, and nothing is counted or kept', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate(NEEDS));
    const answer = await world.post(
      sampleRequest({
        recipient_data: { recipient_first_name: undefined },
        project_data: { unclear_point: ' ', contact: null },
      }),
    );
    expect([answer.status, answer.json.error_code]).toEqual([400, 'MISSING_FACTS']);
    expect(answer.json.details).toEqual(
      NEEDS.needs.map((path) => ({ path, message: 'is missing: the template cv_question needs it' })),
    );
    expect(world.directory.allIdempotencyRecords()).toEqual([]);
    expect(world.queue.enqueued).toEqual([]);
  });

  test('let the request through where it has them', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate(NEEDS));
    expect((await world.post(sampleRequest({ project_data: facts }))).status).toBe(200);
  });

  test('count for new requests alone: a replay is answered as before', async () => {
    const world = new RouterWorld();
    const first = await world.post(sampleRequest());
    world.directory.seedCompany(sampleCompanyWithTemplate(NEEDS));
    const second = await world.post(sampleRequest());
    expect([second.status, second.json]).toEqual([200, first.json]);
    expect(second.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
  });

  test('must be paths of the request: another one is a fault of the company record', async () => {
    const world = new RouterWorld();
    world.directory.seedCompany(sampleCompanyWithTemplate({ needs: ['company_rep.company_rep_1'] }));
    expect((await world.post(sampleRequest())).json.error_code).toBe('CONFIGURATION_ERROR');
  });
});

test('a request without names is accepted, and its record has none', async () => {
  const world = new RouterWorld();
  const nameless = { recipient_first_name: undefined, recipient_last_name: null };
  expect((await world.post(sampleRequest({ recipient_data: nameless }))).status).toBe(200);
  expect(world.conversations.all()[0]).not.toHaveProperty('recipient_first_name');
});

test('unknown fields are answered in warnings, which no log line repeats', async () => {
  const world = new RouterWorld();
  const answer = await world.post(sampleRequest({ request_data: { callback_url: 'https://example.com' } }));
  expect(answer.json.warnings).toEqual([
    { path: 'request_data.callback_url', message: 'is not a known field, and was ignored' },
  ]);
  expect((await new RouterWorld().post(sampleRequest())).json).not.toHaveProperty('warnings');
  expect(world.observer.everything()).not.toContain('callback_url');
});
