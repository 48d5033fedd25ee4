import type { Conversation } from '../../src/core/lifecycle/conversation';
import { keepAnswers } from '../../src/core/lifecycle/answer-transitions';
import { noteReply } from '../../src/core/lifecycle/receipt-transitions';
import { isTestMessage, testSender } from '../../src/core/lifecycle/test-message';
import { processMessage } from '../../src/processor/process-message';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import { sampleCompany } from '../support/sample-message';
import { MINUTE, ReconcilerWorld } from './reconciler-world';

const ANSWERS = [{ name: 'shift', question: 'Which shift?', type: 'text', required: true }] as const;
const REMINDER = {
  name: 'cv_reminder',
  version: 1,
  language: 'en-GB',
  variables: {
    first_name: { description: 'Name', max_length: 40, required: true, copy_of: 'recipient_data.recipient_first_name' },
  },
  body: 'Hello {{first_name}}, did you see our question?',
};
const ASKED: Partial<Conversation> = {
  expected_answers: ANSWERS,
  follow_up: { remind_after_minutes: 60, unanswered_after_minutes: 120 },
};

function company(settings: Readonly<Record<string, unknown>> = {}, reminder: object = { reminder_template: REMINDER }) {
  const sample = sampleCompany(settings);
  const { sms } = sample.channel_config;
  const template = { ...sms.template, answers: ANSWERS };
  return {
    ...sample,
    channel_config: { ...sample.channel_config, sms: { ...sms, template, ...reminder } },
  };
}

let world: ReconcilerWorld;
let asked: Conversation;

beforeEach(async () => {
  world = new ReconcilerWorld();
  world.directory.seedCompany(company());
  asked = await world.accept(ASKED);
  await work(asked);
});

const work = (conversation: Conversation) => processMessage(world.message(conversation), world.ports, world.settings);
const original = async () => world.record(asked);
const reminders = () => world.conversations.all().filter(({ reminder_of: id }) => id === asked.conversation_id);
const events = async () => (await original()).history.flatMap(({ event }) => event ?? []);

/** Lets the time pass and the reconciler run. */
async function after(minutes: number, ports: Partial<ReconcilerPorts> = {}) {
  world.clock.advance(minutes * MINUTE);
  return world.run(ports);
}

async function hear(vendorMessageId = 'SM-reply', isHandedOff = false) {
  const handOff = isHandedOff ? ('reply_received' as const) : undefined;
  const note = { vendorMessageId, now: world.clock.now(), handOff, isCounted: true, waitSince: undefined };
  await world.conversations.change(asked, noteReply(note));
}

async function answer() {
  const proved = { shift: { value: 'late', quote: 'late', message_id: 'm' } };
  const change = keepAnswers({ seen: await original(), proved, now: world.clock.now() });
  if (change) await world.conversations.change(asked, change);
}

test('a message that expects nothing, or whose project reminds nobody, asks for nothing once it is sent', async () => {
  for (const [index, changes] of [{}, { expected_answers: ANSWERS }].entries()) {
    const other = await world.accept(changes, `${index}a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11`);
    await work(other);
    expect(await world.record(other)).toMatchObject({ conversation_status: 'initial_message_sent' });
    expect(await world.record(other)).not.toHaveProperty('due_at');
    expect(await world.record(other)).not.toHaveProperty('attention');
  }
});

test('silence is reminded of once, in the template\'s words, and then told as unanswered', async () => {
  expect(await after(59)).toEqual({});
  expect(await after(2)).toEqual({ reminded: 1 });
  const [reminder] = reminders();
  if (!reminder) throw new Error('There is no reminder.');
  expect(reminder).toMatchObject({ primary_channel: asked.primary_channel, project_data: asked.project_data });
  expect(reminder.request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(world.queue.enqueued).toContainEqual(expect.objectContaining({ conversationId: reminder.conversation_id }));
  await work(reminder);
  expect(world.provider.accepted.map(({ message }) => message.text)).toEqual([
    expect.stringContaining('which of your projects'),
    'Hello Ada, did you see our question?',
  ]);
  expect(await world.record(reminder)).not.toHaveProperty('due_at');
  expect(await events()).toEqual(['reminded']);
  expect(await after(119)).toEqual({});
  expect(await after(2)).toEqual({ unanswered: 1 });
  expect(await events()).toEqual(['reminded', 'unanswered']);
  expect(await original()).not.toHaveProperty('due_at');
  expect(await after(10_000)).toEqual({});
  expect(reminders()).toHaveLength(1);
});

test('a crash between any two writes makes no second reminder, and none is lost', async () => {
  const crash = () => Promise.reject(new Error('crash'));
  const { conversations: store, directory, queue } = world;
  const change = store.change.bind(store);
  const without = { find: store.find.bind(store), create: store.create.bind(store), change };
  const crashes: ReadonlyArray<Partial<ReconcilerPorts>> = [
    { directory: Object.assign(Object.create(directory), { putIdempotencyRecord: crash }) },
    { conversations: { ...without, create: crash } },
    {
      conversations: {
        ...without,
        change: (key, made) => (made.name === 'arrange reminder' ? crash() : change(key, made)),
      },
    },
    { queue: { enqueue: crash } },
  ];
  world.clock.advance(60 * MINUTE);
  for (const ports of crashes) {
    expect(await after(11, ports)).toEqual(expect.objectContaining({ failed: expect.any(Number) }));
  }
  await after(15);
  expect(reminders()).toHaveLength(1);
  const [reminder] = reminders();
  if (!reminder) throw new Error('There is no reminder.');
  expect(queue.enqueued).toContainEqual(expect.objectContaining({ conversationId: reminder.conversation_id }));
  await work(reminder);
  expect(world.provider.accepted).toHaveLength(2);
  expect(await events()).toEqual(['reminded']);
});

test('a reminder that is worked before its conversation names it goes all the same, once', async () => {
  const { conversations: store } = world;
  const change: typeof store.change = (key, made) =>
    (made.name === 'arrange reminder' ? Promise.reject(new Error('crash')) : store.change(key, made));
  await after(61, { conversations: { find: store.find.bind(store), create: store.create.bind(store), change } });
  const [reminder] = reminders();
  if (reminder) await work(reminder);
  await after(11);
  expect(world.provider.accepted).toHaveLength(2);
  expect(reminders()).toHaveLength(1);
  await after(120);
  expect(await events()).toEqual(['reminded', 'unanswered']);
});

test.each<[string, () => Promise<unknown>]>([
  ['answered', answer],
  ['was handed to a person', () => hear('SM-reply', true)],
  ['opted out', () => world.directory.addOptOut({
    recipient: asked.primary_channel, sender: '447700900002', at: '2026-11-02T09:00:00.000Z', source: 'reply',
  })],
  ['never got the message', () => world.conversations.change(asked, {
    name: 'undelivered', when: [{}], set: { delivery_status: 'undelivered' },
  })],
])('a recipient who %s is left alone, and nothing is told', async (_what, happen) => {
  await happen();
  await after(61);
  await after(500);
  expect(reminders()).toEqual([]);
  expect((await events()).filter((event) => event !== 'answered')).toEqual([]);
  expect(await original()).not.toHaveProperty('due_at');
});

test('a reply without an answer stops the reminder, and the client still learns that the answer is missing', async () => {
  await hear();
  await after(61);
  expect(reminders()).toEqual([]);
  await after(121);
  expect(await events()).toEqual(['unanswered']);
});

test.each<[string, () => Promise<unknown>]>([
  ['a reply', hear],
  ['an answer', answer],
  ['a hand-off', () => hear('SM-reply', true)],
])('%s that comes before the reminder leaves keeps it from leaving', async (_what, happen) => {
  await after(61);
  await happen();
  const [reminder] = reminders();
  if (!reminder) throw new Error('There is no reminder.');
  await work(reminder);
  expect(world.provider.accepted).toHaveLength(1);
  expect(await world.record(reminder)).toMatchObject({
    conversation_status: 'suppressed',
    failure_reason: 'reminder_not_needed',
  });
});

test('a stop that comes before the reminder leaves keeps it from leaving', async () => {
  await after(61);
  await world.directory.addOptOut({
    recipient: asked.primary_channel, sender: '447700900002', at: '2026-11-02T10:00:00.000Z', source: 'reply',
  });
  const [reminder] = reminders();
  if (reminder) await work(reminder);
  expect(world.provider.accepted).toHaveLength(1);
});

test('a reminder that the vendor refused for now asks again before its next attempt', async () => {
  await after(61);
  const [reminder] = reminders();
  if (!reminder) throw new Error('There is no reminder.');
  world.provider.arrange({ outcome: 'not_sent', detail: '429' });
  await work(reminder);
  world.clock.advance(10 * MINUTE);
  await hear();
  await work(reminder);
  expect(await world.record(reminder)).toMatchObject({ conversation_status: 'suppressed' });
  expect(await events()).toEqual(['reminded']);
});

test.each([
  ['has no template for it', company({}, {})],
  ['was switched off', company({ project_status: 'inactive' })],
])('a company that %s reminds nobody, and the client is told at once', async (_what, record) => {
  world.directory.seedCompany(record);
  expect(await after(61)).toEqual({ unanswered: 1 });
  expect(reminders()).toEqual([]);
});

test('a reminder counts against the limits of its project, and waits for them', async () => {
  world.directory.seedCompany(company({ rate_limits: { requests_per_minute: 1 } }));
  const now = world.clock.now() + 61 * MINUTE;
  await world.limits.take({
    company: 'brightpath', project: 'cv-review', requestId: 'r', limits: { requests_per_minute: 1 }, openUntil: now, now,
  });
  expect(await after(61)).toEqual({ left: 1 });
  expect(await after(61)).toEqual({ reminded: 1 });
});

test('a test is reminded of as a test: its reminder has the sender of tests, and no vendor hears of it', async () => {
  const requestId = '8a1d2f44-0b4c-4f2a-8a55-0d3c5a2f6b11';
  const id = `brightpath#cv-review#${requestId}#${testSender('+447700900002')}`;
  asked = await world.accept({ ...ASKED, conversation_id: id }, requestId);
  await work(asked);
  const accepted = world.provider.accepted.length;
  expect(await after(61)).toMatchObject({ reminded: expect.any(Number) });
  const [reminder] = reminders();
  if (!reminder) throw new Error('There is no reminder.');
  expect(isTestMessage(reminder)).toBe(true);
  await work(reminder);
  expect(await world.record(reminder)).toMatchObject({ conversation_status: 'initial_message_sent' });
  await after(121);
  expect(await events()).toEqual(['reminded', 'unanswered']);
  expect(world.provider.accepted.filter(({ message }) => message.text.includes('did you see')).length).toBe(0);
  expect(world.provider.accepted).toHaveLength(accepted);
});
