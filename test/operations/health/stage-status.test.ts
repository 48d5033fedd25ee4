import { timestamp } from '../../../src/core/ports/clock';
import { stageStatus } from '../../../src/operations/health/stage-status';
import { NOW, operatorsWorld } from '../../support/operators-world';

const hour = 60;
const at = (minutesAgo: number) => timestamp(NOW - minutesAgo * 60_000);

test('counts by state, and each trouble with whose it is, since when and what to do', async () => {
  const world = operatorsWorld();
  world.add({ conversation_status: 'initial_message_sent' });
  world.add({ conversation_status: 'initial_message_sent', delivery_status: 'delivered' });
  world.add({ conversation_status: 'suppressed', failure_reason: 'recipient_opted_out', minutesAgo: 5 });
  world.add();
  world.add({ failure_reason: 'vendor_busy', retry_at: at(-9), minutesAgo: 2 * hour });
  const oldest = world.add({ failure_reason: 'vendor_busy', retry_at: at(-9), minutesAgo: 3 * hour });
  world.add({
    company: 'zenith',
    conversation_status: 'send_unconfirmed',
    failure_reason: 'never_confirmed',
    minutesAgo: 30,
  });
  world.add({
    conversation_status: 'awaiting_review',
    failure_reason: 'proof_failed',
    attention: 'review',
    due_at: at(20),
    minutesAgo: 20,
  });
  world.add({
    conversation_status: 'initial_message_sent',
    delivery_status: 'undelivered',
    failure_reason: 'recipient_unreachable',
    minutesAgo: 10,
  });
  const status = await stageStatus(world, { hours: 24 });
  expect(status.states).toEqual({
    'initial_message_sent': 2, 'initiated': 3, 'suppressed': 1, 'send_unconfirmed': 1, 'awaiting_review': 1,
    'initial_message_sent, undelivered': 1,
  });
  expect(status.looked).toEqual({ conversations: 9, complete: true });
  expect(status.groups.map(({ company, count, reason, state }) => [count, state, reason, company])).toEqual([
    [1, 'send_unconfirmed', 'never_confirmed', 'zenith'],
    [1, 'awaiting_review', 'proof_failed', 'acme'],
    [1, 'failed', 'recipient_unreachable', 'acme'],
    [2, 'initiated', 'vendor_busy', 'acme'],
  ]);
  expect(status.groups[3]).toMatchObject({
    oldest,
    oldestSince: at(3 * hour),
    canRetry: true,
    step: { position: 'delayed' },
  });
  expect(status.groups[0]).toMatchObject({
    canRetry: false,
    step: { words: expect.stringContaining("vendor's console") },
  });
});

test('what is simply on its way is no trouble; what nobody took up in time is', async () => {
  const world = operatorsWorld();
  world.add({ due_at: at(1), minutesAgo: 2 });
  expect((await stageStatus(world, { hours: 24 })).groups).toEqual([]);
  world.add({ due_at: at(10), minutesAgo: 11 });
  expect((await stageStatus(world, { hours: 24 })).groups).toMatchObject([
    { count: 1, state: 'initiated', oldestSince: at(11) },
  ]);
});

test('what has ended counts as far back as asked, what is open always, another company\'s never', async () => {
  const world = operatorsWorld();
  world.add({ conversation_status: 'expired', failure_reason: 'expired', minutesAgo: 30 * hour });
  world.add({ failure_reason: 'model_misconfigured', retry_at: at(-5), minutesAgo: 40 * hour });
  world.add({ company: 'zenith', failure_reason: 'vendor_busy', retry_at: at(-5) });
  const groups = async (scope: { readonly company?: string; readonly hours: number }) =>
    (await stageStatus(world, scope)).groups.map(({ reason }) => reason);
  expect(await groups({ hours: 24 })).toEqual(['model_misconfigured', 'vendor_busy']);
  expect(await groups({ hours: 48 })).toEqual(['model_misconfigured', 'expired', 'vendor_busy']);
  expect(await groups({ hours: 48, company: 'zenith' })).toEqual(['vendor_busy']);
});

test('replies that wait and dead letters are counted', async () => {
  const world = operatorsWorld();
  world.add({ conversation_status: 'initial_message_sent', reply_attention: 'reply', reply_since: at(7) });
  world.letters.sms = 3;
  const { deadLetters, replies } = await stageStatus(world, { hours: 1 });
  expect(replies).toEqual({ count: 1, atLeast: false, oldestSince: at(7) });
  expect(deadLetters).toEqual([
    { channel: 'whatsapp', count: 0 },
    { channel: 'sms', count: 3 },
    { channel: 'email', count: 0 },
  ]);
});

test('a record of an earlier engine, without history and with its own word, is counted as what it is', async () => {
  const world = operatorsWorld();
  world.add({ conversation_status: 'failed_to_send_message', history: [], minutesAgo: 5 });
  const old = world.conversations.all()[0];
  if (old) {
    world.conversations.seed({
      ...old,
      conversation_status: 'completed' as never,
      failure_reason: 'Twilio said no' as never,
    });
  }
  expect((await stageStatus(world, { hours: 24 })).groups).toMatchObject([
    { state: 'completed', reason: 'Twilio said no', count: 1 },
  ]);
});
