import { ReservationReleasingStore } from '../../../src/core/usage/reservation-releasing-store';
import { failWhileComposed } from '../../../src/core/lifecycle/message-transitions';
import { claimSend, markSendUnknown } from '../../../src/core/lifecycle/send-transitions';
import { raiseDelivery } from '../../../src/core/lifecycle/receipt-transitions';
import type { Conversation, CompositionSnapshot } from '../../../src/core/lifecycle/conversation';
import { FakeObserver } from '../../support/fake-observer';
import { MemoryConversations } from '../../support/memory-conversations';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const ENTRY = 'a.b.c';
const COMPOSITION: CompositionSnapshot = {
  filled: { channel: 'sms', text: 'Hello Ada', segments: 2 },
  values: {},
  template_name: 'cv_question',
  template_version: 3,
  instructions_version: '0',
  facts_hash: '0',
  verdicts: {},
  usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
};
const COUNTED: Partial<Conversation> = {
  usage_entry: ENTRY,
  usage_prices: { currency: 'GBP', tokens_in_per_1000: 0.01, tokens_out_per_1000: 0.04, send: 0.05 },
  composition: COMPOSITION,
  conversation_status: 'composed',
};
const SENDING: Partial<Conversation> = {
  ...COUNTED,
  conversation_status: 'sending',
  attempt_id: 'one',
  attempt_ids: ['one'],
  attempt_count: 1,
};

function arranged(changes: Partial<Conversation>, releaseReservation = jest.fn().mockResolvedValue(true)) {
  const records = new MemoryConversations();
  const observer = new FakeObserver();
  const conversation = records.seed(sampleConversation({ now: NOW, changes }));
  return {
    records: new ReservationReleasingStore(records, { releaseReservation }, observer),
    conversation,
    releaseReservation,
    observer,
  };
}

const ended = failWhileComposed({ status: 'expired', reason: 'expired', now: NOW });

test('what comes to rest is settled with what it cost', async () => {
  const { records, conversation, releaseReservation, observer } = arranged(COUNTED);
  await records.change(conversation, ended);
  expect(observer.counted('Spent')).toBe(0.03);
  // 1,000 tokens in, 500 out, nothing sent: 0.01 + 0.02.
  expect(releaseReservation.mock.calls).toEqual([
    [{ company: 'brightpath', project: 'cv-review', requestId: conversation.request_id, entry: ENTRY, cost: 30_000 }],
  ]);
});

test('a send whose answer was lost costs as all that the message may make, and is settled', async () => {
  const { records, conversation, releaseReservation } = arranged(SENDING);
  await records.change(conversation, markSendUnknown({ attemptId: 'one', now: NOW, detail: '' }));
  expect(releaseReservation.mock.calls[0][0].cost).toBe(330_000);
});

test('one that may be sent again is settled later', async () => {
  const { records, conversation, releaseReservation } = arranged({
    ...SENDING,
    composition: { ...COMPOSITION, resend_on_unknown: true },
  });
  await records.change(conversation, markSendUnknown({ attemptId: 'one', now: NOW, detail: '' }));
  expect(releaseReservation).not.toHaveBeenCalled();
});

test('whoever finds a record at rest settles it again, since a crash may have come between; what was settled is '
  + 'spent once', async () => {
  const { records, conversation, releaseReservation, observer } = arranged(
    { ...COUNTED, conversation_status: 'expired' },
    jest.fn().mockResolvedValue(false),
  );
  expect((await records.change(conversation, ended)).applied).toBe(false);
  expect(observer.counted('Spent')).toBe(0);
  expect(releaseReservation).toHaveBeenCalledTimes(1);
});

test.each<[string, Partial<Conversation>]>([
  ['is on its way', COUNTED],
  ['was never counted', { ...COUNTED, usage_entry: undefined as never }],
])('what %s is not settled', async (_what, changes) => {
  const { records, conversation, releaseReservation } = arranged(changes);
  await records.change(conversation, claimSend({ attemptId: 'one', now: NOW }));
  if (!('usage_entry' in conversation)) await records.change(conversation, ended);
  expect(releaseReservation).not.toHaveBeenCalled();
});

test('a receipt for what has come to rest costs no write', async () => {
  const { records, conversation, releaseReservation } = arranged({
    ...SENDING,
    conversation_status: 'initial_message_sent',
    delivery_status: 'sent',
  });
  const receipt = { attemptId: 'one', vendorMessageId: 'v', status: 'delivered' } as const;
  expect((await records.change(conversation, raiseDelivery({ receipt, now: NOW }))).applied).toBe(true);
  expect(releaseReservation).not.toHaveBeenCalled();
});

test('a settlement that fails is logged, and the change stands', async () => {
  const { records, conversation, observer } = arranged(
    COUNTED,
    jest.fn().mockRejectedValue(new Error('The database is out of reach.')),
  );
  expect((await records.change(conversation, ended)).applied).toBe(true);
  expect(observer.lines).toMatchObject([
    { level: 'error', message: 'a terminal conversation is still counted as open' },
  ]);
});

test('records are made and found as ever', async () => {
  const { records, conversation } = arranged({});
  expect((await records.create(conversation)).applied).toBe(false);
  expect(await records.find(conversation)).toEqual(conversation);
});
