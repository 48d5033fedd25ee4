import { watchConversation } from '../../../src/cli/conversations/watch';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { FakeClock } from '../../support/fake-clock';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const at = (second: number) => new Date(NOW + second * 1000).toISOString();
const state = (changes: Partial<Conversation>) => sampleConversation({ now: NOW, changes });
const initiated = state({});
const sent = state({ conversation_status: 'initial_message_sent', history: [...initiated.history, { at: at(2), status: 'initial_message_sent' }] });

/** Watches a record that is another one at each look; the last stays. */
async function watch(records: ReadonlyArray<Conversation | undefined>, until: 'rest' | 'delivered' = 'rest') {
  const clock = new FakeClock(NOW);
  const told: string[] = [];
  let look = 0;
  const find = () => Promise.resolve(records[Math.min(look++, records.length - 1)]);
  const ended = watchConversation(find, { conversationId: 'c', until, timeoutMilliseconds: 10_000, clock, tell: (line) => { told.push(line); } });
  return { ended: await ended.then(({ conversation_status: status }) => status, (error: Error) => error.message), told, looks: look };
}

test('each step is told once, until the message rests', async () => {
  const { ended, told, looks } = await watch([initiated, initiated, sent]);
  expect(ended).toBe('initial_message_sent');
  expect(looks).toBe(3);
  expect(told).toEqual([`  ${at(0)}  initiated`, `  ${at(2)}  initial_message_sent  +2.0 s`]);
});

test('until it is delivered, a message that is sent is watched on', async () => {
  const told = (delivery_status: 'sent' | 'delivered') => ({ ...sent, delivery_status, updated_at: at(3) });
  const watched = await watch([sent, told('sent'), told('delivered')], 'delivered');
  expect(watched.looks).toBe(3);
  expect(watched.told.slice(-2)).toEqual([`  ${at(3)}  delivery: sent`, `  ${at(3)}  delivery: delivered`]);
});

test('a message that has failed is not waited for', async () => {
  expect((await watch([state({ conversation_status: 'failed_unknown' })], 'delivered')).looks).toBe(1);
});

test('a message that waits for a person ends the watch', async () => {
  expect((await watch([state({ conversation_status: 'awaiting_review' })])).ended).toBe('awaiting_review');
});

test('after its time the watch says how the message stands', async () => {
  const { ended } = await watch([state({ conversation_status: 'send_unknown' })]);
  expect(ended).toMatch(/^Watching c stopped after 10\.0 s: it is still send_unknown; .*--timeout\.$/);
});

test('a record that is gone ends the watch', async () => {
  expect((await watch([initiated, undefined])).ended).toMatch(/its record is gone/);
});
