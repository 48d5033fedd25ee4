import { stepsOf } from '../../src/core/lifecycle/history-steps';
import { ATTEMPT, CLAIMED, SENT, WebhookWorld } from '../support/webhook-world';
import type { Conversation, ConversationStatus, DeliveryStatus } from '../../src/core/lifecycle/conversation';
import { DELIVERY_STATUSES, STATUSES } from '../../src/core/lifecycle/conversation';
import { UNPROVEN } from '../../src/core/lifecycle/receipt-transitions';
import { addVendorId, recordSent } from '../../src/core/lifecycle/send-transitions';
import type { Receipt } from '../../src/core/ports/receipt';
import { takeReceipt } from '../../src/receipts/take-receipt';

const receipt = (status: DeliveryStatus, changes: Partial<Receipt> = {}): Receipt => ({
  conversationId: 'told-elsewhere', attemptId: ATTEMPT, vendorMessageId: 'SM1', status, ...changes,
});
const UNREACHABLE = { reason: 'recipient_unreachable', detail: '30005' } as const;

/** Takes receipts one after the other, each with the record as it is then. */
async function take(world: WebhookWorld, conversation: Conversation, ...receipts: readonly Receipt[]) {
  const outcomes: string[] = [];
  for (const told of receipts) {
    outcomes.push((await takeReceipt(told, await world.record(conversation), world.ports)).outcome);
  }
  return { outcomes, record: await world.record(conversation) };
}

/** Every order of a list. */
function orders<Element>(list: readonly Element[]): ReadonlyArray<readonly Element[]> {
  if (list.length < 2) return [list];
  return list.flatMap((first, index) =>
    orders(list.filter((_element, place) => place !== index)).map((rest) => [first, ...rest]),
  );
}

describe('a receipt', () => {
  test('raises what is known of the delivery, and leaves the rest of the record', async () => {
    const world = new WebhookWorld();
    const before = await world.seed(SENT);
    world.clock.advance(1000);
    const { outcomes, record } = await take(world, before, receipt('delivered', { vendorMessageId: 'SM-other' }));
    expect(outcomes).toEqual(['raised']);
    expect(record).toEqual({
      ...before,
      delivery_status: 'delivered',
      updated_at: '2026-11-02T09:00:01.000Z',
      last_change: expect.any(String),
      history: [
        ...before.history,
        { at: '2026-11-02T09:00:01.000Z', status: 'initial_message_sent', delivery: 'delivered' },
      ],
    });
    expect(world.observer.counted('ReceiptTaken')).toBe(1);
    expect(world.observer.counted('MessageSent')).toBe(0);
  });

  test.each([
    ['of a service names the number that the service chose', `MG${'0'.repeat(32)}`, true],
    ['of a number tells nothing of who sends', '447700900002', false],
  ])('%s', async (_what, sender, isNoted) => {
    const world = new WebhookWorld();
    const { conversation_id: id } = await world.seed(SENT);
    const [company, project, request] = id.split('#');
    const before = await world.seed({ ...SENT, conversation_id: [company, project, request, sender].join('#') });
    await take(world, before, receipt('delivered', { sentFrom: '+447700900555' }));
    expect(await world.senders.includes('+447700900555')).toBe(isNoted);
  });

  test('that only says that an accepted message was sent carries no news, and costs no write', async () => {
    const world = new WebhookWorld();
    const before = await world.seed({ ...SENT, delivery_status: 'accepted' });
    const { outcomes, record } = await take(world, before, receipt('sent'), receipt('sent'));
    expect(outcomes).toEqual(['known', 'known']);
    expect(record).toEqual(before);
    expect(world.observer.counted('ReceiptTaken')).toBe(0);
    const later = await take(world, before, receipt('delivered'));
    expect([later.outcomes, later.record.delivery_status]).toEqual([['raised'], 'delivered']);
  });

  test.each(orders(['sent', 'delivered', 'read'] as const))(
    'after %s, %s, %s the highest stands',
    async (...statuses) => {
      const world = new WebhookWorld();
      const { record, outcomes } = await take(
        world,
        await world.seed(SENT),
        ...statuses.map((status) => receipt(status)),
      );
      expect(record.delivery_status).toBe('read');
      expect(outcomes.filter((outcome) => outcome === 'raised').length).toBeGreaterThan(0);
    },
  );

  test('that is told twice changes nothing and writes nothing', async () => {
    const world = new WebhookWorld();
    const first = await take(world, await world.seed(SENT), receipt('delivered'));
    world.clock.advance(1000);
    const change = jest.spyOn(world.conversations, 'change');
    const second = await take(
      world,
      first.record,
      receipt('delivered'),
      receipt('sent'),
      receipt('undelivered', { failure: UNREACHABLE }),
    );
    expect(second).toEqual({ outcomes: ['known', 'known', 'known'], record: first.record });
    expect(change).not.toHaveBeenCalled();
  });

  test('of a failure gives its reason, which a later delivery takes back', async () => {
    const world = new WebhookWorld();
    const failed = await take(world, await world.seed(SENT), receipt('undelivered', { failure: UNREACHABLE }));
    expect(failed.record).toMatchObject({
      conversation_status: 'initial_message_sent',
      delivery_status: 'undelivered',
      failure_reason: 'recipient_unreachable',
      failure_detail: '30005',
    });
    const delivered = await take(world, failed.record, receipt('delivered'));
    expect(delivered.record.delivery_status).toBe('delivered');
    expect(delivered.record).not.toHaveProperty('failure_reason');
    expect(delivered.record).not.toHaveProperty('failure_detail');
  });

  test('of an attempt that the record does not know proves nothing', async () => {
    const world = new WebhookWorld();
    for (const changes of [SENT, CLAIMED, {}]) {
      const before = await world.seed(changes);
      const { outcomes, record } = await take(
        world,
        before,
        receipt('read', { attemptId: 'attempt-9', optOutEvent: 'event' }),
      );
      expect({ outcomes, record }).toEqual({ outcomes: ['unknown_attempt'], record: before });
    }
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([]);
  });
});

describe('a receipt that comes before our own record of the send', () => {
  test.each(UNPROVEN)('proves a message that is %s as sent', async (conversation_status) => {
    const world = new WebhookWorld();
    const waiting = {
      attention: 'stuck#3',
      due_at: '2026-11-02T09:00:30.000Z',
      send_deadline: '2026-11-02T09:00:20.000Z',
      wait_count: 2,
      failure_reason: 'answer_lost',
      failure_detail: 'x',
    } as const;
    const { outcomes, record } = await take(
      world,
      await world.seed({ ...CLAIMED, ...waiting, conversation_status }),
      receipt('sent'),
    );
    expect(outcomes).toEqual(['proved']);
    expect(record).toMatchObject({
      conversation_status: 'initial_message_sent',
      delivery_status: 'sent',
      vendor_message_id: 'SM1',
      sent_at: '2026-11-02T09:00:00.000Z',
    });
    expect(record.history.at(-1)).toEqual({ at: '2026-11-02T09:00:00.000Z', status: 'initial_message_sent' });
    for (const name of [...Object.keys(waiting)]) expect(record).not.toHaveProperty(name);
    expect(world.observer.counted('MessageSent')).toBe(1);
  });

  test('leaves alone every other state, in which no attempt can have gone', async () => {
    const others = STATUSES.filter(
      (status) => status !== 'initial_message_sent' && !UNPROVEN.some((unproven) => unproven === status),
    );
    expect(others).toEqual(['initiated', 'awaiting_review', 'processing', 'rejected']);
    for (const conversation_status of others) {
      const world = new WebhookWorld();
      const before = await world.seed({ ...CLAIMED, conversation_status });
      expect(await take(world, before, receipt('read'))).toEqual({ outcomes: ['known'], record: before });
    }
  });

  test('of a failure proves that it went, and says why it did not arrive', async () => {
    const world = new WebhookWorld();
    const { record } = await take(
      world,
      await world.seed({ ...CLAIMED, conversation_status: 'send_unknown' }),
      receipt('undelivered', { failure: UNREACHABLE }),
    );
    expect(record).toMatchObject({
      conversation_status: 'initial_message_sent',
      delivery_status: 'undelivered',
      failure_reason: 'recipient_unreachable',
    });
  });

  test.each(orders(['sent', 'delivered', 'ours'] as const))(
    "in the order %s, %s, %s ends as delivered under the vendor's identifier",
    async (...steps) => {
      const world = new WebhookWorld();
      const conversation = await world.seed(CLAIMED);
      for (const step of steps) {
        if (step !== 'ours') await take(world, conversation, receipt(step));
        else await worker(world, conversation);
      }
      const record = await world.record(conversation);
      expect(record).toMatchObject({
        conversation_status: 'initial_message_sent',
        delivery_status: 'delivered',
        vendor_message_id: 'SM1',
      });
      expect(stepsOf(record.history).filter(({ status }) => status === 'initial_message_sent')).toHaveLength(1);
    },
  );

  test('without the vendor\'s identifier leaves that to our own record', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(CLAIMED);
    const { vendorMessageId: _left, ...nameless } = receipt('delivered');
    expect((await take(world, conversation, nameless)).record).not.toHaveProperty('vendor_message_id');
    await worker(world, conversation);
    expect(await world.record(conversation)).toMatchObject({ vendor_message_id: 'SM1', delivery_status: 'delivered' });
  });

  /** What the processor does with the vendor's answer. */
  async function worker(world: WebhookWorld, conversation: Conversation) {
    const sent = { attemptId: ATTEMPT, now: world.clock.now(), vendorMessageId: 'SM1', acceptedAt: world.clock.now(), asked: { request_id: '1' } };
    const { applied } = await world.conversations.change(conversation, recordSent(sent));
    if (!applied) await world.conversations.change(conversation, addVendorId(sent));
  }
});

describe('an older attempt\'s receipt', () => {
  test.each<ConversationStatus>(['composed', 'sending', 'send_unknown', 'failed_to_send_message'])(
    'proves that one while the record is %s, which cancels a pending resend',
    async (conversation_status) => {
      const world = new WebhookWorld();
      const again = {
        ...CLAIMED,
        conversation_status,
        attempt_id: 'attempt-2',
        attempt_ids: [ATTEMPT, 'attempt-2'],
        attempt_count: 2,
        retry_at: '2026-11-02T10:00:00.000Z',
      };
      const { record } = await take(world, await world.seed(again), receipt('delivered'));
      expect(record).toMatchObject({ conversation_status: 'initial_message_sent', delivery_status: 'delivered' });
      expect(record).not.toHaveProperty('retry_at');
    },
  );

  test('raises a delivery, and never lowers the newer one\'s', async () => {
    const world = new WebhookWorld();
    const both = {
      ...SENT,
      attempt_id: 'attempt-2',
      attempt_ids: [ATTEMPT, 'attempt-2'],
      attempt_count: 2,
      delivery_status: 'delivered',
    } as const;
    const { outcomes, record } = await take(
      world,
      await world.seed(both),
      receipt('undelivered', { failure: UNREACHABLE }),
      receipt('read'),
    );
    expect(outcomes).toEqual(['known', 'raised']);
    expect(record).toMatchObject({ delivery_status: 'read' });
    expect(record).not.toHaveProperty('failure_reason');
  });
});

describe('others who write at the same time', () => {
  test('are followed: a send that is recorded between the reading and the proof is raised', async () => {
    const world = new WebhookWorld();
    const seen = await world.seed(CLAIMED);
    world.conversations.seed({ ...seen, ...SENT });
    expect(await takeReceipt(receipt('delivered'), seen, world.ports)).toMatchObject({ outcome: 'raised' });
  });

  test('are followed: a send that is recorded between raising and proving is raised on the third try', async () => {
    const world = new WebhookWorld();
    const seen = await world.seed(CLAIMED);
    const change = world.conversations.change.bind(world.conversations);
    jest.spyOn(world.conversations, 'change').mockImplementation(async (key, wanted) => {
      const result = await change(key, wanted);
      if (wanted.name === 'raise delivery' && !result.applied) world.conversations.seed({ ...seen, ...SENT });
      return result;
    });
    expect(await takeReceipt(receipt('delivered'), seen, world.ports)).toMatchObject({ outcome: 'raised' });
    expect(await world.record(seen)).toMatchObject({ delivery_status: 'delivered' });
  });

  test('that removed the record leave nothing to do', async () => {
    const world = new WebhookWorld();
    const seen = await world.seed(SENT);
    world.conversations.remove(seen);
    expect(await takeReceipt(receipt('delivered'), seen, world.ports)).toMatchObject({ outcome: 'known' });
  });

  test('in every mix of all statuses the record ends at the highest', async () => {
    for (const order of orders(DELIVERY_STATUSES)) {
      const world = new WebhookWorld();
      const conversation = await world.seed(CLAIMED);
      await Promise.all(order.map(async (status) => takeReceipt(receipt(status), conversation, world.ports)));
      expect((await world.record(conversation)).delivery_status).toBe('read');
    }
  });
});

describe('a receipt that is an opt-out', () => {
  const blocked = receipt('undelivered', {
    failure: { reason: 'recipient_opted_out', detail: '21610' },
    optOutEvent: 'SM1-undelivered',
  });

  test('keeps the sender from writing again, before the record says so', async () => {
    const world = new WebhookWorld();
    jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('down'));
    const conversation = await world.seed(SENT);
    await expect(takeReceipt(blocked, conversation, world.ports)).rejects.toThrow('down');
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([
      '447700900002',
    ]);
    expect((await take(world, conversation, blocked)).outcomes).toEqual(['raised']);
  });

  test('counts although the delivery is known already, as a complaint about a delivered mail is', async () => {
    const world = new WebhookWorld();
    const mail = await world.seed({ ...SENT, delivery_status: 'read' }, { channel: 'email' });
    expect((await take(world, mail, receipt('delivered', { optOutEvent: 'complaint' }))).outcomes).toEqual(['known']);
    expect(await world.directory.optedOutOf({ recipient: 'ADA.example@example.com', company: 'brightpath' })).toEqual([
      'talent@example.com',
    ]);
  });

  test('that came by another name counts once a receipt reports that name', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const recipient = { recipient: conversation.primary_channel, company: 'brightpath' };
    await world.directory.addOptOut({ recipient: 'GB.1349', sender: '447700900002', at: 'before', source: 'reply' });
    expect(await world.directory.optedOutOf(recipient)).toEqual([]);
    await take(world, conversation, receipt('delivered', { attemptId: 'unknown', recipientAlias: 'GB.1349' }));
    expect(await world.directory.optedOutOf(recipient)).toEqual([]);
    await take(world, conversation, receipt('delivered', { recipientAlias: 'GB.1349' }));
    expect(await world.directory.optedOutOf(recipient)).toEqual(['447700900002']);
  });

  test('that is replayed after the recipient lifted it does nothing', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    await take(world, conversation, blocked);
    await world.directory.removeOptOut({
      recipient: '+447700900123',
      sender: '447700900002',
      at: 'later',
      event: 'SM-start',
      company: 'brightpath',
    });
    await take(world, conversation, blocked);
    expect(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })).toEqual([]);
  });
});
