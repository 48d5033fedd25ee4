import { ownerAnswerSchema, replyAcceptedSchema } from '../../src/client-replies/reply-answers';
import { timestamp } from '../../src/core/ports/clock';
import { takeThread } from '../../src/operations/replies/take-over';
import { KEYS, REPLY_ID, replyWorld, WORDS } from './reply-world';

const NOOR = { id: 'Noor Haddad', roles: [] };
const CLIENT = 'client:cv-review';
const OTHER_ID = '11111111-2222-4333-8444-555555555555';
const HOUR = 60 * 60_000;

test('a client answers a recipient: its words go once, and the engine is silent until they are returned', async () => {
  const world = await replyWorld();
  const { status, json, headers } = await world.reply();
  expect([status, json]).toEqual([200, {
    status: 'success',
    request_id: REPLY_ID,
    conversation_id: world.conversation.conversation_id.replace(world.conversation.request_id, REPLY_ID),
    in_reply_to: world.conversation.conversation_id,
    message: 'The reply was accepted and is queued.',
    queue_timestamp: timestamp(world.world.clock.now()),
  }]);
  expect(replyAcceptedSchema.safeParse(json).success).toBe(true);
  expect(headers).not.toHaveProperty('Idempotency-Replayed');
  expect(await world.thread()).toMatchObject({ owner: 'person', taken_by: CLIENT, epoch: 1 });
  await world.work();
  expect(world.sent()).toEqual([WORDS]);
  expect(world.world.model.requests).toEqual([]);
  expect(await world.giveBack()).toMatchObject({ status: 200, json: { owner: 'engine', leaving_request_id: null } });
  const { owner, history } = await world.thread();
  const { conversation_id: id } = world.conversation;
  expect([owner, history?.map(({ event, by, conversation }) => [event, by, conversation])]).toEqual(
    ['engine', [['taken_over', CLIENT, id], ['returned', CLIENT, id]]],
  );
  expect(world.observer.counted('ReplyMade')).toBe(1);
});

describe('the same reply again', () => {
  test('is answered as before, counts against no limit and is not sent again, whatever has happened since', async () => {
    const world = await replyWorld();
    const first = await world.reply();
    await world.work();
    world.world.clock.advance(HOUR);
    await world.giveBack();
    await world.world.directory.addOptOut({
      recipient: world.conversation.primary_channel, sender: '447700900002',
      at: timestamp(world.world.clock.now()), source: 'reply',
    });
    const around = { limits: { ...world.ports.limits, take: async () => Promise.reject(new Error('counted')) } };
    const again = await world.reply({ text: ` ${WORDS}\n` }, { around });
    expect(again).toEqual({ ...first, headers: { ...first.headers, 'Idempotency-Replayed': 'true' } });
    await world.work();
    expect(world.sent()).toEqual([WORDS]);
    expect(await world.thread()).toMatchObject({ owner: 'engine' });
  });

  test('under the identifier of other words or of a request is a conflict', async () => {
    const world = await replyWorld();
    await world.reply();
    const conflict = { status: 409, json: { error_code: 'IDEMPOTENCY_CONFLICT', request_id: REPLY_ID } };
    expect(await world.reply({ text: 'Monday.' })).toMatchObject(conflict);
    expect(await world.reply({ request_id: world.conversation.request_id })).toMatchObject({ status: 409 });
    await world.work();
    expect(world.sent()).toEqual([WORDS]);
  });

  test('under the identifier of the same words to another conversation is a conflict', async () => {
    const world = await replyWorld();
    await world.reply();
    const { conversation_id: about } = await world.world.accept({
      conversation_id: world.conversation.conversation_id.replace(world.conversation.request_id, OTHER_ID),
      request_id: OTHER_ID, inbound_ids: ['SM-inbound-1'], conversation_status: 'initial_message_sent',
    }, OTHER_ID);
    expect(await world.reply({}, { about })).toMatchObject({ status: 409, json: { error_code: 'IDEMPOTENCY_CONFLICT' } });
  });

  test('under another identifier is another reply', async () => {
    const world = await replyWorld();
    await world.reply();
    await world.reply({ request_id: OTHER_ID });
    await world.work();
    expect(world.sent()).toEqual([WORDS, WORDS]);
  });

  test.each([10, 3])('at once, %i times, is sent once', async (times) => {
    const world = await replyWorld();
    const all = await Promise.all(Array.from({ length: times }, async () => world.reply()));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    await world.work();
    expect(world.sent()).toEqual([WORDS]);
  });

  test('at once with other words: one is sent, and the other is a conflict', async () => {
    const world = await replyWorld();
    const all = await Promise.all([world.reply(), world.reply({ text: 'Monday.' })]);
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409]);
    await world.work();
    expect(world.sent()).toHaveLength(1);
  });
});

/** The calls to the outside that a reply makes, each of which may fail before or after it was done. */
function failing(world: Awaited<ReturnType<typeof replyWorld>>, at: number, when: 'before' | 'after') {
  let calls = 0;
  const around = <Port extends object>(port: Port): Port => new Proxy(port, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      return async (...args: unknown[]) => {
        calls += 1;
        const fails = calls === at;
        if (fails && when === 'before') throw new Error('out of reach');
        const result: unknown = await Reflect.apply(own, target, args);
        if (fails) throw new Error('out of reach');
        return result;
      };
    },
  });
  const { directory, conversations, threads, limits, queue } = world.ports;
  return {
    ports: {
      directory: around(directory), conversations: around(conversations), threads: around(threads),
      limits: around(limits), queue: around(queue),
    },
    calls: () => calls,
  };
}

test('a fault before or after any call: the same reply again is accepted, and one message goes', async () => {
  const counted = await replyWorld();
  const none = failing(counted, 0, 'before');
  await counted.reply({}, { around: none.ports });
  expect(none.calls()).toBeGreaterThan(8);
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at <= none.calls(); at += 1) {
      const world = await replyWorld();
      const { status, json, text } = await world.reply({}, { around: failing(world, at, when).ports });
      expect([at, when, status, /_ERROR$/.test(String(json.error_code))]).toEqual([at, when, 500, true]);
      expect(text).not.toContain('out of reach');
      expect(await world.reply()).toMatchObject({ status: 200 });
      await world.work();
      expect([at, when, world.sent()]).toEqual([at, when, [WORDS]]);
    }
  }
});

test('a queue out of reach is told apart from the records', async () => {
  const world = await replyWorld();
  const around = { queue: { enqueue: async () => Promise.reject(new Error('out of reach')) } };
  expect(await world.reply({}, { around })).toMatchObject({ status: 500, json: { error_code: 'QUEUE_ERROR' } });
});

describe('who may answer', () => {
  test('another company, another project and a conversation that does not exist are answered alike', async () => {
    const world = await replyWorld();
    const unknown = world.conversation.conversation_id.replace(world.conversation.request_id, OTHER_ID);
    const answers = [
      await world.reply({}, { key: KEYS.rival }), await world.reply({}, { key: KEYS.other }),
      await world.reply({}, { about: unknown }), await world.take({ key: KEYS.rival }),
      await world.giveBack({ key: KEYS.other }),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, json: { error_code: 'CONVERSATION_NOT_FOUND' } });
    expect(await world.thread()).toMatchObject({ owner: 'engine', epoch: 0 });
  });

  test.each(['', 'unknown', KEYS.revoked])('a call by the key "%s" is forbidden, whatever its body', async (key) => {
    const world = await replyWorld();
    for (const text of [WORDS, '']) {
      expect(await world.reply({ text }, { key })).toMatchObject({ status: 403, json: { error_code: 'FORBIDDEN' } });
    }
  });

  test('a test key answers tests alone', async () => {
    const world = await replyWorld();
    for (const call of [world.reply({}, { key: KEYS.test }), world.take({ key: KEYS.test })]) {
      expect(await call).toMatchObject({ status: 403, json: { error_code: 'SENDING_KEY_REQUIRED' } });
    }
    expect(await world.thread()).toMatchObject({ owner: 'engine' });
  });

  test('a reply to a test is a test: nothing reaches the vendor', async () => {
    const real = (await replyWorld()).conversation.conversation_id;
    const world = await replyWorld('sms', { conversation_id: real.replace(/#([^#]*)$/, '#test:$1') });
    expect(await world.reply({}, { key: KEYS.test })).toMatchObject({ status: 200, json: { is_test: true } });
    await world.work();
    expect(world.sent()).toEqual([]);
    const reply = await world.world.conversations.find({
      primary_channel: world.conversation.primary_channel,
      conversation_id: world.conversation.conversation_id.replace(world.conversation.request_id, REPLY_ID),
    });
    expect(reply).toMatchObject({ conversation_status: 'initial_message_sent' });
  });

  test('while a person has the thread, the client neither answers nor takes it nor returns it', async () => {
    const world = await replyWorld();
    await takeThread(world.ports, { conversation: world.conversation, actor: NOOR });
    for (const call of [world.reply(), world.take(), world.giveBack()]) {
      const { status, json, text } = await call;
      expect([status, json.error_code]).toEqual([409, 'CONVERSATION_TAKEN']);
      expect(text).not.toContain('Noor');
    }
    expect(await world.thread()).toMatchObject({ taken_by: NOOR.id, epoch: 1 });
    expect(world.world.queue.enqueued).toEqual([]);
  });

  test('a person who takes the thread while a reply is accepted keeps it, and the reply does not go', async () => {
    const world = await replyWorld();
    const directory = Object.create(world.ports.directory, {
      putIdempotencyRecord: {
        value: async (record: Parameters<typeof world.ports.directory.putIdempotencyRecord>[0]) => {
          await takeThread(world.ports, { conversation: world.conversation, actor: NOOR });
          return world.ports.directory.putIdempotencyRecord(record);
        },
      },
    });
    expect(await world.reply({}, { around: { directory } })).toMatchObject(
      { status: 409, json: { error_code: 'CONVERSATION_TAKEN' } },
    );
    await world.work();
    expect(world.sent()).toEqual([]);
    expect(await world.reply()).toMatchObject({ status: 409, json: { error_code: 'CONVERSATION_TAKEN' } });
  });

  test('another project of the company is somebody else', async () => {
    const world = await replyWorld();
    await takeThread(world.ports, { conversation: world.conversation, actor: { id: 'client:another', roles: [] } });
    expect(await world.reply()).toMatchObject({ status: 409, json: { error_code: 'CONVERSATION_TAKEN' } });
    expect((await world.reply()).json.message).toContain('Another project');
  });

  test('a key of all projects and one of the project are the same client', async () => {
    const world = await replyWorld();
    expect(await world.take({ key: KEYS.whole })).toMatchObject({ status: 200 });
    expect(await world.reply()).toMatchObject({ status: 200 });
  });
});

describe('taking over and returning', () => {
  test('may be repeated, and says what leaves already', async () => {
    const world = await replyWorld();
    const first = await world.take();
    expect(first).toMatchObject({ status: 200, json: { owner: 'client', leaving_request_id: null } });
    expect(ownerAnswerSchema.safeParse(first.json).success).toBe(true);
    expect(await world.take()).toEqual(first);
    expect((await world.thread()).epoch).toBe(1);
    await world.world.threads.change(world.threadId, {
      name: 'take ticket', when: [{}],
      set: { ticket: REPLY_ID, ticket_until: timestamp(world.world.clock.now() + 20_000) },
    });
    expect((await world.take()).json).toMatchObject({ leaving_request_id: REPLY_ID, message: expect.stringContaining('leaving') });
    const returned = await world.giveBack();
    expect(returned).toMatchObject({ status: 200, json: { owner: 'engine' } });
    expect(await world.giveBack()).toEqual(returned);
  });

  test('what waits for a person and was taken by nobody may be taken, and not be returned unread', async () => {
    const world = await replyWorld();
    await world.world.threads.change(world.threadId, { name: 'hand off', when: [{}], set: { owner: 'person' } });
    const refused = await world.giveBack();
    expect([refused.status, refused.json.error_code, refused.json.message]).toEqual(
      [409, 'CONVERSATION_TAKEN', expect.stringContaining('waits for a person')],
    );
    expect(await world.take()).toMatchObject({ status: 200 });
    expect(await world.giveBack()).toMatchObject({ status: 200 });
  });

  test('is refused where nothing was written, after an opt-out, and where the thread never stands still', async () => {
    const world = await replyWorld();
    const { threads } = world.ports;
    const around = { threads: Object.create(threads, { find: { value: async () => Promise.resolve(undefined) } }) };
    expect(await world.take({ around })).toMatchObject({ status: 409, json: { error_code: 'NOTHING_TO_ANSWER' } });
    const restless = {
      threads: Object.create(threads, {
        change: { value: async (id: string) => ({ applied: false, thread: await threads.find(id) }) },
      }),
    };
    expect(await world.take({ around: restless })).toMatchObject(
      { status: 409, json: { error_code: 'CONVERSATION_CHANGED' } },
    );
    expect(await world.reply({}, { around: restless })).toMatchObject(
      { status: 409, json: { error_code: 'CONVERSATION_CHANGED' } },
    );
    await threads.change(world.threadId, { name: 'close', when: [{}], set: { owner: 'nobody' } });
    for (const call of [world.take(), world.giveBack(), world.reply({ request_id: OTHER_ID })]) {
      expect(await call).toMatchObject({ status: 403, json: { error_code: 'RECIPIENT_OPTED_OUT' } });
    }
  });
});
