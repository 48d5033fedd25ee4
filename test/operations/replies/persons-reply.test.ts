import { replyThatLeaves } from '../../../src/core/lifecycle/takeover-transitions';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { endEngine, reopen } from '../../../src/core/lifecycle/thread-transitions';
import { timestamp } from '../../../src/core/ports/clock';
import { sendReply } from '../../../src/operations/replies/send-reply';
import { returnThread, takeThread } from '../../../src/operations/replies/take-over';
import { viewThread } from '../../../src/operations/replies/thread-view';
import { processMessage } from '../../../src/processor/process-message';
import type { ProcessorPorts } from '../../../src/processor/processing';
import type { Channel } from '../../../src/core/channel';
import { aroundOutsideCalls } from '../../support/outside-calls';
import { writtenThread } from '../../support/written-thread';

const SAM = { id: 'Sam Reyes', roles: ['operator:*'] };
const NOOR = { id: 'Noor Haddad', roles: ['operator:*'] };
const HOUR = 60 * 60_000;
const WORDS = 'Friday at ten is fine.';

/** A written thread with what a person's commands need. */
async function written(channel: Channel = 'sms') {
  const thread = await writtenThread(channel);
  const { world, conversation, ports } = thread;
  return {
    ...thread,
    take: async (actor = SAM, from?: string) => takeThread(ports, { conversation, actor, from }),
    give: async (actor = SAM, from?: string) => returnThread(ports, { conversation, actor, from }),
    send: async (text = WORDS, actor = SAM) => sendReply(ports, { conversation, text, actor }),
    /** Works a reply as its channel's processor would. */
    work: async (reply: Conversation, around: ProcessorPorts = world.ports) =>
      processMessage(world.message(reply), around, world.settings),
  };
}

async function queued(setting: Awaited<ReturnType<typeof written>>, text?: string): Promise<Conversation> {
  const result = await setting.send(text);
  if (result.outcome !== 'queued') throw new Error(`Not queued: ${result.outcome}`);
  return result.reply;
}

test('a person takes a thread over, answers, and gives it back: one message goes, as it was written', async () => {
  const setting = await written();
  expect(await setting.take()).toMatchObject({ outcome: 'taken', thread: { owner: 'person', taken_by: SAM.id, epoch: 1 } });
  const reply = await queued(setting);
  expect(reply).toMatchObject({
    reply: { owner: 'person', epoch: 1, thread: setting.threadId, by: SAM.id, answers: 'SM-inbound-1' },
    project_data: {},
  });
  await setting.work(reply);
  expect(setting.world.provider.requests.map(({ message }) => message.text)).toEqual([WORDS]);
  expect(setting.world.model.requests).toEqual([]);
  expect(await setting.thread()).not.toHaveProperty('ticket');
  const view = await viewThread(setting.ports, setting.conversation, { limit: 10, text: true });
  expect(view?.lines.map(({ from, text, by }) => [from, text, by])).toEqual([
    ['recipient', 'Is Friday fine?', undefined],
    ['company', WORDS, SAM.id],
  ]);
  setting.world.clock.advance(HOUR);
  expect(await setting.give()).toMatchObject({ outcome: 'returned', thread: { owner: 'engine', epoch: 2 } });
  const { context_from: from, taken_by: holder, history } = await setting.thread();
  expect([from, holder]).toEqual([timestamp(setting.world.clock.now()), undefined]);
  expect(history?.map(({ event, by }) => [event, by])).toEqual([['taken_over', SAM.id], ['returned', SAM.id]]);
});

test('the words stay hidden unless they are asked for', async () => {
  const setting = await written();
  const view = await viewThread(setting.ports, setting.conversation, { limit: 10, text: false });
  expect(JSON.stringify(view)).not.toContain('Friday');
});

test('the same words are one reply, however often the command is given; other words are another', async () => {
  const setting = await written();
  await setting.take();
  const reply = await queued(setting);
  expect(await setting.send()).toMatchObject({ outcome: 'queued_before', reply: { request_id: reply.request_id } });
  await setting.work(reply);
  expect(await setting.send()).toMatchObject({ outcome: 'queued_before' });
  await setting.work(reply);
  await setting.work(await queued(setting, 'And bring your papers.'));
  expect(setting.world.provider.requests.map(({ message }) => message.text)).toEqual([WORDS, 'And bring your papers.']);
});

test('two people take a thread at once: one has it, and the other learns who', async () => {
  const setting = await written();
  const results = await Promise.all([setting.take(SAM), setting.take(NOOR)]);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['taken', 'taken_by_other']);
  expect(await setting.take(SAM)).toMatchObject({ outcome: 'taken_before' });
  expect(await setting.send(WORDS, NOOR)).toMatchObject({ outcome: 'not_taken', thread: { taken_by: SAM.id } });
  expect(await setting.give(NOOR)).toMatchObject({ outcome: 'taken_by_other' });
  expect(await setting.take(NOOR, SAM.id)).toMatchObject({ outcome: 'taken' });
});

test.each([
  ['nobody has taken the thread', async () => undefined, WORDS, 'not_taken'],
  ['it has no words', async ({ take }: { take: () => Promise<unknown> }) => take(), ' \n ', 'bad_text'],
  ['it is longer than carriers take', async ({ take }: { take: () => Promise<unknown> }) => take(), 'a'.repeat(1_601), 'bad_text'],
  ['it turns the direction of text', async ({ take }: { take: () => Promise<unknown> }) => take(), 'a\u202eb', 'bad_text'],
] as const)('a reply is refused if %s, and nothing is kept or counted', async (_why, arrange, text, outcome) => {
  const setting = await written();
  await arrange(setting);
  expect(await setting.send(text)).toMatchObject({ outcome });
  expect(setting.world.queue.enqueued).toEqual([]);
});

test('whoever has opted out hears nothing more, by a person neither', async () => {
  const setting = await written();
  await setting.take();
  await setting.world.directory.addOptOut({
    recipient: setting.conversation.primary_channel, sender: '447700900002',
    at: timestamp(setting.world.clock.now()), source: 'reply',
  });
  expect(await setting.send()).toEqual({ outcome: 'opted_out' });
});

test('WhatsApp takes free words as a message of the open chat, until shortly before 24 hours are over', async () => {
  const setting = await written('whatsapp');
  await setting.take();
  const reply = await queued(setting);
  expect(reply.composition?.filled).toEqual({ channel: 'whatsapp', text: WORDS, variables: {}, session: true });
  setting.world.clock.advance(24 * HOUR - 5 * 60_000 - 20_000 + 1);
  await setting.work(reply);
  expect(setting.world.provider.requests).toEqual([]);
  expect(await setting.world.record(reply)).toMatchObject({ conversation_status: 'expired' });
  expect(await setting.send('Too late?')).toMatchObject({ outcome: 'window_closed' });
  await setting.hear('SM-inbound-2');
  expect(await setting.send('In time.')).toMatchObject({ outcome: 'queued' });
});

/** The calls to the outside that a reply makes, in their order. */
async function callsOfReply(): Promise<readonly string[]> {
  const names: string[] = [];
  const setting = await written();
  await setting.take();
  await setting.work(await queued(setting), aroundOutsideCalls(setting.world.ports, async (name, call) => {
    names.push(name);
    return call();
  }));
  return names;
}

test('wherever another person takes the thread while a reply is worked: it leaves only if they were told so', async () => {
  const names = await callsOfReply();
  expect(names).toContain('threads.change take ticket');
  const seen: string[] = [];
  for (const [index, name] of names.entries()) {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    let calls = 0;
    let told: string | undefined;
    await setting.work(reply, aroundOutsideCalls(setting.world.ports, async (_name, call) => {
      if (calls === index) {
        const taken = await setting.take(NOOR, SAM.id);
        told = 'leaving' in taken ? taken.leaving : undefined;
      }
      calls += 1;
      return call();
    }));
    const sent = setting.world.provider.requests.length;
    const { conversation_status: status } = await setting.world.record(reply);
    if (told === undefined && index <= names.indexOf('threads.change take ticket')) {
      expect([name, sent, status]).toEqual([name, 0, 'superseded']);
    }
    // What is told of after it went was released already.
    if (sent > 0 && index <= names.indexOf('provider.send')) expect([name, told]).toEqual([name, reply.request_id]);
    seen.push(`${name}: ${status}`);
  }
  expect(new Set(seen.map((one) => one.split(': ')[1]))).toEqual(new Set(['superseded', 'initial_message_sent']));
});

test('a takeover that is given again names the reply that is leaving, as the first time', async () => {
  const setting = await written();
  await setting.take();
  const reply = await queued(setting);
  const told: unknown[] = [];
  await setting.work(reply, aroundOutsideCalls(setting.world.ports, async (name, call) => {
    if (name === 'provider.send') told.push(await setting.take(NOOR, SAM.id), await setting.take(NOOR));
    return call();
  }));
  expect(told).toMatchObject([
    { outcome: 'taken', leaving: reply.request_id }, { outcome: 'taken_before', leaving: reply.request_id },
  ]);
});

test('a worker that stalls with its ticket sends nothing once the ticket has run out', async () => {
  const setting = await written();
  await setting.take();
  const reply = await queued(setting);
  await setting.work(reply, aroundOutsideCalls(setting.world.ports, async (name, call) => {
    const result = await call();
    if (name === 'threads.change take ticket') setting.world.clock.advance(25_000);
    return result;
  }));
  expect(setting.world.provider.requests).toEqual([]);
  expect(replyThatLeaves(await setting.thread(), setting.world.clock.now() + 30_001)).toBeUndefined();
});

test('a fault before or after any call leaves one message at most, and none is lost silently', async () => {
  const names = await callsOfReply();
  for (const when of ['before', 'after'] as const) {
    for (const [index, name] of names.entries()) {
      const setting = await written();
      await setting.take();
      const reply = await queued(setting);
      let calls = 0;
      const failing = aroundOutsideCalls(setting.world.ports, async (_name, call) => {
        calls += 1;
        if (calls !== index + 1) return call();
        if (when === 'before') throw new Error('out of reach');
        await call();
        throw new Error('out of reach');
      });
      await setting.work(reply, failing).catch(() => undefined);
      for (let round = 0; round < 4; round += 1) {
        setting.world.clock.advance(61_000);
        await setting.work(reply);
      }
      const { conversation_status: status } = await setting.world.record(reply);
      const sent = setting.world.provider.requests.length;
      expect([name, when, sent <= 1, ['initial_message_sent', 'send_unknown'].includes(status)]).toEqual(
        [name, when, true, true],
      );
      expect([name, when, status === 'initial_message_sent' ? sent : 1]).toEqual([name, when, 1]);
    }
  }
});

describe('a person who gives the thread back while their words have not left', () => {
  test('wherever they do, the words go once, and not again when the engine answers', async () => {
    const names = await callsOfReply();
    for (const [index, name] of names.entries()) {
      const setting = await written();
      await setting.take();
      const reply = await queued(setting);
      let calls = 0;
      await setting.work(reply, aroundOutsideCalls(setting.world.ports, async (_name, call) => {
        if (calls === index) await setting.give();
        calls += 1;
        return call();
      }));
      const { conversation_status: status } = await setting.world.record(reply);
      expect([name, setting.world.provider.requests.length, status]).toEqual([name, 1, 'initial_message_sent']);
      expect(await setting.thread()).toMatchObject({ owner: 'engine', epoch: 2 });
    }
  });

  test('keeps them from leaving once another person was told that they have the thread', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.give();
    expect(await setting.take(NOOR)).not.toHaveProperty('leaving');
    await setting.work(reply);
    expect(setting.world.provider.requests).toEqual([]);
    expect(await setting.world.record(reply)).toMatchObject({ conversation_status: 'superseded' });
  });

  test.each<[string, (setting: Awaited<ReturnType<typeof written>>) => Promise<unknown>]>([
    ['they take it once more', async ({ take }) => take()],
    ['they take it once more, and answer again', async ({ take, send }) => [await take(), await send('And bring papers.')]],
    ['the engine hands it over', async ({ ports, threadId, thread }) => {
      const entry = { at: '2026-11-22T10:00:00.000Z', event: 'handed_off', reason: 'no_text', sequence: 9 } as const;
      return ports.threads.change(threadId, endEngine({ seen: await thread(), entry }));
    }],
  ])('has them leave though %s', async (_what, goesOn) => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.give();
    await goesOn(setting);
    await setting.work(reply);
    expect(setting.world.provider.requests.map(({ message }) => message.text)).toEqual([WORDS]);
  });

  test('has them give way once somebody else had the thread, though they have it again', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.take(NOOR, SAM.id);
    await setting.take(SAM, NOOR.id);
    await setting.work(reply);
    expect(setting.world.provider.requests).toEqual([]);
  });

  test('has answered nothing where the words did not go, or gave way to somebody else', async () => {
    for (const refusal of [true, false]) {
      const setting = await written();
      await setting.take();
      const reply = await queued(setting);
      expect(await setting.thread()).toMatchObject({ answered_until: 1 });
      if (refusal) {
        setting.world.provider.arrange({
          outcome: 'refused', reason: 'recipient_unreachable', retry: 'never', vendorCode: '21211',
        });
        await setting.work(reply);
      } else {
        await setting.take(NOOR, SAM.id);
      }
      expect(await setting.thread()).toMatchObject({ owner: 'person' });
      expect(await setting.thread()).not.toHaveProperty('answered_until');
    }
  });

  test('whose thread an older version gave them keeps that right, too', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.ports.threads.change(setting.threadId, {
      name: 'older', when: [{ epoch: { exists: true } }], set: {}, remove: ['tenure_by', 'tenure_from', 'answered_until'],
    });
    await setting.give();
    await setting.work(reply);
    expect(setting.world.provider.requests).toHaveLength(1);
  });

  test('has them stay where the recipient wanted no more, and took that back', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    const entry = { at: timestamp(setting.world.clock.now()), event: 'closed', reason: 'opted_out' } as const;
    await setting.ports.threads.change(setting.threadId, endEngine({ seen: await setting.thread(), entry }));
    await setting.ports.threads.change(setting.threadId, reopen({ seen: await setting.thread() }));
    await setting.work(reply);
    expect(setting.world.provider.requests).toEqual([]);
    expect(await setting.thread()).not.toHaveProperty('taken_by');
  });

  test('is told where the words did not go: somebody has to answer', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.give();
    setting.world.provider.arrange({ outcome: 'refused', reason: 'recipient_unreachable', retry: 'never', vendorCode: '21211' });
    await setting.work(reply);
    expect(await setting.world.record(setting.conversation)).toMatchObject({
      hand_off_to_human_reason: 'reply_not_sent', reply_attention: 'reply',
    });
    expect(await setting.thread()).toMatchObject({ owner: 'person', epoch: 3 });
  });

  test('has the words named to the person who takes the thread while they leave', async () => {
    const setting = await written();
    await setting.take();
    const reply = await queued(setting);
    await setting.give();
    const told: unknown[] = [];
    await setting.work(reply, aroundOutsideCalls(setting.world.ports, async (name, call) => {
      if (name === 'provider.send') told.push(await setting.take(NOOR));
      return call();
    }));
    expect(told).toMatchObject([{ outcome: 'taken', leaving: reply.request_id }]);
    expect(setting.world.provider.requests).toHaveLength(1);
  });
});
