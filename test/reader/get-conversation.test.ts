import type { CompositionSnapshot, Conversation, ConversationMessage } from '../../src/core/lifecycle/conversation';
import { STATUSES } from '../../src/core/lifecycle/conversation';
import { FAILURE_REASONS } from '../../src/core/lifecycle/failure';
import { conversationAnswerSchema } from '../../src/reader/conversation-answer';
import type { ReadCall } from '../../src/reader/get-conversation';
import { getConversation } from '../../src/reader/get-conversation';
import { showConversation } from '../../src/reader/show-conversation';
import { sha256 } from '../../src/core/sha256';
import { FakeClock } from '../support/fake-clock';
import { FakeObserver } from '../support/fake-observer';
import { MemoryConversations } from '../support/memory-conversations';
import { MemoryDirectory } from '../support/memory-directory';
import { MemoryThreads } from '../support/memory-threads';
import { sampleConversation, sampleIdempotencyRecord } from '../support/sample-message';

const API_KEY = 'sample-key-of-brightpath';
const RIVAL_KEY = 'sample-key-of-rival';

let clock: FakeClock;
let observer: FakeObserver;
let directory: MemoryDirectory;
let conversations: MemoryConversations;
let threads: MemoryThreads;

beforeEach(() => {
  clock = new FakeClock();
  observer = new FakeObserver();
  directory = new MemoryDirectory();
  conversations = new MemoryConversations();
  threads = new MemoryThreads();
  const created_at = '2026-01-01T00:00:00.000Z';
  directory.seedKey(sha256(API_KEY), { company_id: 'brightpath', project_ids: ['cv-review'], created_at });
  directory.seedKey(sha256(RIVAL_KEY), { company_id: 'rival', project_ids: ['*'], created_at });
});

async function accepted(
  changes: Partial<Conversation> = {},
  channel: Conversation['channel_method'] = 'sms',
): Promise<Conversation> {
  const conversation = sampleConversation({ now: clock.now(), channel, changes });
  await directory.putIdempotencyRecord(sampleIdempotencyRecord(conversation));
  return conversations.seed(conversation);
}

const wrote = (role: ConversationMessage['role'], content: string): ConversationMessage => ({
  message_id: `m-${content}`, timestamp: '2026-11-02T09:00:00.000Z', role, content,
  prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
});

async function get(conversationId: string, call: Partial<ReadCall> = {}) {
  const ports = { directory, conversations, threads, clock, observer };
  const answer = await getConversation(
    { apiKey: API_KEY, pathPart: encodeURIComponent(conversationId), ...call },
    ports,
    ['https://app.example.com'],
  );
  return { ...answer, json: JSON.parse(answer.body) };
}

const SENT: Partial<Conversation> = {
  conversation_status: 'initial_message_sent',
  delivery_status: 'delivered',
  attempt_count: 1,
  sent_at: '2026-11-02T09:00:02.000Z',
  history: [
    { at: '2026-11-02T09:00:00.000Z', status: 'initiated' },
    { at: '2026-11-02T09:00:02.000Z', status: 'initial_message_sent', by: 'Robin Example' },
  ],
  messages: [
    {
      message_id: 'm-1',
      timestamp: '2026-11-02T09:00:01.000Z',
      role: 'assistant',
      content: 'Hello Ada',
      prompt_tokens: 1,
      completion_tokens: 1,
      total_tokens: 2,
    },
  ],
};

describe('a conversation of the key\'s own', () => {
  test('is told with its way, its delivery and what to do', async () => {
    const conversation = await accepted(SENT);
    const { status, headers, json } = await get(conversation.conversation_id);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    expect(json).toEqual({
      status: 'success',
      conversation_id: conversation.conversation_id,
      company_id: 'brightpath',
      project_id: 'cv-review',
      request_id: conversation.request_id,
      channel_method: 'sms',
      conversation_status: 'initial_message_sent',
      is_test: false,
      is_final: true,
      reason: null,
      next_action: 'None.',
      delivery_status: 'delivered',
      attempts: 1,
      accepted_at: conversation.created_at,
      updated_at: conversation.updated_at,
      sent_at: SENT.sent_at,
      send_at: null,
      send_before: conversation.send_before,
      composition: null,
      task_complete: false,
      replies: 0,
      answers: [],
      reminder_of: null,
      history: [
        { at: '2026-11-02T09:00:00.000Z', status: 'initiated' },
        { at: '2026-11-02T09:00:02.000Z', status: 'initial_message_sent' },
      ],
    });
  });

  test('is answered with where each value came from, and without the values', async () => {
    const composition: CompositionSnapshot = {
      filled: { channel: 'sms', text: 'Hello Ada, words of a person and a fallback', segments: 1 },
      values: { first_name: 'Ada', question: 'words', hint: 'words', name: 'words', closing: 'words' },
      template_name: 'cv_question',
      template_version: 3,
      instructions_version: '0123456789abcdef',
      facts_hash: 'f'.repeat(64),
      verdicts: { first_name: 'copied', question: 'proved', hint: 'repaired', name: 'proved', closing: 'fallback' },
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      unwritten: ['greeting'],
    };
    const review = {
      decision: 'approved',
      reviewer: 'Robin Example',
      at: '2026-11-02T09:00:00.000Z',
      held_for: 'proof_failed',
      edited: ['name'],
    } as const;
    const { json, body } = await get((await accepted({ ...SENT, composition, review })).conversation_id);
    expect(json.composition).toEqual({
      template_name: 'cv_question',
      template_version: 3,
      variables: [
        { name: 'first_name', source: 'copied' },
        { name: 'question', source: 'written' },
        { name: 'hint', source: 'repaired' },
        { name: 'name', source: 'person' },
        { name: 'closing', source: 'fallback' },
        { name: 'greeting', source: 'unwritten' },
      ],
    });
    expect(body).not.toMatch(/words|Ada|Robin/);
    expect(conversationAnswerSchema.safeParse(json).success).toBe(true);
  });

  test('holds no text, no name and no address, and its text only where that is asked for', async () => {
    const { conversation_id: id } = await accepted(SENT);
    const silent = await get(id);
    for (const word of ['Hello', 'Ada', '+447700900123', 'ada.example@example.com', 'message queue', 'Robin']) {
      expect(silent.body).not.toContain(word);
    }
    const { json, body } = await get(id, { include: 'text' });
    expect(json.messages).toEqual([
      { message_id: 'm-1', timestamp: '2026-11-02T09:00:01.000Z', role: 'assistant', content: 'Hello Ada' },
    ]);
    expect(body).not.toContain('+447700900123');
    expect(observer.everything()).not.toMatch(/Hello|Ada|7700900123/);
  });

  test.each(['sms', 'email'] as const)('of %s is found by its identifier in the path', async (channel) => {
    const { conversation_id: id } = await accepted({}, channel);
    expect(encodeURIComponent(id)).not.toBe(id);
    expect((await get(id)).json.conversation_id).toBe(id);
  });

  test('that fails says why in plain words, without a secret\'s name', async () => {
    const { conversation_id: id } = await accepted({
      conversation_status: 'failed_secrets_fetch',
      failure_reason: 'secret_missing',
      failure_detail: 'ai-multi-comms/secret',
    });
    const { json, body } = await get(id);
    expect(json).toMatchObject({
      is_final: true,
      reason: { code: 'secret_missing', message: 'A secret that the company record names does not exist.' },
      next_action: 'Ask the operator to put it right, then send the request again under a new request_id.',
    });
    expect(body).not.toContain('ai-multi-comms/secret');
  });

  test('that a person rejected says it in that person\'s words', async () => {
    const review = {
      decision: 'rejected',
      reviewer: 'Robin Example',
      at: '2026-11-02T09:00:02.000Z',
      held_for: 'proof_failed',
      note: 'The role is filled.',
    } as const;
    const { conversation_id: id } = await accepted({
      conversation_status: 'rejected',
      failure_reason: 'review_rejected',
      review,
    });
    expect((await get(id)).json.reason.message).toBe('A person rejected the message. The role is filled.');
  });
});

describe('nothing tells what exists elsewhere', () => {
  const NOT_FOUND = {
    status: 404,
    body: '{"status":"error","error_code":"CONVERSATION_NOT_FOUND","message":"There is no such '
      + 'conversation.","request_id":"unknown"}',
  };

  test("another tenant's conversation is answered as one that does not exist, and its record is not read", async () => {
    const conversation = await accepted(SENT);
    const find = jest.spyOn(conversations, 'find');
    expect(await get(conversation.conversation_id, { apiKey: RIVAL_KEY })).toMatchObject(NOT_FOUND);
    expect(await get(conversation.conversation_id.replace('#3f0c', '#4f0c'), { apiKey: RIVAL_KEY })).toMatchObject(
      NOT_FOUND,
    );
    expect(find).not.toHaveBeenCalled();
  });

  test('so is another project\'s of the same company', async () => {
    const conversation = await accepted(SENT);
    directory.seedKey(sha256('other'), {
      company_id: 'brightpath',
      project_ids: ['another'],
      created_at: conversation.created_at,
    });
    expect(await get(conversation.conversation_id, { apiKey: 'other' })).toMatchObject(NOT_FOUND);
  });

  test.each([
    '',
    'nothing',
    '#',
    '###',
    'brightpath#cv-review',
    'brightpath#cv-review##447700900002',
    `brightpath#cv-review#${'x'.repeat(2000)}#1`,
  ])('what is not a valid identifier is told apart, by its form alone: %j', async (id) => {
    const conversation = await accepted();
    directory.seedKey(sha256('other'), {
      company_id: 'rival',
      project_ids: ['*'],
      created_at: conversation.created_at,
    });
    const answers = [await get(id), await get(id, { apiKey: 'other' })];
    for (const { status, json } of answers) {
      expect([status, json.error_code, json.message]).toEqual([
        404,
        'CONVERSATION_NOT_FOUND',
        expect.stringMatching(/percent-encode it/),
      ]);
    }
    expect(answers[0]?.body).not.toContain('xxx');
  });

  test.each([
    'brightpath#cv-review#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900999',
    `${'x'.repeat(700)}#p#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#1`,
    'brightpath#cv\u0000#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#1',
  ])('so is what is not an identifier: %j', async (id) => {
    await accepted();
    expect(await get(id)).toMatchObject(NOT_FOUND);
  });

  test('so is a path that is encoded wrongly, and one whose record has been removed', async () => {
    const conversation = await accepted();
    expect((await get('', { pathPart: '%E0%A4%A' })).json.message).toMatch(/percent-encode it/);
    conversations.remove(conversation);
    expect(await get(conversation.conversation_id)).toMatchObject(NOT_FOUND);
  });

  test.each([
    ['no key', undefined],
    ['an empty key', ''],
    ['an unknown key', "nobody's"],
  ])('%s is forbidden, whatever is asked for', async (_name, apiKey) => {
    const conversation = await accepted();
    for (const id of [conversation.conversation_id, 'nothing']) {
      const answer = await getConversation(
        { ...(apiKey === undefined ? {} : { apiKey }), pathPart: encodeURIComponent(id), include: 'nonsense' },
        { directory, conversations, threads, clock, observer },
        ['*'],
      );
      expect(answer).toMatchObject({
        status: 403,
        body: '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden","request_id":"unknown"}',
      });
    }
  });

  test('a revoked key is forbidden', async () => {
    const { conversation_id: id, created_at } = await accepted();
    directory.seedKey(sha256(API_KEY), {
      company_id: 'brightpath',
      project_ids: ['*'],
      created_at,
      revoked_at: created_at,
    });
    expect(await get(id)).toMatchObject({ status: 403 });
  });
});

test('what the recipient wrote stands behind what was written to them, and only where text is asked for', async () => {
  const sent = wrote('assistant', 'Which date is right?');
  const conversation = await accepted({ messages: [sent], inbound_ids: ['SM7'] });
  const message = wrote('user', 'The first one.');
  await threads.keep({ conversation, message, vendorMessageId: 'SM7' });
  const { json } = await get(conversation.conversation_id, { include: 'text' });
  expect(json.messages.map(({ role, content }: ConversationMessage) => [role, content])).toEqual([
    ['assistant', 'Which date is right?'], ['user', 'The first one.'],
  ]);
  const asked = jest.spyOn(threads, 'repliesTo');
  expect((await get(conversation.conversation_id)).body).not.toContain('The first one.');
  expect(asked).not.toHaveBeenCalled();
});

test('a record of an older version that holds its replies itself shows each once, without another read', async () => {
  const messages = [wrote('assistant', 'Which?'), wrote('user', 'This one.')];
  const conversation = await accepted({ messages, inbound_ids: ['SM7'] });
  const asked = jest.spyOn(threads, 'repliesTo');
  const { json } = await get(conversation.conversation_id, { include: 'text' });
  expect(json.messages).toHaveLength(2);
  expect(asked).not.toHaveBeenCalled();
});

test('values are shown with the paths of their evidence where the text is asked for, and never the quotes', async () => {
  const cited = (path: string) => ({ path, quote: 'Quillfeather Ltd' });
  const { conversation_id: id } = await accepted({
    ...SENT,
    composition: {
      filled: { channel: 'sms', text: 'Hello Ada, about Quillfeather', segments: 1 },
      values: { name: 'Ada', point: 'about Quillfeather' },
      verdicts: { name: 'copied', point: 'proved' },
      evidence: { point: [cited('project_data.firm'), cited('project_data.firm'), cited('project_data.post')] },
      unwritten: ['more'],
      template_name: 't',
      template_version: 1,
      instructions_version: '0',
      facts_hash: '0',
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    },
  });
  const { json, body } = await get(id, { include: 'text' });
  expect(json.composition.variables).toEqual([
    { name: 'name', source: 'copied', value: 'Ada', evidence: [] },
    {
      name: 'point',
      source: 'written',
      value: 'about Quillfeather',
      evidence: ['project_data.firm', 'project_data.post'],
    },
    { name: 'more', source: 'unwritten' },
  ]);
  expect(body).not.toContain('Quillfeather Ltd');
  const { json: without } = await get(id);
  expect(without.composition.variables).toEqual([
    { name: 'name', source: 'copied' },
    { name: 'point', source: 'written' },
    { name: 'more', source: 'unwritten' },
  ]);
});

test('an include that is not known is named', async () => {
  const { conversation_id: id } = await accepted();
  expect(await get(id, { include: 'everything' })).toMatchObject({
    status: 400,
    json: { error_code: 'INVALID_REQUEST', details: [{ path: 'include' }] },
  });
});

test('a database that is out of reach and a fault of the engine are told apart, without inner details', async () => {
  const { conversation_id: id } = await accepted();
  jest.spyOn(directory, 'loadForRead').mockRejectedValueOnce(new Error('at +447700900123'));
  expect(await get(id)).toMatchObject({
    status: 500,
    json: { error_code: 'DATABASE_ERROR', message: 'The records could not be reached: ask again.' },
  });
  jest.spyOn(clock, 'now').mockImplementationOnce(() => { throw new Error('at +447700900123'); });
  expect(await get(id)).toMatchObject({ status: 500, json: { error_code: 'INTERNAL_ERROR' } });
  expect(observer.everything()).not.toContain('7700900123');
});

test('pages of allowed origins may read the answer', async () => {
  const { conversation_id: id } = await accepted();
  expect((await get(id, { origin: 'https://app.example.com' })).headers['Access-Control-Allow-Origin']).toBe(
    'https://app.example.com',
  );
  expect((await get(id, { origin: 'https://other.example.com' })).headers).not.toHaveProperty(
    'Access-Control-Allow-Origin',
  );
});

test.each(STATUSES)(
  'the answer keeps its schema and names a next action in the state %s, for every reason',
  (conversation_status) => {
    for (const failure_reason of [undefined, ...FAILURE_REASONS]) {
      const shown = showConversation(
        sampleConversation({
          now: 0,
          changes: { ...SENT, conversation_status, ...(failure_reason ? { failure_reason } : {}) },
        }),
        true,
      );
      expect(conversationAnswerSchema.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
      expect(shown.next_action).toMatch(/\.$/);
    }
  },
);

describe('what the recipient answered', () => {
  const ANSWERED: Partial<Conversation> = {
    ...SENT,
    task_complete: 1,
    inbound_ids: ['SM1'],
    expected_answers: [
      { name: 'start', question: 'When can you start?', type: 'date', required: true },
      { name: 'note', question: 'Anything else?', type: 'text', required: false },
    ],
    answers: {
      start: {
        value: '2026-12-01', quote: 'from 1 December', message_id: 'm1', at: '2026-11-02T10:00:00.000Z', version: 1,
      },
    },
    history: [{ at: '2026-11-02T10:00:00.000Z', status: 'initial_message_sent', event: 'answered' }],
  };
  const OPEN = { name: 'note', type: 'text', required: false, answered_at: null, version: null };
  const GIVEN = { name: 'start', type: 'date', required: true, answered_at: '2026-11-02T10:00:00.000Z', version: 1 };

  test('is told without its words, which are the recipient\'s', async () => {
    const { conversation_id: id } = await accepted(ANSWERED);
    const { json, body } = await get(id);
    expect(conversationAnswerSchema.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({ task_complete: true, replies: 1, history: [{ event: 'answered' }] });
    expect(json.answers).toEqual([GIVEN, OPEN]);
    expect(body).not.toMatch(/December|2026-12-01/);
  });

  test('has value, quote and message where the text is asked for', async () => {
    const { conversation_id: id } = await accepted(ANSWERED);
    const { json } = await get(id, { include: 'text' });
    expect(conversationAnswerSchema.safeParse(json).error).toBeUndefined();
    expect(json.answers).toEqual([
      { ...GIVEN, value: '2026-12-01', quote: 'from 1 December', message_id: 'm1' },
      OPEN,
    ]);
  });
});
