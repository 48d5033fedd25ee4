import { createEngineClient } from '../../src/client/engine-client';
import type { MessageRequest } from '../../src/client/initiate-result';
import type { RetryPolicy } from '../../src/client/retry-policy';
import type { Meeting } from './scripted-world';
import { ACCEPTED, refusal, ScriptedWorld } from './scripted-world';

const REQUEST: MessageRequest = {
  company_data: { company_id: 'harbour-and-pine', project_id: 'nurse-recruitment' },
  recipient_data: {
    recipient_first_name: 'Amara',
    recipient_last_name: 'Okafor',
    recipient_tel: '+447700900210',
    comms_consent: true,
  },
  project_data: { job_title: 'Staff Nurse' },
  request_data: { channel_method: 'whatsapp' },
};
const LOST = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });

async function ask(
  meetings: readonly Meeting[],
  {
    request = REQUEST,
    retry,
    chance,
  }: { request?: MessageRequest; retry?: Partial<RetryPolicy>; chance?: number } = {},
) {
  const world = new ScriptedWorld(meetings, chance);
  const client = createEngineClient({
    url: 'https://engine.example.com/dev',
    apiKey: 'secret-key',
    world,
    ...(retry && { retry }),
  });
  return { result: await client.initiateConversation(request), world };
}

test('an acceptance tells the conversation, and the key goes in the header', async () => {
  const { result, world } = await ask([ACCEPTED]);
  expect(result).toEqual({
    outcome: 'accepted',
    conversationId: 'a#b#r#447700900100',
    queuedAt: '2026-11-22T10:00:00.000Z',
    replayed: false,
    warnings: [],
    requestId: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
    attempts: 1,
  });
  expect(world.sent).toEqual([
    {
      url: 'https://engine.example.com/dev/initiate-conversation',
      key: 'secret-key',
      body: {
        ...REQUEST,
        request_data: {
          channel_method: 'whatsapp',
          request_id: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
          initial_request_timestamp: '2026-11-22T10:00:00.000Z',
        },
      },
    },
  ]);
});

test('what identifies the request is made once, and every attempt sends the same body', async () => {
  const { result, world } = await ask([
    LOST,
    refusal(500, 'DATABASE_ERROR'),
    refusal(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '1' }),
    { ...ACCEPTED, headers: { 'idempotency-replayed': 'true' } },
  ]);
  expect(result).toMatchObject({
    outcome: 'accepted',
    replayed: true,
    attempts: 4,
    requestId: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
  });
  expect(new Set(world.sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('what the caller gives identifies the request', async () => {
  const given = {
    channel_method: 'sms',
    request_id: '5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01',
    initial_request_timestamp: '2026-01-01T00:00:00Z',
  } as const;
  const { result, world } = await ask([ACCEPTED], { request: { ...REQUEST, request_data: given } });
  expect(result.requestId).toBe(given.request_id);
  expect(world.sent[0]?.body).toMatchObject({ request_data: given });
});

test.each([
  [400, 'INVALID_RECIPIENT_TEL'], [403, 'FORBIDDEN'], [404, 'COMPANY_NOT_FOUND'], [409, 'IDEMPOTENCY_CONFLICT'],
])('%d %s is final', async (status, code) => {
  const details = [{ path: 'recipient_data.recipient_tel', message: 'is wrong' }];
  const { result, world } = await ask([refusal(status, code, {}, details)]);
  expect(result).toMatchObject({
    outcome: 'refused',
    status,
    code,
    details,
    attempts: 1,
    message: `The ${code} of a test.`,
  });
  expect(world.waits).toEqual([]);
});

test('an answer that is not the engine\'s is neither an acceptance nor a code', async () => {
  expect((await ask([{ status: 413, body: '<html>too large</html>' }])).result).toMatchObject({
    outcome: 'refused',
    status: 413,
    code: 'UNDOCUMENTED',
    details: [],
  });
  const { result } = await ask(
    [
      { status: 200, body: '<html>signed out</html>' },
      { status: 200, body: { hello: 1 } },
      { status: 502, body: '<html/>' },
    ],
    { retry: { attempts: 3 } },
  );
  expect(result).toMatchObject({ outcome: 'unanswered', status: 502, attempts: 3 });
});

describe('waiting', () => {
  test('doubles, is bounded, and is a random part of its span', async () => {
    const retry = { attempts: 6, firstDelay: 100, longestDelay: 500, patience: 10_000 };
    expect((await ask([LOST], { retry, chance: 0.5 })).world.waits).toEqual([50, 100, 200, 250, 250]);
    expect((await ask([LOST], { retry, chance: 0 })).world.waits).toEqual([0, 0, 0, 0, 0]);
  });

  test('heeds Retry-After, and never comes back before it', async () => {
    const { world } = await ask([refusal(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '7' }), ACCEPTED], {
      retry: { firstDelay: 1000 },
      chance: 0.25,
    });
    expect(world.waits).toEqual([7250]);
  });

  test('gives up at once where the limit lasts longer than the patience', async () => {
    const { result, world } = await ask([refusal(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '3600' })]);
    expect(result).toMatchObject({ outcome: 'limited', retryAfterSeconds: 3600, attempts: 1 });
    expect(world.waits).toEqual([]);
  });

  test('counts the time of slow answers', async () => {
    const slow = { ...refusal(500, 'INTERNAL_ERROR'), takes: 29_000 };
    const { result } = await ask([slow], {
      retry: { attempts: 10, firstDelay: 5_000, longestDelay: 5_000 },
      chance: 0.9,
    });
    expect(result).toMatchObject({ outcome: 'unanswered', status: 500, code: 'INTERNAL_ERROR', attempts: 2 });
  });

  test.each([[null], ['Wed, 21 Oct 2026 07:28:00 GMT'], ['-3']])(
    'a Retry-After of %j counts as one second',
    async (header) => {
      const { result } = await ask(
        [refusal(429, 'RATE_LIMIT_EXCEEDED', header === null ? {} : { 'retry-after': header })],
        { retry: { attempts: 1 } },
      );
      expect(result).toMatchObject({ outcome: 'limited', retryAfterSeconds: 1 });
    },
  );
});

test.each([
  [LOST, 'No answer came: ECONNRESET.'],
  [new DOMException('The operation was aborted due to timeout', 'TimeoutError'), 'No answer came in time.'],
  [new Error('socket closed'), 'No answer came: socket closed.'],
])('a network that fails to the end leaves the request open, in a sentence: %s', async (failure, reason) => {
  const { result, world } = await ask([failure]);
  expect(result).toEqual({
    outcome: 'unanswered',
    reason,
    requestId: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
    attempts: 5,
  });
  expect(world.waits).toHaveLength(4);
  expect(JSON.stringify(result)).not.toMatch(/secret-key|Amara|447700/);
});

test('an address that is none is said at once', () => {
  expect(() => createEngineClient({ url: 'engine.example.com', apiKey: 'k' })).toThrow(
    "Making the engine's client failed: \"engine.example.com\" is no URL. Give the stage's, which is the stack's "
      + 'output ApiUrl.',
  );
});

describe('asking after a conversation', () => {
  const conversation = {
    status: 'success',
    conversation_id: 'a#b#r#447700900100',
    conversation_status: 'initial_message_sent',
  };
  const read = async (meetings: readonly Meeting[], options?: { readonly includesText?: boolean }) => {
    const world = new ScriptedWorld(meetings);
    const result = await createEngineClient({
      url: 'https://engine.example.com/dev',
      apiKey: 'secret-key',
      world,
    }).getConversation('a#b#r#447700900100', options);
    return { result, urls: world.sent.map(({ url }) => url) };
  };

  test('encodes its identifier, repeats what may be repeated and answers what it finds', async () => {
    const { result, urls } = await read([LOST, { status: 200, body: conversation }]);
    expect(result).toEqual({ outcome: 'found', conversation, attempts: 2 });
    expect(urls[1]).toBe('https://engine.example.com/dev/conversations/a%23b%23r%23447700900100');
  });

  test('gets the text only where it is asked for', async () => {
    expect((await read([{ status: 200, body: conversation }], { includesText: true })).urls[0]).toMatch(
      /447700900100\?include=text$/,
    );
  });

  test('ends at once where there is none', async () => {
    expect((await read([refusal(404, 'CONVERSATION_NOT_FOUND')])).result).toMatchObject({
      outcome: 'refused',
      code: 'CONVERSATION_NOT_FOUND',
      attempts: 1,
    });
  });
});

test('an acceptance hands on which fields the engine ignored, and nothing that is not such a warning', async () => {
  const warnings = [
    { path: 'request_data.send_at', message: 'is not a known field, and was ignored' },
    'odd',
    { path: 1 },
  ];
  const { result } = await ask([{ ...ACCEPTED, body: { ...ACCEPTED.body, warnings } }]);
  expect(result).toMatchObject({ outcome: 'accepted', warnings: [warnings[0]] });
});

const DRY_RUN = { status: 200, body: { status: 'success', request_id: 'r', outcome: 'would_send', message: null } };
const TEMPLATES = { status: 200, body: { status: 'success', company_id: 'a', templates: [{ name: 'cv' }] } };

function clientOf(meetings: readonly Meeting[]) {
  const world = new ScriptedWorld(meetings);
  return { world, client: createEngineClient({ url: 'https://engine.example.com/dev', apiKey: 'secret-key', world }) };
}

test('a dry run says what would become of the message, under an identifier of its own', async () => {
  const { client, world } = clientOf([refusal(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '1' }), DRY_RUN]);
  expect(await client.dryRun(REQUEST)).toEqual({
    outcome: 'tried', dryRun: DRY_RUN.body, attempts: 2, requestId: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
  });
  expect(world.sent.map(({ url }) => url)).toEqual(Array(2).fill('https://engine.example.com/dev/dry-run'));
});

test.each([[LOST], [refusal(500, 'INTERNAL_ERROR')]])(
  'a dry run whose answer is lost is not paid for twice',
  async (lost) => {
    const { client, world } = clientOf([lost, DRY_RUN]);
    expect(await client.dryRun(REQUEST)).toMatchObject({ outcome: 'unanswered', attempts: 1 });
    expect(world.sent).toHaveLength(1);
  },
);

test('messages are listed page by page, with what was asked for', async () => {
  const page = (next_cursor: string | null) => (
    { status: 200, body: { status: 'success', company_id: 'acme', messages: [{ request_id: 'one' }], next_cursor } });
  const { client, world } = clientOf([LOST, page('next one'), page(null)]);
  const filter = { projectId: 'hiring', state: 'failed', since: '2026-11-22T10:00:00+01:00' } as const;
  expect(await client.listMessages(filter)).toEqual({
    outcome: 'listed', messages: [{ request_id: 'one' }], nextCursor: 'next one', attempts: 2,
  });
  const asked = new URL(String(world.sent.at(-1)?.url));
  expect([asked.pathname, Object.fromEntries(asked.searchParams)]).toEqual([
    '/dev/messages', { project_id: 'hiring', state: 'failed', since: '2026-11-22T10:00:00+01:00' },
  ]);
  expect(await client.listMessages({ ...filter, cursor: 'next one' })).toMatchObject({ nextCursor: null });
  expect(new URL(String(world.sent.at(-1)?.url)).searchParams.get('cursor')).toBe('next one');
  expect(await clientOf([TEMPLATES]).client.listMessages()).toMatchObject({ outcome: 'unanswered' });
  expect(await clientOf([refusal(400, 'INVALID_REQUEST')]).client.listMessages()).toMatchObject({ outcome: 'refused' });
});

test('templates are listed, asked for again after a failure, and read only where they are templates', async () => {
  const { client, world } = clientOf([LOST, TEMPLATES]);
  expect(await client.listTemplates()).toEqual({ outcome: 'listed', templates: [{ name: 'cv' }], attempts: 2 });
  expect(world.sent.at(-1)).toMatchObject({ url: 'https://engine.example.com/dev/templates', key: 'secret-key' });
  expect(await clientOf([{ status: 200, body: '<html>' }]).client.listTemplates()).toMatchObject({
    outcome: 'unanswered',
  });
  expect(await clientOf([refusal(403, 'FORBIDDEN')]).client.listTemplates()).toMatchObject({ outcome: 'refused' });
});

describe('answering a recipient', () => {
  const ID = 'a#b#r#447700900100';
  const place = 'https://engine.example.com/dev/conversations/a%23b%23r%23447700900100';
  const accepted = {
    status: 200,
    body: {
      status: 'success', request_id: 'r2', conversation_id: 'a#b#r2#447700900100', in_reply_to: ID, message: 'Queued.',
      queue_timestamp: '2026-11-22T11:45:00.120Z',
    },
  };
  const owner = (word: string, leaving: string | null = null) => (
    { status: 200, body: { status: 'success', conversation_id: ID, owner: word, message: '', leaving_request_id: leaving } });

  test('sends the same reply until it is accepted, under one identifier', async () => {
    const { client, world } = clientOf([LOST, refusal(500, 'QUEUE_ERROR'), accepted]);
    const result = await client.reply(ID, { text: 'Friday is fine.' });
    expect(result).toEqual({
      outcome: 'accepted', conversationId: 'a#b#r2#447700900100', queuedAt: '2026-11-22T11:45:00.120Z', replayed: false,
      attempts: 3, requestId: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01',
    });
    const bodies = world.sent.map(({ url, body }) => `${url} ${JSON.stringify(body)}`);
    expect(new Set(bodies)).toEqual(new Set([
      `${place}/replies {"request_id":"0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a01","text":"Friday is fine."}`,
    ]));
  });

  test('takes an identifier that was stored before, and says why a reply is refused', async () => {
    const { client, world } = clientOf([refusal(409, 'CONVERSATION_TAKEN')]);
    expect(await client.reply(ID, { text: 'Yes.', requestId: 'mine' })).toMatchObject(
      { outcome: 'refused', code: 'CONVERSATION_TAKEN', requestId: 'mine', attempts: 1 },
    );
    expect(world.sent).toHaveLength(1);
  });

  test('takes over and returns, and says which reply is leaving', async () => {
    const { client, world } = clientOf([LOST, owner('client', 'one'), owner('engine')]);
    expect(await client.takeOver(ID)).toEqual({ outcome: 'taken', leavingRequestId: 'one', attempts: 2 });
    expect(await client.returnConversation(ID)).toEqual({ outcome: 'returned', leavingRequestId: null, attempts: 1 });
    expect(world.sent.map(({ url }) => url)).toEqual([`${place}/take-over`, `${place}/take-over`, `${place}/return`]);
  });

  test('acknowledges replies, and says if another came', async () => {
    const acknowledged = { status: 200, body: { status: 'success', conversation_id: ID, message: '' } };
    const { client, world } = clientOf([LOST, acknowledged, refusal(409, 'REPLIES_UNREAD')]);
    expect(await client.acknowledgeReplies(ID, 2)).toEqual({ outcome: 'acknowledged', attempts: 2 });
    expect(await client.acknowledgeReplies(ID, 2)).toMatchObject({ outcome: 'refused', code: 'REPLIES_UNREAD' });
    expect(world.sent.at(-1)).toMatchObject({ url: `${place}/acknowledge`, body: { replies: 2 } });
  });

  test('takes no other answer for one of the engine', async () => {
    for (const body of ['<html>', { owner: 'somebody' }, [], { status: 'success' }]) {
      const odd = { status: 200, body };
      expect(await clientOf([odd, odd, odd, odd, odd]).client.takeOver(ID)).toMatchObject({ outcome: 'unanswered' });
      expect(await clientOf([odd, odd, odd, odd, odd]).client.reply(ID, { text: 'x' })).toMatchObject(
        { outcome: 'unanswered' },
      );
    }
  });
});
