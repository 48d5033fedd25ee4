import type { WatchEvent } from '../../../src/operations/conversations/watch-conversation';
import { watchConversation } from '../../../src/operations/conversations/watch-conversation';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { FakeClock } from '../../support/fake-clock';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const at = (second: number) => new Date(NOW + second * 1000).toISOString();
const state = (changes: Partial<Conversation>) => sampleConversation({ now: NOW, changes });
const initiated = state({});
const sent = state({
  conversation_status: 'initial_message_sent',
  history: [...initiated.history, { at: at(2), status: 'initial_message_sent' }],
});

/** Watches a record that is another one at each look; the last stays. */
async function watch(records: ReadonlyArray<Conversation | undefined>, until: 'rest' | 'delivered' = 'rest') {
  const clock = new FakeClock(NOW);
  const reported: string[] = [];
  let look = 0;
  const find = () => Promise.resolve(records[Math.min(look++, records.length - 1)]);
  const report = (event: WatchEvent) => {
    reported.push(
      event.event === 'step'
        ? `${event.entry.at} ${event.entry.status} after ${event.before?.at}`
        : `${event.at} ${event.delivery}`,
    );
  };
  const result = await watchConversation(find, { until, timeoutMilliseconds: 10_000, clock, report });
  const status = result.outcome === 'gone' ? undefined : result.conversation.conversation_status;
  return { outcome: result.outcome, status, reported, looks: look };
}

test('each step is reported once, until the message has ended', async () => {
  const { outcome, status, reported, looks } = await watch([initiated, initiated, sent]);
  expect({ outcome, status }).toEqual({ outcome: 'ended', status: 'initial_message_sent' });
  expect(looks).toBe(3);
  expect(reported).toEqual([`${at(0)} initiated after undefined`, `${at(2)} initial_message_sent after ${at(0)}`]);
});

test('until it is delivered, a message that is sent is watched on', async () => {
  const arrived = (delivery_status: 'sent' | 'delivered') => ({ ...sent, delivery_status, updated_at: at(3) });
  const watched = await watch([sent, arrived('sent'), arrived('delivered')], 'delivered');
  expect(watched.looks).toBe(3);
  expect(watched.reported.slice(-2)).toEqual([`${at(3)} sent`, `${at(3)} delivered`]);
});

test('a message that has failed is not waited for', async () => {
  expect((await watch([state({ conversation_status: 'failed_unknown' })], 'delivered')).looks).toBe(1);
});

test('a message that waits for a person ends the watch', async () => {
  expect(await watch([state({ conversation_status: 'awaiting_review' })])).toMatchObject({
    outcome: 'ended',
    status: 'awaiting_review',
  });
});

test('after its time the watch ends with the message as it is', async () => {
  expect(await watch([state({ conversation_status: 'send_unknown' })])).toMatchObject({
    outcome: 'timed_out',
    status: 'send_unknown',
  });
});

test('a record that is gone ends the watch', async () => {
  expect((await watch([initiated, undefined])).outcome).toBe('gone');
});
