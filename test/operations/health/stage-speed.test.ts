import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { speedOf, spentOn } from '../../../src/operations/health/stage-speed';
import { timestamp } from '../../../src/core/ports/clock';
import { NOW } from '../../support/operators-world';
import { sampleConversation } from '../../support/sample-message';

const at = (seconds: number) => timestamp(NOW + seconds * 1000);

/** Taken up after a second, composed two later, sent after `sent` and delivered a second after that. */
function went(sent: number, changes: Partial<Conversation> = {}): Conversation {
  return sampleConversation({
    now: NOW,
    requestId: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90',
    changes: {
      conversation_status: 'initial_message_sent',
      sent_at: at(sent),
      history: [
        { at: at(0), status: 'initiated' },
        { at: at(1), status: 'processing' },
        { at: at(3), status: 'composed' },
        { at: at(sent), status: 'initial_message_sent' },
        { at: at(sent + 1), status: 'initial_message_sent', delivery: 'delivered' },
      ],
      ...changes,
    },
  });
}

test('each part of the way is measured by channel: half of the messages, and 95 of a hundred', () => {
  const records = [...Array.from({ length: 19 }, () => went(4)), went(60)];
  expect(speedOf(records)).toEqual([
    { channel: 'sms', step: 'queue', count: 20, median: 1, most: 1 },
    { channel: 'sms', step: 'composition', count: 20, median: 2, most: 2 },
    { channel: 'sms', step: 'sending', count: 20, median: 1, most: 1 },
    { channel: 'sms', step: 'delivery', count: 20, median: 1, most: 1 },
  ]);
  expect(speedOf([went(4), went(60)]).find(({ step }) => step === 'sending')).toMatchObject({ median: 1, most: 57 });
});

test('what waited for a person or for its moment says nothing of the speed, nor does what has not come so far', () => {
  expect(speedOf([went(4, { send_at: at(3_600) })])).toEqual([]);
  const held = went(500);
  const looked = { ...held, history: [...held.history, { at: at(4), status: 'awaiting_review' as const }] };
  expect(speedOf([looked]).map(({ step }) => step)).toEqual(['queue', 'delivery']);
  const begun = went(4, { sent_at: undefined, history: [{ at: at(1), status: 'processing' }] });
  expect(speedOf([begun]).map(({ step }) => step)).toEqual(['queue']);
  // Clocks of two machines may differ.
  expect(speedOf([went(4, { history: [{ at: at(-1), status: 'processing' }] })])).toEqual([]);
});

test('what ended messages have cost is summed by currency, without those that have no price or go on', () => {
  const prices = { currency: 'GBP', message: 40_000, tokens_in: 0, tokens_out: 0 } as never;
  const total = spentOn([
    went(4, { usage_prices: prices }), went(4), went(4, { usage_prices: prices, conversation_status: 'composed' }),
  ]);
  expect(total).toEqual([{ currency: 'GBP', amount: expect.any(Number) }]);
});
