import type { Change } from '../../../src/core/lifecycle/change';
import { timestamp } from '../../../src/core/ports/clock';
import type { Conversation, ConversationStatus, CompositionSnapshot } from '../../../src/core/lifecycle/conversation';
import { DELIVERY_STATUSES, STATUSES } from '../../../src/core/lifecycle/conversation';
import { ATTEMPTS, TIMES } from '../../../src/core/lifecycle/limits';
import {
  failWhileComposed,
  failWhileProcessing,
  persistComposition,
  releaseLease,
  holdForReview,
  deferComposed,
  takeLease,
} from '../../../src/core/lifecycle/message-transitions';
import {
  addVendorId,
  claimSend,
  persistAndClaim,
  markSendUnknown,
  expireSendWindow,
  recordSent,
  refuseSend,
  releaseSendClaim,
} from '../../../src/core/lifecycle/send-transitions';
import { deliveryRank } from '../../../src/core/lifecycle/receipt-transitions';
import { applyChange } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const SECOND = 1000;

const composition: CompositionSnapshot = {
  filled: { channel: 'sms', text: 'Hello Ada, which of your projects used a message queue?', segments: 1 },
  values: { first_name: 'Ada' },
  template_name: 'cv_question',
  template_version: 3,
  instructions_version: '0123456789abcdef',
  facts_hash: 'f'.repeat(64),
  verdicts: { first_name: 'copied' },
  usage: { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 },
};
const message = {
  message_id: 'message-1',
  timestamp: timestamp(NOW),
  role: 'assistant',
  content: composition.filled.text,
  ...composition.usage,
} as const;

const lease = (now = NOW) => takeLease({ owner: 'me', now, version: '1.0.0', channel: 'sms' });
const wait = { now: NOW, retryAt: NOW + 30 * SECOND, waits: 4, reason: 'vendor_busy', detail: '20429' } as const;
const failed = { now: NOW, status: 'failed_unknown', reason: 'project_inactive' } as const;

const record = (status: ConversationStatus, changes: Partial<Conversation> = {}) =>
  sampleConversation({ now: NOW - 10 * SECOND, changes: { conversation_status: status, ...changes } });
const held = (changes: Partial<Conversation> = {}) =>
  record('processing', { lease_owner: 'me', lease_until: timestamp(NOW + SECOND), ...changes });
const composed = (changes: Partial<Conversation> = {}) => record('composed', { composition, ...changes });
const claimed = (changes: Partial<Conversation> = {}) =>
  record('sending', {
    composition,
    attempt_count: 1,
    attempt_id: 'attempt-1',
    attempt_ids: ['attempt-1'],
    send_deadline: timestamp(NOW + SECOND),
    ...changes,
  });

/** Every transition with a record on which it applies. */
const TRANSITIONS = (
  [
    [lease(), record('initiated'), 'processing'],
    [releaseLease({ ...wait, owner: 'me' }), held(), 'initiated'],
    [persistComposition({ owner: 'me', now: NOW, composition, message }), held(), 'composed'],
    [persistAndClaim({ owner: 'me', now: NOW, composition, message, attemptId: 'attempt-1' }), held(), 'sending'],
    [
      holdForReview({ owner: 'me', now: NOW, reason: 'proof_failed', detail: 'question: link', composition }),
      held(),
      'awaiting_review',
    ],
    [failWhileProcessing({ ...failed, owner: 'me' }), held(), 'failed_unknown'],
    [deferComposed({ ...wait, seen: composed() }), composed(), 'composed'],
    [failWhileComposed({ ...failed, status: 'expired', reason: 'expired' }), composed(), 'expired'],
    [claimSend({ attemptId: 'attempt-1', now: NOW }), composed(), 'sending'],
    [releaseSendClaim({ ...wait, attemptId: 'attempt-1' }), claimed(), 'composed'],
    [
      recordSent({ attemptId: 'attempt-1', now: NOW, vendorMessageId: 'vendor-1', acceptedAt: NOW, asked: { request_id: '1' } }),
      claimed(),
      'initial_message_sent',
    ],
    [
      refuseSend({ attemptId: 'attempt-1', now: NOW, reason: 'recipient_unreachable', detail: '21211' }),
      claimed(),
      'failed_to_send_message',
    ],
    [markSendUnknown({ attemptId: 'attempt-1', now: NOW, detail: 'no answer' }), claimed(), 'send_unknown'],
    [expireSendWindow({ now: NOW }), claimed({ send_deadline: timestamp(NOW - SECOND) }), 'send_unknown'],
  ] satisfies ReadonlyArray<readonly [Change, Conversation, ConversationStatus]>
).map(([change, subject, status]) => ({
  name: change.name,
  change,
  subject,
  status,
}));

const apply = (subject: Conversation, change: Change) => applyChange(subject, change, 'change-1');
function applied(subject: Conversation, change: Change): Conversation {
  const result = apply(subject, change);
  if (!result) throw new Error(`${change.name} did not apply.`);
  return result;
}

describe.each(TRANSITIONS)('$name', ({ change, subject, status }) => {
  test(`leads to ${status} and says so in the history`, () => {
    const after = applied(subject, change);
    expect(after.conversation_status).toBe(status);
    expect(after.updated_at).toBe(timestamp(NOW));
    expect(after.history).toHaveLength(subject.history.length + 1);
    expect(after.history.at(-1)).toMatchObject({ at: timestamp(NOW), status });
  });

  test('applies in no other state', () => {
    const allowed = STATUSES.filter((other) => apply({ ...subject, conversation_status: other }, change));
    const expected =
      change.name === 'record sent' ? ['sending', 'send_unknown', 'send_unconfirmed'] : [subject.conversation_status];
    expect(allowed.sort()).toEqual(expected.sort());
  });

  test('sets nothing that it removes, which DynamoDB refuses', () => {
    const removed: readonly string[] = change.remove ?? [];
    expect(Object.entries(change.set).filter(([name, value]) => value !== undefined && removed.includes(name))).toEqual(
      [],
    );
  });
});

test.each(TRANSITIONS.filter(({ subject }) => subject.composition))(
  '$name leaves the frozen words as they were',
  ({ change, subject }) => {
    expect(applied(subject, change).composition).toEqual(composition);
  },
);

test.each(TRANSITIONS.filter(({ status }) => /sent$|failed|expired/.test(status)))(
  '$name leaves nothing that draws the reconciler',
  ({ change, subject }) => {
    const after = applied({ ...subject, retry_at: timestamp(NOW) }, change);
    expect(after).not.toHaveProperty('attention');
    expect(after).not.toHaveProperty('due_at');
    expect(after).not.toHaveProperty('lease_owner');
    expect(after).not.toHaveProperty('lease_until');
    expect(after).not.toHaveProperty('send_deadline');
    expect(after).not.toHaveProperty('retry_at');
  },
);

describe('take lease', () => {
  test('holds the record for as long as a function may run, and leaves the index of what is due alone', () => {
    const before = record('initiated', { failure_reason: 'model_unavailable', failure_detail: 'old' });
    const after = applied(before, lease());
    expect(after).toMatchObject({
      lease_owner: 'me',
      lease_until: timestamp(NOW + 60 * SECOND),
      due_at: before.due_at,
    });
    expect(after.processor_version).toBe('1.0.0');
    expect(after).not.toHaveProperty('failure_reason');
    expect(after).not.toHaveProperty('failure_detail');
  });

  test.each([
    ['is refused one millisecond before the message may be tried again', 1, false],
    ['applies at the moment at which it may', 0, true],
  ])('%s', (_name, ahead, applies) => {
    expect(Boolean(apply(record('initiated', { retry_at: timestamp(NOW + ahead) }), lease()))).toBe(applies);
  });

  test.each([
    ['is refused while another lease lasts, to its last millisecond', 0, false],
    ['applies once it has run out', -1, true],
  ])('%s', (_name, ahead, applies) => {
    expect(
      Boolean(apply(record('processing', { lease_owner: 'other', lease_until: timestamp(NOW + ahead) }), lease())),
    ).toBe(applies);
  });

  test('is refused to a worker of another channel', () => {
    expect(apply({ ...record('initiated'), channel_method: 'email' }, lease())).toBeUndefined();
  });
});

test.each([
  releaseLease({ ...wait, owner: 'me' }),
  persistComposition({ owner: 'me', now: NOW, composition, message }),
  persistAndClaim({ owner: 'me', now: NOW, composition, message, attemptId: 'attempt-1' }),
  holdForReview({ owner: 'me', now: NOW, reason: 'proof_failed' }),
  failWhileProcessing({ ...failed, owner: 'me' }),
])('$name is refused to a worker whose lease another took over', (change) => {
  expect(apply(held({ lease_owner: 'other' }), change)).toBeUndefined();
  expect(applied(held(), change)).not.toHaveProperty('lease_owner');
});

test.each([
  releaseSendClaim({ ...wait, attemptId: 'attempt-1' }),
  recordSent({ attemptId: 'attempt-1', now: NOW, vendorMessageId: 'vendor-1', acceptedAt: NOW, asked: { request_id: '1' } }),
  refuseSend({ attemptId: 'attempt-1', now: NOW, reason: 'vendor_refused', detail: '1' }),
  markSendUnknown({ attemptId: 'attempt-1', now: NOW, detail: 'reset' }),
])('$name is refused to a worker whose attempt is an older one', (change) => {
  expect(apply(claimed({ attempt_id: 'attempt-2', attempt_ids: ['attempt-1', 'attempt-2'] }), change)).toBeUndefined();
});

describe('a wait', () => {
  test.each(
    TRANSITIONS.filter(({ name }) => ['release lease', 'defer', 'release send claim'].includes(name)),
  )('by $name tells why, until when and how often, and is looked after a while later', ({ change, subject }) => {
    const after = applied(subject, change);
    expect(after).toMatchObject({
      retry_at: timestamp(wait.retryAt),
      due_at: timestamp(wait.retryAt + TIMES.reconcileAfter),
      wait_count: 4,
    });
    expect(after).toMatchObject({ failure_reason: 'vendor_busy', failure_detail: '20429' });
    expect(after.history.at(-1)?.reason).toBe('vendor_busy');
  });

  test('without a reason leaves no older one standing', () => {
    const stale = { failure_reason: 'secret_unavailable', failure_detail: 'old' } as const;
    const after = applied(composed(stale), deferComposed({ now: NOW, retryAt: NOW, waits: 1, seen: composed() }));
    expect(after).not.toHaveProperty('failure_reason');
    expect(after).not.toHaveProperty('failure_detail');
  });

  test('of a composed message is refused if the record is another than the one that was judged', () => {
    expect(
      apply(composed({ updated_at: timestamp(NOW - SECOND) }), deferComposed({ ...wait, seen: composed() })),
    ).toBeUndefined();
  });
});

test('freezing keeps the words and the message, and starts the count of waits anew', () => {
  const before = held({ wait_count: 7, failure_reason: 'model_unavailable' });
  const after = applied(before, persistComposition({ owner: 'me', now: NOW, composition, message }));
  expect(after).toMatchObject({ composition, messages: [message], wait_count: 0, due_at: before.due_at });
  expect(after).not.toHaveProperty('lease_until');
  expect(after).not.toHaveProperty('failure_reason');
});

test('holding for review puts the message before a person, with the words as far as they came', () => {
  const change = holdForReview({
    owner: 'me',
    now: NOW,
    reason: 'proof_failed',
    detail: 'question: link',
    composition,
  });
  expect(applied(held(), change)).toMatchObject({
    attention: 'review',
    due_at: timestamp(NOW),
    hand_off_to_human: true,
    hand_off_to_human_reason: 'proof_failed',
    failure_reason: 'proof_failed',
    failure_detail: 'question: link',
    composition,
  });
  expect(applied(held(), holdForReview({ owner: 'me', now: NOW, reason: 'review_requested' }))).not.toHaveProperty(
    'composition',
  );
});

describe('claim send', () => {
  const claim = claimSend({ attemptId: 'attempt-2', now: NOW });

  test('counts the attempt, remembers it and sets its deadline', () => {
    const before = composed({
      attempt_count: 1,
      attempt_ids: ['attempt-1'],
      retry_at: timestamp(NOW),
      failure_reason: 'vendor_busy',
      failure_detail: '20429',
    });
    const after = applied(before, claim);
    const deadline = timestamp(NOW + TIMES.sendWindow);
    expect(after).toMatchObject({ attempt_count: 2, attempt_id: 'attempt-2', attempt_ids: ['attempt-1', 'attempt-2'] });
    expect(after).toMatchObject({ send_deadline: deadline, due_at: before.due_at });
    expect(after).not.toHaveProperty('retry_at');
    expect(after).not.toHaveProperty('failure_reason');
    expect(after).not.toHaveProperty('failure_detail');
  });

  test.each([
    ['the last allowed attempt', { attempt_count: ATTEMPTS - 1 }, true],
    ['one attempt too many', { attempt_count: ATTEMPTS }, false],
    ['a message at its last useful moment', { send_before: timestamp(NOW) }, true],
    ['a message that has expired', { send_before: timestamp(NOW - 1) }, false],
    ['a message whose wait ends now', { retry_at: timestamp(NOW) }, true],
    ['a message that still waits', { retry_at: timestamp(NOW + 1) }, false],
  ])('of %s: %p', (_name, changes, applies) => {
    expect(Boolean(apply(composed(changes), claim))).toBe(applies);
  });
});

describe('persist composition and claim send', () => {
  const change = persistAndClaim({ owner: 'me', now: NOW, composition, message, attemptId: 'attempt-1' });

  test('does what freezing and claiming do one after the other, but for the state between', () => {
    const before = held({ wait_count: 7, failure_reason: 'model_unavailable' });
    const both = applied(
      applied(before, persistComposition({ owner: 'me', now: NOW, composition, message })),
      claimSend({ attemptId: 'attempt-1', now: NOW }),
    );
    const { history, ...after } = applied(before, change);
    expect(after).toEqual({ ...both, history: undefined });
    expect(history).toEqual(both.history.filter(({ status }) => status !== 'composed'));
  });

  test.each([
    ['the last allowed attempt', { attempt_count: ATTEMPTS - 1 }, true],
    ['one attempt too many', { attempt_count: ATTEMPTS }, false],
    ['a message at its last useful moment', { send_before: timestamp(NOW) }, true],
    ['a message that has expired', { send_before: timestamp(NOW - 1) }, false],
  ])('of %s: %p', (_name, changes, applies) => {
    expect(Boolean(apply(held(changes), change))).toBe(applies);
  });
});

test('a send that is given back costs no attempt, and its attempt stays known', () => {
  const after = applied(claimed(), releaseSendClaim({ ...wait, attemptId: 'attempt-1' }));
  expect(after).toMatchObject({ attempt_count: 0, attempt_ids: ['attempt-1'] });
  expect(after).not.toHaveProperty('send_deadline');
});

test.each(['send_unknown', 'send_unconfirmed'] as const)(
  'an acceptance that comes late still proves a message that is %s',
  (status) => {
    const sent = recordSent({
      attemptId: 'attempt-1',
      now: NOW,
      vendorMessageId: 'vendor-1',
      acceptedAt: NOW - 4 * SECOND,
      asked: { request_id: '1' },
    });
    const after = applied(
      claimed({ conversation_status: status, failure_reason: 'answer_lost', failure_detail: 'reset' }),
      sent,
    );
    expect(after).toMatchObject({
      vendor_message_id: 'vendor-1',
      sent_at: timestamp(NOW),
      delivery_status: 'accepted',
      initial_processing_time_ms: 4000,
    });
    expect(after).not.toHaveProperty('failure_reason');
    expect(after).not.toHaveProperty('failure_detail');
  },
);

describe('add vendor id', () => {
  const change = addVendorId({ attemptId: 'attempt-1', now: NOW, vendorMessageId: 'vendor-1' });
  const proved = claimed({ conversation_status: 'initial_message_sent', delivery_status: 'delivered' });

  test('adds the identifier and touches nothing that the receipt told', () => {
    expect(applied(proved, change)).toEqual({
      ...proved,
      vendor_message_id: 'vendor-1',
      updated_at: timestamp(NOW),
      last_change: 'change-1',
    });
  });

  test.each([
    ['an identifier that is there', { vendor_message_id: 'vendor-0' }],
    ['another attempt', { attempt_id: 'attempt-2' }],
    ['a message that is not sent', { conversation_status: 'sending' }],
  ] as const)('leaves %s alone', (_name, changes) => {
    expect(apply({ ...proved, ...changes }, change)).toBeUndefined();
  });
});

test('a refusal because of an opt-out suppresses the message', () => {
  const after = applied(
    claimed(),
    refuseSend({ attemptId: 'attempt-1', now: NOW, reason: 'recipient_opted_out', detail: '21610' }),
  );
  expect(after).toMatchObject({
    conversation_status: 'suppressed',
    failure_reason: 'recipient_opted_out',
    failure_detail: '21610',
  });
});

test('a lost answer stays in the reconciler\'s sight and has no deadline any more', () => {
  const after = applied(claimed(), markSendUnknown({ attemptId: 'attempt-1', now: NOW, detail: 'no answer' }));
  expect(after).toMatchObject({
    attention: 'stuck#3',
    due_at: timestamp(NOW + TIMES.reconcileAfter),
    failure_reason: 'answer_lost',
    failure_detail: 'no answer',
  });
  expect(after).not.toHaveProperty('send_deadline');
});

test('a deadline is missed only once it has passed', () => {
  expect(apply(claimed({ send_deadline: timestamp(NOW) }), expireSendWindow({ now: NOW }))).toBeUndefined();
  const after = applied(claimed({ send_deadline: timestamp(NOW - 1) }), expireSendWindow({ now: NOW }));
  expect(after).toMatchObject({ failure_reason: 'answer_lost', due_at: timestamp(NOW) });
});

test('an end without a detail leaves no older detail standing', () => {
  expect(applied(composed({ failure_detail: 'old' }), failWhileComposed(failed))).not.toHaveProperty('failure_detail');
  expect(
    applied(composed({ failure_detail: 'old' }), failWhileComposed({ ...failed, detail: 'new' })).failure_detail,
  ).toBe('new');
});

test('a window for the send holds the vendor\'s answer, and a lease holds the window', () => {
  expect(TIMES.vendorTimeout).toBeLessThan(TIMES.sendWindow);
  expect(TIMES.sendWindow).toBeLessThan(TIMES.lease);
});

test('delivery states rise in rank in the vendor\'s own order', () => {
  expect(DELIVERY_STATUSES.map((status) => deliveryRank(status))).toEqual([0, 1, 2, 3, 4]);
});
