import { noteReply, proveSent, raiseDelivery, UNPROVEN } from '../../../src/core/lifecycle/receipt-transitions';
import type { DeliveryStatus } from '../../../src/core/lifecycle/conversation';
import { DELIVERY_STATUSES, STATUSES } from '../../../src/core/lifecycle/conversation';
import { applyChange } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const receipt = { attemptId: 'attempt-1', vendorMessageId: 'SM1', status: 'sent' } as const;
const record = (changes: Parameters<typeof sampleConversation>[0]['changes'] = {}) =>
  sampleConversation({ now: NOW, changes: { attempt_ids: ['attempt-0', 'attempt-1'], ...changes } });

test.each(STATUSES)(
  'a receipt proves a message that is %s as sent only if nobody knows better',
  (conversation_status) => {
    const proved = applyChange(record({ conversation_status }), proveSent({ receipt, now: NOW, asked: { request_id: '1' } }), 'c');
    expect(proved?.conversation_status).toBe(
      UNPROVEN.some((status) => status === conversation_status) ? 'initial_message_sent' : undefined,
    );
  },
);

test.each([{ attempt_ids: ['attempt-0'] }, { attempt_ids: [] }, { attempt_ids: ['attempt-11'] }])(
  'an attempt that is not in %j is never proved nor raised',
  (changes) => {
    for (const status of STATUSES) {
      const unknown = record({ ...changes, conversation_status: status });
      expect(applyChange(unknown, proveSent({ receipt, now: NOW, asked: { request_id: '1' } }), 'c')).toBeUndefined();
      expect(applyChange(unknown, raiseDelivery({ receipt, now: NOW }), 'c')).toBeUndefined();
    }
  },
);

test('a delivery rises from every lower status to every higher one, and never falls or stays', () => {
  const from: ReadonlyArray<DeliveryStatus | undefined> = [undefined, ...DELIVERY_STATUSES];
  const rises = from.flatMap((before, rank) => DELIVERY_STATUSES.filter((status, told) => {
    const sent = record({
      conversation_status: 'initial_message_sent',
      ...(before ? { delivery_status: before } : {}),
    });
    const raised = applyChange(sent, raiseDelivery({ receipt: { ...receipt, status }, now: NOW }), 'c');
    return (raised?.delivery_status === status) !== told + 1 > rank;
  }));
  expect(rises).toEqual([]);
});

test.each(STATUSES.filter((status) => status !== 'initial_message_sent'))(
  'no delivery is raised while the message is %s',
  (conversation_status) => {
    expect(applyChange(record({ conversation_status }), raiseDelivery({ receipt, now: NOW }), 'c')).toBeUndefined();
  },
);

test('a reply is noted once, in a record with replies and in one without, and not counted in a full one', () => {
  const note = (vendorMessageId: string, isCounted = true) =>
    noteReply({ vendorMessageId, now: NOW, isCounted });
  const once = applyChange(record(), note('SM1'), 'c');
  expect(once).toMatchObject({ messages: [], inbound_ids: ['SM1'], hand_off_to_human: false });
  expect(once && applyChange(once, note('SM1'), 'c')).toBeUndefined();
  expect(once && applyChange(once, note('SM2'), 'c')?.inbound_ids).toEqual(['SM1', 'SM2']);
  expect(once && applyChange(once, note('SM2', false), 'c')?.inbound_ids).toEqual(['SM1']);
});
