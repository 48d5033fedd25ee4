import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { INVENTED_LINK } from '../../review/review-world';
import { HASH, pathOf, recordsWorld, UNKNOWN } from './records-world';

const SHOWN = ['text', 'values', 'facts', 'recipient'];

async function waitingWorld() {
  const world = recordsWorld();
  const held = await world.records.heldByFlag();
  world.signIn('reviewer:brightpath');
  const { json } = await world.get(pathOf('reviews', held));
  const seen = { heldSince: held.due_at, shown: json.shown };
  const decide = async (what: string, body: object, about: Pick<Conversation, 'conversation_id'> = held) =>
    world.post(pathOf('reviews', about, `/${what}`), { ...seen, ...body });
  return { ...world, held, item: json, decide };
}

test('what waits is listed without a word of its text or of its recipient', async () => {
  const { held, get } = await waitingWorld();
  const { status, json, body } = await get('/reviews');
  expect(status).toBe(200);
  expect(json).toMatchObject({ waiting: [{ conversationId: held.conversation_id, reason: 'review_requested' }] });
  expect(json.more).toBe(false);
  expect(String(body)).not.toContain('message queue');
  expect(String(body)).not.toContain(held.recipient_tel);
});

test('a reviewer of another company is not told whether anything waits', async () => {
  const world = recordsWorld();
  const held = await world.records.heldByFlag();
  world.signIn('reviewer:zenith');
  expect((await world.get('/reviews')).status).toBe(403);
  expect((await world.get(pathOf('reviews', held))).status).toBe(403);
  expect(await world.get('/reviews', { company: 'zenith' })).toMatchObject({ json: { waiting: [], more: false } });
});

test('one message is shown with text, values and facts, and that it was read is recorded', async () => {
  const { held, item, actions } = await waitingWorld();
  expect(item).toMatchObject({
    held: { conversationId: held.conversation_id, recipient: held.recipient_tel },
    proof: { outcome: 'proved', faults: [] },
  });
  expect(item.shown).toMatch(/^[0-9a-f]{64}$/);
  expect(actions()).toEqual([{ action: 'read_text', fields: SHOWN, reason: undefined }]);
});

test('values of a person are judged, and the record stays as it is', async () => {
  const { held, records, post, item } = await waitingWorld();
  const proof = async (question: string) =>
    (await post(pathOf('reviews', held, '/proof'), { values: { question } })).json;
  expect(await proof(INVENTED_LINK)).toMatchObject({
    proof: { outcome: 'unproved', faults: [{ variable: 'question' }] },
    shown: item.shown,
  });
  expect(await proof('did you use a message queue?')).toMatchObject({ proof: { outcome: 'proved' } });
  expect(await records.record(held)).toEqual(held);
});

test('an approval sends the message with the values of the person, and names those in the audit', async () => {
  const { decide, records, held, actions } = await waitingWorld();
  expect(await decide('approve', { values: { question: 'did you use a message queue?' } })).toMatchObject({
    status: 200,
    json: { outcome: 'approved', message: 'Approved: it goes to the channel.' },
  });
  expect(await records.record(held)).toMatchObject({
    conversation_status: 'composed',
    review: { decision: 'approved', reviewer: 'robin@example.com', edited: ['question'] },
  });
  expect(records.queue.enqueued).toHaveLength(1);
  expect(actions().at(-1)).toMatchObject({ action: 'approve', fields: ['decision', 'values.question'] });
});

test('words that cannot be proved do not go, and nothing is recorded as decided', async () => {
  const { decide, records, held, actions } = await waitingWorld();
  const { status, json } = await decide('approve', { values: { question: INVENTED_LINK } });
  expect([status, json.code]).toEqual([422, 'UNPROVED']);
  expect(json.message).toContain('Nothing was sent: question:');
  expect(String(json.message)).not.toContain('evil');
  expect(await records.record(held)).toEqual(held);
  expect(actions().map(({ action }) => action)).toEqual(['read_text']);
});

test('a rejection ends the message unsent with the reason of the person', async () => {
  const { decide, records, held, actions } = await waitingWorld();
  expect(await decide('reject', { note: 'The post is filled.' })).toMatchObject({
    status: 200,
    json: { outcome: 'rejected', message: expect.stringContaining('the client reads your reason') },
  });
  expect(await records.record(held)).toMatchObject({
    conversation_status: 'rejected',
    review: { decision: 'rejected', note: 'The post is filled.' },
  });
  expect(records.queue.enqueued).toEqual([]);
  expect(actions().at(-1)).toMatchObject({ action: 'reject', fields: ['decision', 'note'] });
});

describe.each([
  ['approve', { values: {} }],
  ['reject', { note: 'No.' }],
])('to %s', (what, body) => {
  test('other words than the person saw is refused', async () => {
    const { decide, records, held } = await waitingWorld();
    const { status, json } = await decide(what, { ...body, shown: HASH });
    expect([status, json.code]).toEqual([409, 'CHANGED']);
    expect(await records.record(held)).toEqual(held);
  });

  test('what has been held again since is refused', async () => {
    const { decide, records, held } = await waitingWorld();
    const { status, json } = await decide(what, { ...body, heldSince: '2026-11-02T08:00:00.000Z' });
    expect([status, json.code]).toEqual([409, 'CHANGED']);
    expect(json.message).toContain('other words wait now');
    expect(await records.record(held)).toEqual(held);
  });

  test.each(['approve', 'reject'])('what another person has decided (%s) names who did', async (before) => {
    const { decide, records, held } = await waitingWorld();
    await decide(before, before === 'approve' ? { values: {} } : { note: 'No.' });
    const decided = await records.record(held);
    const { status, json } = await decide(what, body);
    expect([status, json.code]).toEqual([409, 'DECIDED']);
    expect(json.message).toContain('robin@example.com');
    expect(await records.record(held)).toEqual(decided);
  });

  test('what is nowhere is not found', async () => {
    const { decide } = await waitingWorld();
    const { status, json } = await decide(what, body, UNKNOWN);
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('without what was seen is not understood', async () => {
    const { post, held } = await waitingWorld();
    const { status, json } = await post(pathOf('reviews', held, `/${what}`), body);
    expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(json.message).toContain("the body's heldSince");
  });
});

test('an approval after the time of use is refused', async () => {
  const { decide, records, signIn } = await waitingWorld();
  records.clock.advance(40 * 24 * 3_600_000);
  signIn('reviewer:brightpath');
  const { status, json } = await decide('approve', { values: {} });
  expect([status, json.code]).toEqual([409, 'EXPIRED']);
  expect(records.queue.enqueued).toEqual([]);
});

test('what was decided meanwhile is shown no more', async () => {
  const { decide, get, held } = await waitingWorld();
  await decide('reject', { note: 'No.' });
  const { status, json } = await get(pathOf('reviews', held));
  expect([status, json.code]).toEqual([409, 'DECIDED']);
  expect(json.message).toMatch(/^It does not wait any more: robin@example\.com rejected it at /);
  expect((await get('/reviews')).json.waiting).toEqual([]);
  expect((await get(pathOf('reviews', UNKNOWN))).json.code).toBe('NOT_FOUND');
});
