import { STATUSES } from '../../../src/core/lifecycle/conversation';
import { proveSent } from '../../../src/core/lifecycle/receipt-transitions';
import { ATTEMPTS } from '../../../src/core/lifecycle/limits';
import { claimSend } from '../../../src/core/lifecycle/send-transitions';
import { RENEWED_FOR, resolveAsSent, resolveToResend } from '../../../src/core/lifecycle/unknown-send-transitions';
import { applyChange } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const LATER = NOW + 25 * 60 * 60_000;
const word = { attemptId: 'attempt-1', now: LATER, by: 'Sam Reyes' };
const record = (changes: Parameters<typeof sampleConversation>[0]['changes'] = {}) =>
  sampleConversation({
    now: NOW,
    changes: {
      conversation_status: 'send_unconfirmed',
      attempt_id: 'attempt-1',
      attempt_ids: ['attempt-1'],
      attempt_count: 1,
      failure_reason: 'never_confirmed',
      ...changes,
    },
  });
const DELIVERED = { attemptId: 'attempt-1', status: 'delivered' } as const;
const resolutions = [
  resolveAsSent({ ...word, asked: record() }),
  resolveToResend({ ...word, requestId: record().request_id }),
];

test.each(STATUSES)(
  'a person resolves a message that is %s only if its vendor never confirmed it',
  (conversation_status) => {
    for (const change of resolutions) {
      expect(applyChange(record({ conversation_status }), change, 'c') !== undefined).toBe(
        conversation_status === 'send_unconfirmed',
      );
    }
  },
);

test('what a person judged is one attempt, and no other', () => {
  for (const change of resolutions) {
    expect(applyChange(record({ attempt_id: 'attempt-2' }), change, 'c')).toBeUndefined();
  }
});

test('as sent: the record says so, by whom, and asks for nothing any more', () => {
  const resolved = applyChange(record(), resolveAsSent({ ...word, vendorMessageId: 'SM1', asked: record() }), 'c');
  expect(resolved).toMatchObject({
    conversation_status: 'initial_message_sent',
    vendor_message_id: 'SM1',
    delivery_status: 'accepted',
  });
  expect(resolved?.history.at(-1)).toEqual({
    at: new Date(LATER).toISOString(),
    status: 'initial_message_sent',
    by: 'Sam Reyes',
  });
  expect([resolved?.failure_reason, resolved?.attention, resolved?.due_at]).toEqual([undefined, undefined, undefined]);
});

test('to be sent again: it may be claimed once more although its time was over, and draws attention until then', () => {
  const resolved = applyChange(
    record({ send_before: new Date(NOW).toISOString() }),
    resolveToResend({ ...word, requestId: record().request_id }),
    'c',
  );
  expect(resolved).toMatchObject({
    conversation_status: 'composed',
    send_before: new Date(LATER + RENEWED_FOR).toISOString(),
    attention: 'stuck#3',
  });
  expect(resolved?.history.at(-1)).toMatchObject({ status: 'composed', by: 'Sam Reyes' });
  const claimed = resolved && applyChange(resolved, claimSend({ attemptId: 'attempt-2', now: LATER + 1 }), 'd');
  expect(claimed).toMatchObject({ conversation_status: 'sending', attempt_count: 2 });
});

test('with every attempt used nothing is sent again', () => {
  expect(
    applyChange(record({ attempt_count: ATTEMPTS }), resolveToResend({ ...word, requestId: record().request_id }), 'c'),
  ).toBeUndefined();
});

test('a late receipt of the attempt that was given up cancels the second one', () => {
  const resolved = applyChange(record(), resolveToResend({ ...word, requestId: record().request_id }), 'c');
  const proved =
    resolved &&
    applyChange(resolved, proveSent({ receipt: DELIVERED, now: LATER + 5, asked: record() }), 'd');
  expect(proved).toMatchObject({ conversation_status: 'initial_message_sent', delivery_status: 'delivered' });
  expect(proved && applyChange(proved, claimSend({ attemptId: 'attempt-2', now: LATER + 6 }), 'e')).toBeUndefined();
});
