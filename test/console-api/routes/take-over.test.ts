import { threadIdOf } from '../../../src/core/lifecycle/thread';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { takeIn } from '../../../src/core/lifecycle/thread-transitions';
import { timestamp } from '../../../src/core/ports/clock';
import type { Channel } from '../../../src/core/channel';
import { ReviewWorld } from '../../review/review-world';
import { sampleCompany } from '../../support/sample-message';
import { pathOf, recordsWorld, UNKNOWN } from './records-world';

const HOUR = 60 * 60_000;
const HEARD = 'Is Friday fine?';
const WORDS = 'Friday at ten is fine.';
/** Who is signed in, as the page's session names the person. */
const ROBIN = 'robin@example.com';

/** A conversation that was sent and whose recipient has written, before an agent of its company. */
async function chat({ waits = true, channel = 'sms', isHeard = true }: {
  readonly waits?: boolean; readonly channel?: Channel; readonly isHeard?: boolean;
} = {}) {
  const world = recordsWorld({}, new ReviewWorld(channel));
  const { records } = world;
  const { clock, threads } = records;
  const sent = await records.accept({
    conversation_status: 'initial_message_sent',
    sent_at: timestamp(clock.now()),
    inbound_ids: isHeard ? ['SM-1'] : [],
    ...(waits && { reply_attention: 'reply', reply_since: timestamp(clock.now()) }),
  });
  const threadId = threadIdOf(sent);
  if (isHeard) {
    const message = {
      message_id: 'SM-1', timestamp: timestamp(clock.now()), role: 'user' as const, content: HEARD,
      prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
    };
    const { sequence } = await threads.keep({ conversation: sent, message, vendorMessageId: 'SM-1' });
    const seen = await threads.find(threadId);
    const change = seen && takeIn({ seen, position: sequence, now: clock.now(), threadId });
    if (change) await threads.change(threadId, change);
  }
  world.signIn('agent:brightpath');
  const step = async (name: string, body: object = {}, about: { readonly conversation_id: string } = sent) =>
    world.post(pathOf('replies', about, `/${name}`), body);
  return {
    ...world,
    sent,
    look: async () => (await world.get(pathOf('replies', sent))).json,
    take: async (from?: string) => step('take', { from }),
    giveBack: async () => step('return'),
    send: async (text = WORDS) => step('messages', { text }),
    step,
    arrange: async (set: Partial<Thread>) => {
      const seen = await threads.find(threadId);
      if (!seen) throw new Error('There is no thread.');
      const when = [{ last_change: { equals: seen.last_change } }];
      await threads.change(threadId, { name: 'arrange', when, set });
    },
    thread: async () => threads.find(threadId),
    replies: () => records.conversations.all().filter(({ reply }) => reply !== undefined),
  };
}

test('an agent sees what waits, takes it over, answers once in own words, and returns it', async () => {
  const { look, take, send, giveBack, replies, thread, actions, records } = await chat();
  expect(await look()).toMatchObject({
    shows: true, replies: 1, waiting: 1, longest: 1600,
    thread: { owner: 'engine', mine: false, lines: [{ from: 'recipient', text: HEARD }] },
  });
  expect((await take()).json).toEqual({ outcome: 'taken', message: 'You have the chat. The engine is silent in this chat.' });
  expect(await look()).toMatchObject({ thread: { owner: 'person', takenBy: ROBIN, mine: true } });
  const queued = await send();
  expect(queued.json).toMatchObject({ outcome: 'queued', message: 'It is on its way.', status: 'composed' });
  expect((await send()).json).toMatchObject({ outcome: 'queued_before', key: queued.json.key });
  expect(replies().map(({ messages, reply }) => [messages[0]?.content, reply?.by])).toEqual([[WORDS, ROBIN]]);
  // A crash may have come before the queue, so it is queued again; its worker finds it sent.
  expect(new Set(records.queue.enqueued.map(({ conversationId }) => conversationId)).size).toBe(1);
  expect((await giveBack()).json).toMatchObject({ outcome: 'returned' });
  expect((await giveBack()).json).toMatchObject({ outcome: 'returned_before' });
  expect(await thread()).toMatchObject({ owner: 'engine', epoch: 2 });
  expect(actions().map(({ action }) => action)).toEqual([
    'read_text', 'take_over', 'read_text', 'send_reply', 'send_reply', 'return_thread', 'return_thread',
  ]);
});

test('the one reply that may be leaving is named for as long as it may, and again to whoever asks twice', async () => {
  const { arrange, take, look, records, page } = await chat();
  const until = timestamp(records.clock.now() + 10_000);
  await arrange({ ticket: 'reply-1', ticket_until: until });
  expect((await take()).json).toEqual({
    outcome: 'taken',
    message: 'You have the chat. One reply is already leaving; nothing of the engine follows it.',
    leaving: 'reply-1',
  });
  expect((await take()).json).toMatchObject({
    outcome: 'taken_before', message: expect.stringContaining('already leaving'),
  });
  expect(await look()).toMatchObject({ thread: { leaving: 'reply-1' } });
  page.clock.advance(10_001);
  records.clock.advance(10_001);
  expect((await look()).thread).not.toHaveProperty('leaving');
});

test('of two agents one has it; the other is told who, and may take it by their name', async () => {
  const { arrange, take, send, giveBack, look, actions } = await chat();
  await arrange({ owner: 'person', taken_by: 'avery@example.com', epoch: 1 });
  expect(await take()).toMatchObject({
    status: 409,
    json: { code: 'TAKEN', message: expect.stringContaining('avery@example.com has the chat') },
  });
  expect(await giveBack()).toMatchObject({ status: 409, json: { code: 'TAKEN' } });
  expect(await send()).toMatchObject({
    status: 409,
    json: { code: 'NOT_TAKEN', message: expect.stringContaining('avery@example.com has the chat now') },
  });
  // Who has it changed since the page was loaded.
  expect(await take('somebody@example.com')).toMatchObject({ status: 409, json: { code: 'TAKEN' } });
  expect(actions()).toEqual([]);
  expect(await take('avery@example.com')).toMatchObject({ status: 200 });
  expect(await look()).toMatchObject({ thread: { mine: true } });
});

test('words are shown while they wait or while the caller has the chat, and to no other agent', async () => {
  const { look, take, giveBack, actions } = await chat({ waits: false });
  const hidden = await look();
  expect(hidden).toMatchObject({ shows: false, facts: [], thread: { lines: [] } });
  expect(JSON.stringify(hidden)).not.toMatch(/Friday|\+447700900/);
  expect(actions()).toEqual([]);
  await take();
  expect(await look()).toMatchObject({ shows: true, thread: { lines: [{ text: HEARD }] } });
  await giveBack();
  expect(await look()).toMatchObject({ shows: false });
});

test('a company admin reads each chat of the company', async () => {
  const { look, signIn } = await chat({ waits: false });
  signIn('company_admin:brightpath');
  expect(await look()).toMatchObject({ shows: true, thread: { mine: false, lines: [{ text: HEARD }] } });
});

test.each(['take', 'return', 'messages'])('%s is refused after an opt-out, where nothing was written, amid changes', async (name) => {
  const { step, arrange, records, actions } = await chat();
  const body = { text: WORDS };
  await arrange({ owner: 'nobody' });
  expect(await step(name, body)).toMatchObject({ status: 409, json: { code: 'OPTED_OUT' } });
  const silent = await chat({ isHeard: false });
  expect(await silent.step(name, body)).toMatchObject({ status: 409, json: { code: 'NO_THREAD' } });
  expect(await step(name, body, UNKNOWN)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  if (name !== 'messages') {
    await arrange({ owner: 'person' });
    const seen = await records.threads.find(threadIdOf(records.conversations.all()[0] ?? silent.sent));
    if (!seen) throw new Error('There is no thread.');
    jest.spyOn(records.threads, 'change').mockResolvedValue({ applied: false, thread: seen });
    expect(await step(name, body)).toMatchObject({ status: 409, json: { code: 'CHANGED' } });
  }
  expect(actions()).toEqual([]);
});

test('where nothing was written yet the chat is shown as such', async () => {
  const { look } = await chat({ isHeard: false });
  expect(await look()).not.toHaveProperty('thread');
});

test.each([
  ['', 'it has no words'],
  ['a'.repeat(1_601), 'it is too long'],
  ['a\u202eb', 'it holds characters that cannot be seen'],
])('words that no channel takes are refused: %.10j', async (text, why) => {
  const { take, send, replies } = await chat();
  await take();
  expect(await send(text)).toMatchObject({ status: 422, json: { code: 'BAD_TEXT', message: expect.stringContaining(why) } });
  expect(replies()).toEqual([]);
});

test('WhatsApp says until when free words go, and refuses them afterwards', async () => {
  const { take, send, look, records, page, signIn } = await chat({ channel: 'whatsapp' });
  await take();
  const { writeUntil } = await look();
  expect(Date.parse(String(writeUntil))).toBeGreaterThan(records.clock.now() + 23 * HOUR);
  records.clock.advance(24 * HOUR);
  signIn('agent:brightpath');
  expect(page.clock.now()).toBe(records.clock.now());
  expect(await send()).toMatchObject({ status: 409, json: { code: 'WINDOW_CLOSED' } });
  expect(Date.parse(String((await look()).writeUntil))).toBeLessThan(records.clock.now());
});

test('a limit that is used up, and a record that lacks what a send needs, are said as they are', async () => {
  const { take, send, records } = await chat();
  await take();
  records.directory.seedCompany(sampleCompany({ project_status: 'suspended' }));
  expect(await send()).toMatchObject({ status: 422, json: { code: 'COMPANY_RECORD_INCOMPLETE' } });
  records.directory.seedCompany(sampleCompany({ rate_limits: { requests_per_day: 1 } }));
  await send('One.');
  expect(await send('Two.')).toMatchObject({ status: 429, json: { code: 'LIMITED', message: expect.stringContaining('is used up') } });
});
