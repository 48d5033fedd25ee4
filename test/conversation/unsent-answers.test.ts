import { takeOver, giveToEngine } from '../../src/core/lifecycle/takeover-transitions';
import { handOverUnsent } from '../../src/core/lifecycle/hand-over-unsent';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { moveOn } from '../../src/reconciler/move-on';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import { watchTurns } from '../../src/reconciler/watch-turns';
import { AnsweringWorld } from '../support/answering-world';
import { sampleCompany } from '../support/sample-message';

const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';
const OPENING = {
  asks: 'question', card: 'opening_hours', values: { hours: 'from Monday to Friday, 9 am to 5 pm' },
} as const;

/** An answer that a turn has made and no worker has sent. */
async function waiting(world: AnsweringWorld): Promise<{ readonly about: Conversation; readonly reply: Conversation }> {
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  await world.turn(about);
  const [reply] = world.answersMade();
  if (!reply) throw new Error('There is no answer.');
  return { about, reply };
}

function reconcilerPorts(world: AnsweringWorld): ReconcilerPorts {
  const none = () => { throw new Error('Nothing of this is asked for.'); };
  return {
    ...world.turnPorts,
    workDue: { due: async () => Promise.resolve([]) }, repliesDue: { due: async () => Promise.resolve([]) },
    conversations: world.conversations, directory: world.directory, threads: world.threads,
    traces: { find: none },
    lookups: { sms: { settleAfter: 0 }, whatsapp: { settleAfter: 0 }, email: { settleAfter: 0 } },
  } as unknown as ReconcilerPorts;
}

test('an answer that waited half an hour is of no use any more: the reconciler puts the thread before a person', async () => {
  const world = new AnsweringWorld();
  const { about, reply } = await waiting(world);
  world.clock.advance(31 * 60_000);
  expect(await moveOn(reconcilerPorts(world), reply)).toMatchObject({ action: 'expired' });
  expect(await world.record(about)).toMatchObject({ hand_off_to_human_reason: 'reply_not_sent', reply_attention: 'reply' });
  expect(await world.thread(about)).toMatchObject({ owner: 'person', parting: { reason: 'reply_not_sent' } });
});

test('the last words of a worker that died are queued again by the reconciler', async () => {
  const world = new AnsweringWorld();
  const { about, reply } = await waiting(world);
  world.clock.advance(31 * 60_000);
  await moveOn(reconcilerPorts(world), reply);
  const threadId = threadIdOf(about);
  const { due_at: dueAt } = await world.thread(about);
  world.turns.items.length = 0;
  const due = async ({ shard }: { readonly shard: string }) => Promise.resolve(
    shard === 'turn#0' ? [{ threadId, dueAt }] : [],
  );
  await watchTurns({ ...reconcilerPorts(world), workDue: { due } } as unknown as ReconcilerPorts, Infinity);
  expect(world.turns.items).toMatchObject([{ threadId }]);
  await world.turn(about, 0);
  await world.deliver();
  expect(world.sent()).toEqual([`${DISCLOSURE}\n\nA colleague will answer you.`]);
  expect(await world.thread(about)).not.toHaveProperty('attention');
});

test.each([[true, ['May we go on here, Ada?']], [false, []]])('a WhatsApp chat that closed meanwhile is reopened by the approved template, if there is one: %s', async (has, sent) => {
  const { channel_config: channels } = sampleCompany();
  const { template } = channels.whatsapp;
  const reopen_template = {
    ...template, name: 'go_on', body: 'May we go on here, {{1}}?', content_sid: 'HX00000000000000000000000000000002',
    variables: { 1: template.variables[1] },
  };
  const whatsapp = { ...channels.whatsapp, ...(has ? { reopen_template } : {}) };
  const world = new AnsweringWorld({ channel_config: { ...channels, whatsapp } }, 'whatsapp');
  const { about, reply } = await waiting(world);
  world.clock.advance(25 * 60 * 60_000);
  await moveOn(reconcilerPorts(world), reply);
  await world.turn(about, 0);
  await world.turn(about, 0);
  await world.deliver();
  expect(world.sent()).toEqual(sent);
  expect(world.provider.accepted.some(({ message }) => 'session' in message)).toBe(false);
  expect(await world.thread(about)).toMatchObject({ owner: 'person' });
  expect(await world.thread(about)).not.toHaveProperty('parting');
});

test('a WhatsApp chat that is about to close gets a person, and no card', async () => {
  const world = new AnsweringWorld({}, 'whatsapp');
  world.answers(OPENING);
  const about = await world.ask();
  await world.write('When are you there?');
  world.clock.advance(24 * 60 * 60_000 - 30 * 60_000);
  await world.turn(about, 0);
  await world.deliver();
  expect(world.sent()).toEqual([`${DISCLOSURE}\n\nA colleague will answer you.`]);
  expect((await world.record(about)).hand_off_to_human_reason).toBe('window_closing');
});

test('a crash before the thread changes hands has the hand-off done again', async () => {
  const world = new AnsweringWorld();
  const { about, reply } = await waiting(world);
  jest.spyOn(world.threads, 'change').mockRejectedValueOnce(new Error('killed'));
  await expect(handOverUnsent(world.processorPorts, reply, 'reply_not_sent')).rejects.toThrow('killed');
  expect((await world.record(about)).reply_attention).toBe('reply');
  await handOverUnsent(world.processorPorts, reply, 'reply_not_sent');
  await handOverUnsent(world.processorPorts, reply, 'reply_not_sent');
  expect(await world.thread(about)).toMatchObject({ owner: 'person', epoch: 1 });
  expect((await world.thread(about)).history?.filter(({ event }) => event === 'handed_off')).toHaveLength(1);
});

test('nothing is handed over where a person has the thread, or a newer message waits for its own turn', async () => {
  const world = new AnsweringWorld();
  const { about, reply } = await waiting(world);
  await world.write('Never mind');
  await handOverUnsent(world.processorPorts, reply, 'reply_not_sent');
  expect((await world.record(about)).hand_off_to_human).toBe(false);
  const seen = await world.thread(about);
  await world.threads.change(threadIdOf(about), takeOver({ seen, by: 'Sam Reyes', now: world.clock.now() }));
  await handOverUnsent(world.processorPorts, reply, 'reply_not_sent');
  expect(await world.thread(about)).toMatchObject({ owner: 'person', taken_by: 'Sam Reyes', epoch: 1 });
  expect(world.handoff.items).toEqual([]);
});

test('a person who gives the thread back lets the engine answer anew, without what was said before', async () => {
  const world = new AnsweringWorld();
  const { about } = await waiting(world);
  await world.deliver();
  const threadId = threadIdOf(about);
  const change = async (make: typeof takeOver) => (
    world.threads.change(threadId, make({ seen: await world.thread(about), by: 'Sam Reyes', now: world.clock.now() }))
  );
  await change(takeOver);
  world.clock.advance(60_000);
  await change(giveToEngine);
  expect(await world.thread(about)).not.toHaveProperty('last_card');
  await world.write('When was it again?');
  await world.turn(about);
  await world.deliver();
  expect(world.sent()).toHaveLength(2);
  const { earlier }: { readonly earlier: readonly object[] } = JSON.parse(world.asked.at(-1)?.facts ?? '{}');
  expect(earlier).toEqual([]);
});
