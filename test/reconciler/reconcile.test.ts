import { timestamp } from '../../src/core/ports/clock';
import type { Conversation, CompositionSnapshot } from '../../src/core/lifecycle/conversation';
import { sampleConversation, sampleIdempotencyRecord } from '../support/sample-message';
import { MINUTE, ReconcilerWorld } from './reconciler-world';

const HOUR = 60 * MINUTE;
const COMPOSITION: CompositionSnapshot = {
  filled: { channel: 'sms', text: 'Hello Ada', segments: 1 },
  values: {},
  template_name: 'cv_question',
  template_version: 3,
  instructions_version: '0',
  facts_hash: '0',
  verdicts: {},
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};
const OTHER_REQUEST = '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';

let world: ReconcilerWorld;
beforeEach(() => {
  world = new ReconcilerWorld();
});

const queued = () => world.queue.enqueued.map(({ conversationId }) => conversationId);
const at = (offset: number) => timestamp(world.clock.now() + offset);

/** A record whose send was claimed so many milliseconds ago and never answered. */
function unknown(ago: number, changes: Partial<Conversation> = {}): Partial<Conversation> {
  return {
    conversation_status: 'send_unknown',
    attempt_id: 'attempt-1',
    attempt_ids: ['attempt-1'],
    attempt_count: 1,
    composition: COMPOSITION,
    failure_reason: 'answer_lost',
    history: [
      { at: at(-ago), status: 'sending' },
      { at: at(-ago), status: 'send_unknown', reason: 'answer_lost' },
    ],
    ...changes,
  };
}

describe('a message that is stuck', () => {
  test.each([
    ['is new and was never queued', {}],
    [
      "whose worker's lease has run out",
      { conversation_status: 'processing', lease_owner: 'gone', lease_until: '2026-11-02T08:59:00.000Z' },
    ],
    ['has its words and was never sent', { conversation_status: 'composed', composition: COMPOSITION }],
    ['waited long enough', { retry_at: '2026-11-02T08:59:00.000Z' }],
  ] as const)('and %s is queued again, and looked after later', async (_name, changes) => {
    const record = await world.due(changes);
    expect(await world.run()).toEqual({ requeued: 1 });
    expect(queued()).toEqual([record.conversation_id]);
    expect((await world.record(record)).due_at).toBe(at(2 * MINUTE));
    expect(await world.run()).toEqual({});
  });

  test('is queued again ever more rarely, at the least each hour', async () => {
    const record = await world.due({ updated_at: at(-10 * MINUTE) });
    await world.run();
    expect((await world.record(record)).due_at).toBe(at(10 * MINUTE));
    world.clock.advance(5 * HOUR);
    await world.run();
    expect((await world.record(record)).due_at).toBe(at(HOUR));
  });

  test.each([
    ['a worker holds', { conversation_status: 'processing', lease_until: '2026-11-02T09:30:00.000Z' }],
    ['waits to be tried again', { retry_at: '2026-11-02T09:30:00.000Z' }],
    ['waits with its words', { conversation_status: 'composed', retry_at: '2026-11-02T09:30:00.000Z' }],
    ['is being sent', { conversation_status: 'sending', send_deadline: '2026-11-02T09:30:00.000Z' }],
  ] as const)('is not pushed where it %s', async (_name, changes) => {
    const record = await world.due(changes);
    expect(await world.run()).toEqual({ left: 1 });
    expect(queued()).toEqual([]);
    expect((await world.record(record)).due_at).toBe('2026-11-02T09:30:00.001Z');
  });

  test.each(['initiated', 'composed', 'processing'] as const)(
    'and %s ends once it is of no use any more',
    async (conversation_status) => {
      const record = await world.due({
        conversation_status,
        send_before: at(-1),
        lease_until: at(-1),
        retry_at: at(-1),
      });
      expect(await world.run()).toEqual({ expired: 1 });
      const ended = await world.record(record);
      expect(ended).toMatchObject({ conversation_status: 'expired', failure_reason: 'expired' });
      expect(ended).not.toHaveProperty('attention');
      expect(world.observer.counted('MessageExpired')).toBe(1);
    },
  );

  test('ends as expired even while it waits to be tried again', async () => {
    const record = await world.due({ send_before: at(-1), retry_at: at(MINUTE) });
    expect(await world.run()).toEqual({ expired: 1 });
    expect((await world.record(record)).conversation_status).toBe('expired');
  });

  test('between claim and answer is marked unknown after its deadline', async () => {
    const record = await world.due({ conversation_status: 'sending', attempt_id: 'attempt-1', send_deadline: at(-1) });
    expect(await world.run()).toEqual({ marked_unknown: 1 });
    expect((await world.record(record)).conversation_status).toBe('send_unknown');
    expect(world.observer.counted('SendUnknown')).toBe(1);
  });

  test('is left alone where it waits for a person, and forgotten where it is at rest', async () => {
    const review = await world.due({ conversation_status: 'awaiting_review' });
    const sent = await world.due({
      conversation_status: 'initial_message_sent',
      conversation_id: `brightpath#cv-review#${OTHER_REQUEST}#447700900002`,
    });
    expect(await world.run()).toEqual({ left: 2 });
    expect((await world.record(review)).conversation_status).toBe('awaiting_review');
    expect(await world.record(sent)).not.toHaveProperty('attention');
  });
});

describe('a send whose answer was lost', () => {
  test('is proved by the vendor\'s list', async () => {
    const record = await world.due(unknown(MINUTE));
    world.listed = { outcome: 'listed', vendorMessageIds: ['SM1'] };
    expect(await world.run()).toEqual({ proved_sent: 1 });
    expect(await world.record(record)).toMatchObject({
      conversation_status: 'initial_message_sent',
      vendor_message_id: 'SM1',
      delivery_status: 'accepted',
    });
    expect(world.lookups).toEqual([
      {
        channel: 'sms',
        recipient: '+447700900123',
        sender: '+447700900002',
        text: 'Hello Ada',
        credentials: { sample_key: 'sample-credential' },
        since: world.clock.now() - 2 * MINUTE,
        until: world.clock.now() + 14 * MINUTE,
      },
    ]);
  });

  test('waits until the vendor has told all that it will', async () => {
    const record = await world.due(unknown(14 * MINUTE));
    expect(await world.run()).toEqual({ left: 1 });
    expect((await world.record(record)).due_at).toBe(timestamp(world.clock.now() + MINUTE + 1));
  });

  test('is left unconfirmed after the settle time, with an alarm', async () => {
    const record = await world.due(unknown(15 * MINUTE + 1));
    expect(await world.run()).toEqual({ left_unconfirmed: 1 });
    const ended = await world.record(record);
    expect(ended).toMatchObject({ conversation_status: 'send_unconfirmed', failure_reason: 'never_confirmed' });
    expect(ended).not.toHaveProperty('due_at');
    expect(world.observer.counted('SendUnconfirmed')).toBe(1);
  });

  const resendable = { composition: { ...COMPOSITION, resend_on_unknown: true } } as const;

  test('is sent again where the template allows it and the list shows that it did not go', async () => {
    const record = await world.due(unknown(16 * MINUTE, resendable));
    expect(await world.run()).toEqual({ resent: 1 });
    expect(await world.record(record)).toMatchObject({ conversation_status: 'composed', attempt_count: 1 });
    expect(queued()).toEqual([record.conversation_id]);
  });

  test.each([
    ['no attempt is left', { attempt_count: 3 }],
    ['it is of no use any more', { send_before: '2026-11-02T08:59:00.000Z' }],
  ])('is not sent again where %s', async (_name, changes) => {
    await world.due(unknown(16 * MINUTE, { ...resendable, ...changes }));
    expect(await world.run()).toEqual({ left_unconfirmed: 1 });
    expect(queued()).toEqual([]);
  });

  test.each([
    ['the list cannot be read', { outcome: 'unavailable', detail: 'HTTP 503' }],
  ] as const)('is neither sent again nor given up within a day where %s', async (_name, listed) => {
    const record = await world.due(unknown(16 * MINUTE, resendable));
    world.listed = listed;
    expect(await world.run()).toEqual({ left: 1 });
    world.clock.advance(24 * HOUR);
    expect(await world.run()).toEqual({ left_unconfirmed: 1 });
    expect((await world.record(record)).conversation_status).toBe('send_unconfirmed');
  });

  test.each([
    ['a message with other words that no conversation owns', ['SM7'], {}, { left_unconfirmed: 1 }],
    ['a message with other words of another conversation alone', ['SM7'], { vendor_message_id: 'SM7' }, { resent: 1 }],
  ])('and %s is listed: %j', async (_what, otherMessageIds, other, expected) => {
    await world.due(unknown(16 * MINUTE, resendable));
    await world.accept(
      { ...unknown(16 * MINUTE), conversation_status: 'initial_message_sent', ...other },
      '4f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    );
    world.listed = { outcome: 'listed', vendorMessageIds: [], otherMessageIds };
    expect(await world.run()).toEqual(expected);
  });

  test('is looked for in vain where the company has changed its sender, its settings are gone or the adapter fails', async () => {
    const record = await world.due(unknown(16 * MINUTE, resendable));
    const failing = { settleAfter: 15 * MINUTE, find: () => Promise.reject(new Error('bug')) };
    expect(await world.run({ lookups: { sms: failing, whatsapp: failing, email: failing } })).toEqual({ left: 1 });
    world.directory.removeCompany('brightpath', 'cv-review');
    world.clock.advance(2 * HOUR);
    expect(await world.run()).toEqual({ left: 1 });
    expect((await world.record(record)).conversation_status).toBe('send_unknown');
    expect(world.lookups).toEqual([]);
  });

  test.each([
    [
      'another conversation is known to have sent what is listed',
      { vendor_message_id: 'SM1' },
      { left_unconfirmed: 1 },
      'send_unconfirmed',
    ],
    ['a twin may have sent what is listed', {}, { left_unconfirmed: 1 }, 'send_unconfirmed'],
  ] as const)('is not proved where %s', async (_name, changes, result, status) => {
    const twin = sampleConversation({ now: world.clock.now(), requestId: OTHER_REQUEST });
    world.conversations.seed({ ...twin, ...unknown(MINUTE), ...changes, due_at: at(HOUR) });
    const record = await world.due(unknown(16 * MINUTE));
    world.listed = { outcome: 'listed', vendorMessageIds: ['SM1'] };
    expect(await world.run()).toEqual(result);
    expect((await world.record(record)).conversation_status).toBe(status);
  });

  test('by e-mail waits a day for receipts, since there is no list', async () => {
    const record = sampleConversation({
      now: world.clock.now(),
      channel: 'email',
      changes: unknown(HOUR, { due_at: at(0) }),
    });
    await world.directory.putIdempotencyRecord(sampleIdempotencyRecord(record));
    world.conversations.seed(record);
    expect(await world.run()).toEqual({ left: 1 });
    expect((await world.record(record)).due_at).toBe(timestamp(world.clock.now() + 23 * HOUR + 1));
    world.clock.advance(24 * HOUR);
    expect(await world.run()).toEqual({ left_unconfirmed: 1 });
  });
});

describe('a run', () => {
  test('looks after as many records as it may, the longest due first, and the next run goes on', async () => {
    const records = [];
    for (const [index, requestId] of ['a', 'b', '3']
      .map((first) => `${first}f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90`)
      .entries()) {
      records.push(await world.due({ due_at: at(-index * MINUTE) }, requestId));
    }
    const [newest, middle, oldest] = records.map(({ conversation_id }) => conversation_id);
    await world.run({}, { records: 2, finishBy: Infinity });
    expect(queued()).toEqual([oldest, middle]);
    await world.run({}, { records: 2, finishBy: Infinity });
    expect(queued()).toEqual([oldest, middle, newest]);
  });

  test('begins nothing when its time is over', async () => {
    await world.due({});
    expect(await world.run({}, { records: 50, finishBy: world.clock.now() - 1 })).toEqual({});
    expect(queued()).toEqual([]);
  });

  test('is not held up by a record at which it fails, which has its turn later', async () => {
    const bad = await world.due({ conversation_status: 'send_unknown', due_at: at(-MINUTE) });
    const good = await world.due({}, OTHER_REQUEST);
    expect(await world.run()).toEqual({ failed: 1, requeued: 1 });
    expect(queued()).toEqual([good.conversation_id]);
    expect((await world.record(bad)).due_at).toBe(at(10 * MINUTE));
  });

  test('passes over what the index names and the records do not know so any more', async () => {
    const record = await world.due({});
    const workDue = {
      due: () =>
        Promise.resolve([
          { key: record, dueAt: at(-MINUTE) },
          { key: { ...record, conversation_id: 'gone' }, dueAt: at(0) },
        ]),
    };
    expect(await world.run({ workDue })).toEqual({ overtaken: 32 });
    expect(queued()).toEqual([]);
  });

  test('goes on where a part of the index cannot be read, and where nothing can be written', async () => {
    await world.due({});
    const conversations = {
      find: world.conversations.find.bind(world.conversations),
      create: world.conversations.create.bind(world.conversations),
      change: () => Promise.reject(new Error('out of reach')),
    };
    expect(await world.run({ conversations })).toEqual({ failed: 1 });
    expect(await world.run({ workDue: { due: () => Promise.reject(new Error('out of reach')) } })).toEqual({});
    expect(world.observer.lines.filter(({ level }) => level === 'error')).toHaveLength(22);
  });

  test('leaves a record that somebody moves on meanwhile to them', async () => {
    const change = () => Promise.resolve({ applied: false } as const);
    const { conversations: store } = world;
    const conversations = { find: store.find.bind(store), create: store.create.bind(store), change };
    for (const changes of [
      unknown(16 * MINUTE),
      unknown(16 * MINUTE, { composition: { ...COMPOSITION, resend_on_unknown: true } }),
    ]) {
      await world.due(changes);
      expect(await world.run({ conversations })).toEqual({ overtaken: 1 });
    }
    world.listed = { outcome: 'listed', vendorMessageIds: ['SM1'] };
    expect(await world.run({ conversations })).toEqual({ overtaken: 1 });
    expect(queued()).toEqual([]);
  });
});

describe('what waits for a person', () => {
  const held = (minutes: number, changes = {}) => ({
    conversation_status: 'awaiting_review' as const, attention: 'review', failure_reason: 'review_requested' as const,
    hand_off_to_human: true, due_at: at(-minutes * MINUTE), ...changes,
  });
  const replyAge = () => world.observer.durations.find(({ metric }) => metric === 'OldestReply')?.milliseconds;
  const age = () => world.observer.durations.find(({ metric }) => metric === 'OldestReview')?.milliseconds;

  test('is counted, and the oldest wait is told, whatever became of the queue', async () => {
    await world.accept(held(30));
    await world.accept(held(90), OTHER_REQUEST);
    expect(await world.run()).toEqual({});
    expect(world.observer.counted('ReviewsWaiting')).toBe(2);
    expect(age()).toBe(90 * MINUTE);
  });

  test('is told as nothing where nothing waits', async () => {
    await world.run();
    expect([age(), replyAge()]).toEqual([0, 0]);
  });

  test('counts from the first reply that nobody has dealt with, in whatever state the message is', async () => {
    const waiting = (minutes: number) => ({ reply_attention: 'reply', reply_since: at(-minutes * MINUTE) });
    await world.accept({ conversation_status: 'initial_message_sent', ...waiting(20) });
    await world.accept({ conversation_status: 'initial_message_sent', ...waiting(50) }, OTHER_REQUEST);
    await world.run();
    expect(replyAge()).toBe(50 * MINUTE);
  });

  test('an index that is out of reach keeps nothing else from being checked', async () => {
    await world.accept(held(30));
    await world.run({ repliesDue: { due: () => Promise.reject(new Error('out of reach')) } });
    expect(age()).toBe(30 * MINUTE);
    expect(world.observer.everything()).toContain('out of reach');
  });

  test('ends once the message is of no use any more, and does not before', async () => {
    const useful = await world.accept(held(30));
    const useless = await world.accept(held(30, { send_before: at(-1) }), OTHER_REQUEST);
    await world.run();
    expect(await world.record(useful)).toEqual(useful);
    const ended = await world.record(useless);
    expect(ended).toMatchObject({
      conversation_status: 'expired',
      failure_reason: 'expired',
      failure_detail: 'review_requested',
      hand_off_to_human: false,
    });
    expect(ended).not.toHaveProperty('attention');
    expect(world.observer.counted('MessageExpired')).toBe(1);
  });

  test('keeps nothing else from its turn where it cannot be read', async () => {
    const stuck = await world.due({});
    await world.run({
      workDue: {
        due: async (query) =>
          query.shard === 'review'
            ? Promise.reject(new Error('The index is out of reach.'))
            : world.reconcilerPorts.workDue.due(query),
      },
    });
    expect(queued()).toEqual([stuck.conversation_id]);
    expect(world.observer.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});
