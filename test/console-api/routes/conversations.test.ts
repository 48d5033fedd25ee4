import { mayRead } from '../../../src/console-api/routes/conversations';
import { readGrants } from '../../../src/console-api/people/may';
import { NOW } from '../console-world';
import { MemoryDirectory } from '../../support/memory-directory';
import { memoryIndex } from '../../support/memory-index';
import { operatorsWorld } from '../../support/operators-world';
import { sampleConversation } from '../../support/sample-message';
import { pathOf, recordsWorld, UNKNOWN } from './records-world';

const REASON = 'content_rejected';
const REPLY = {
  message_id: 'm1', timestamp: '2026-11-02T09:02:00.000Z', role: 'user', content: 'I was on leave.',
  prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
} as const;

describe('the list', () => {
  const listedBy = async (query: Readonly<Record<string, string>>, count = 3) => {
    const { conversations, companies, directory, add } = operatorsWorld();
    for (let done = 0; done < count; done += 1) add({ company: 'brightpath', minutesAgo: done + 1 });
    const failed = { conversation_status: 'failed_to_send_message', failure_reason: REASON } as const;
    add({ company: 'brightpath', project: 'other', ...failed });
    add({ company: 'zenith' });
    const world = recordsWorld({
      conversations, companies,
      directory: Object.assign(new MemoryDirectory(), directory),
      index: memoryIndex(() => conversations.all()),
    });
    world.signIn('auditor:brightpath');
    return { ...(await world.get('/conversations', query)), get: world.get };
  };

  test("holds the company's own, newest first, with state and next step and no address in full", async () => {
    const { status, json, body } = await listedBy({ project: 'hiring' });
    expect(status).toBe(200);
    expect(json.found).toHaveLength(3);
    expect(json.found).toMatchObject([{ status: 'initiated', step: { words: expect.any(String) } }, {}, {}]);
    expect(json.next).toBeUndefined();
    expect(String(body)).not.toContain('zenith');
    expect(String(body)).not.toContain('+447700900123');
  });

  test('is narrowed by a state', async () => {
    const { json } = await listedBy({ state: 'failed' });
    expect(json.found).toMatchObject([{ status: 'failed_to_send_message', reason: REASON }]);
  });

  test('goes on where the page before ended', async () => {
    const { json, get } = await listedBy({ project: 'hiring' }, 52);
    expect(json.found).toHaveLength(50);
    const rest = await get('/conversations', { project: 'hiring', after: String(json.next) });
    expect(rest.json.found).toHaveLength(2);
  });

  test.each([
    [{ state: 'lost' }, 'UNKNOWN_STATE', '"lost" is not a state'],
    [{ after: 'nonsense' }, 'UNKNOWN_PAGE', 'Begin at the first'],
  ])('is refused by %j', async (query, code, words) => {
    const { status, json } = await listedBy(query);
    expect([status, json.code]).toEqual([400, code]);
    expect(json.message).toContain(words);
  });
});

describe('one conversation', () => {
  test('is shown by its way and next step, without text, names and replies', async () => {
    const world = recordsWorld();
    const held = await world.records.heldByFlag();
    world.signIn('auditor:brightpath');
    const { status, json, body } = await world.get(pathOf('conversations', held));
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'awaiting_review', mayRead: 'no', attempts: { used: 0 } });
    expect(json).not.toHaveProperty('cost');
    expect(json.way).toContainEqual(expect.objectContaining({ status: 'initiated' }));
    for (const secret of ['message queue', 'Sample', held.recipient_tel]) expect(String(body)).not.toContain(secret);
    expect(world.page.audited).toEqual([]);
  });

  test('tells what it cost once nothing more happens', async () => {
    const world = recordsWorld();
    const usage_prices = { currency: 'GBP', tokens_in_per_1000: 0, tokens_out_per_1000: 0, send: 0.05, call: 0.01 };
    const ended = await world.records.accept({
      conversation_status: 'failed_to_send_message', failure_reason: REASON, usage_prices, model_calls: 2,
    });
    world.signIn('operator:*');
    const { json } = await world.get(pathOf('conversations', ended));
    expect(json).toMatchObject({ cost: { currency: 'GBP', amount: expect.any(Number) }, mayRead: 'with_reason' });
  });

  test('that is nowhere is not found', async () => {
    const world = recordsWorld();
    world.signIn('operator:*');
    const { status, json } = await world.get(pathOf('conversations', UNKNOWN));
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the text', () => {
  const textFor = async (role: string, body: object) => {
    const world = recordsWorld();
    const held = await world.records.heldByFlag();
    await world.records.threads.keep({ conversation: held, message: REPLY, vendorMessageId: 'SM-1' });
    world.signIn(role);
    return { ...(await world.post(pathOf('conversations', held, '/text'), body)), held, audited: world.actions() };
  };

  test.each([
    ['company_admin:brightpath', {}, 'read_text', undefined],
    ['reviewer:brightpath', {}, 'read_text', undefined],
    ['operator:*', { reason: 'complaint' }, 'reveal', 'complaint'],
  ])('is read by %s, and that is recorded', async (role, body, action, reason) => {
    const { status, json, held, audited } = await textFor(role, body);
    expect(status).toBe(200);
    expect(json).toMatchObject({ recipient: held.recipient_tel, recipientName: 'Ada Sample' });
    expect(json.messages).toContainEqual({ timestamp: REPLY.timestamp, role: 'user', content: REPLY.content });
    expect(json.facts).toContainEqual({ path: 'project_data.position', value: 'Backend engineer' });
    expect(audited).toEqual([{ action, fields: ['text', 'facts', 'recipient'], reason }]);
  });

  test.each([
    ['operator:*', {}, 400, 'REASON_NEEDED'],
    ['operator:*', { reason: 'curiosity' }, 400, 'INVALID_REQUEST'],
    ['agent:brightpath', {}, 403, 'FORBIDDEN'],
  ])('is refused to %s with %j, and nothing is recorded', async (role, body, status, code) => {
    const refused = await textFor(role, body);
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(String(refused.body)).not.toContain('on leave');
    expect(refused.audited).toEqual([]);
  });
});

test.each([
  ['reviewer', { conversation_status: 'awaiting_review' }, 'yes'],
  ['reviewer', { conversation_status: 'composed' }, 'no'],
  ['agent', { reply_attention: 'reply' }, 'yes'],
  ['agent', {}, 'no'],
  ['operator', {}, 'with_reason'],
  ['auditor', { conversation_status: 'awaiting_review', reply_attention: 'reply' }, 'no'],
  ['company_admin', {}, 'yes'],
] as const)('%s may read what is %j: %s', (role, changes, right) => {
  const person = { id: 'p1', name: 'Robin', grants: readGrants([`${role}:brightpath`]) };
  const conversation = sampleConversation({ now: NOW, changes });
  expect(mayRead(person, 'brightpath', conversation)).toBe(right);
  expect(mayRead(person, 'zenith', conversation)).toBe('no');
});
