import type { ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { STATUSES } from '../../../src/core/lifecycle/conversation';
import { noteReply, proveSent, raiseDelivery } from '../../../src/core/lifecycle/receipt-transitions';
import { countReplies, countWaitingReplies, dealWithReplies } from '../../../src/core/lifecycle/reply-transitions';
import { stopChecking } from '../../../src/core/lifecycle/unknown-send-transitions';
import { applyChange } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const LATER = NOW + 3_600_000;
const BY = 'Sam Reyes';

const record = (status: ConversationStatus = 'initial_message_sent') =>
  sampleConversation({
    now: NOW,
    changes: {
      conversation_status: status,
      attempt_ids: ['attempt-1'],
      ...(status === 'awaiting_review'
        ? { failure_reason: 'proof_failed', hand_off_to_human_reason: 'proof_failed' }
        : {}),
    },
  });

/** The record after a reply that is handed to a person. */
function replied(to = record(), vendorMessageId = 'SM1', now = NOW) {
  const after = applyChange(
    to,
    noteReply({ vendorMessageId, now, handOff: 'reply_received', isCounted: true, waitSince: to.reply_since }),
    `reply ${vendorMessageId}`,
  );
  if (!after) throw new Error('The reply was not noted.');
  return after;
}

test.each(STATUSES)(
  "a reply to a message that is %s waits for a person and leaves the message's own attention alone",
  (status) => {
    const before = record(status);
    expect(replied(before)).toMatchObject({
      reply_attention: 'reply',
      reply_since: '2026-11-02T09:00:00.000Z',
      hand_off_to_human: true,
      attention: before.attention,
      due_at: before.due_at,
    });
  },
);

test('further replies wait from the first on', () => {
  const twice = replied(replied(), 'SM2', LATER);
  expect(twice.reply_since).toBe('2026-11-02T09:00:00.000Z');
  expect([countReplies(twice), countWaitingReplies(twice)]).toEqual([2, 2]);
});

test('neither receipts nor the end of the reconciler\'s looks take a reply from the list', () => {
  const receipt = { attemptId: 'attempt-1', vendorMessageId: 'SM9', status: 'delivered' } as const;
  const waits = { reply_attention: 'reply', reply_since: '2026-11-02T09:00:00.000Z' };
  expect(applyChange(replied(record('send_unconfirmed')), proveSent({ receipt, now: LATER, asked: { request_id: '1' } }), 'c')).toMatchObject(
    waits,
  );
  expect(applyChange(replied(), raiseDelivery({ receipt, now: LATER }), 'c')).toMatchObject(waits);
  expect(applyChange(replied(), stopChecking(), 'c')).toMatchObject(waits);
});

test('what a person has dealt with waits no longer, and says who and when', () => {
  const seen = replied(replied(), 'SM2');
  const dealt = applyChange(seen, dealWithReplies({ seen, by: BY, now: LATER }), 'c');
  expect(dealt).toMatchObject({
    hand_off_to_human: false,
    replies_dealt_with: [{ at: '2026-11-02T10:00:00.000Z', by: BY, replies: 2 }],
    messages: seen.messages,
    history: seen.history,
  });
  for (const name of ['reply_attention', 'reply_since', 'hand_off_to_human_reason']) {
    expect(dealt).not.toHaveProperty(name);
  }
  expect(dealt && countWaitingReplies(dealt)).toBe(0);
});

test('a reply that came since it was seen keeps the conversation waiting', () => {
  const seen = replied();
  expect(applyChange(replied(seen, 'SM2'), dealWithReplies({ seen, by: BY, now: LATER }), 'c')).toBeUndefined();
});

test('the next reply makes it wait again, from then on, and every word of a person is kept', () => {
  const first = replied();
  const dealt = applyChange(first, dealWithReplies({ seen: first, by: BY, now: NOW }), 'dealt');
  const again = replied(dealt, 'SM2', LATER);
  expect([again.reply_since, countReplies(again), countWaitingReplies(again)]).toEqual([
    '2026-11-02T10:00:00.000Z',
    2,
    1,
  ]);
  const once = applyChange(again, dealWithReplies({ seen: again, by: 'Alex', now: LATER }), 'c');
  expect(once?.replies_dealt_with?.map(({ by, replies }) => [by, replies])).toEqual([[BY, 1], ['Alex', 2]]);
});

test('a record without a waiting reply is not marked', () => {
  expect(applyChange(record(), dealWithReplies({ seen: record(), by: BY, now: NOW }), 'c')).toBeUndefined();
});

test('a message that waits for a person goes on doing so, for its own reason', () => {
  const seen = replied(record('awaiting_review'));
  expect(seen.hand_off_to_human_reason).toBe('reply_received');
  const dealt = applyChange(seen, dealWithReplies({ seen, by: BY, now: LATER }), 'c');
  expect(dealt).toMatchObject({
    hand_off_to_human: true,
    hand_off_to_human_reason: 'proof_failed',
    conversation_status: 'awaiting_review',
  });
});
