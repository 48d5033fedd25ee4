import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { entriesOf } from '../../src/events/entries';
import { readWatchedRecord } from '../../src/events/read-watched-record';
import { ConversationWorld } from '../support/conversation-world';

/** The events of what a turn left, read as the publisher reads it. */
async function eventsOf(world: ConversationWorld, asked: Conversation) {
  const thread = threadIdOf(asked);
  const stored = {
    item: async () => ({ ...await world.thread(asked) }),
    conversation: async () => world.record(asked),
    newestOfProjects: async () => Promise.resolve([]),
  };
  const ofThread = await readWatchedRecord({ primary_channel: `thread#${thread}`, conversation_id: 'thread' }, stored);
  const ofMessage = await readWatchedRecord(asked, stored);
  const drafts = [ofMessage, ofThread].flatMap((record) => (record ? entriesOf(record) : []));
  return drafts.flatMap((entry) => entry.drafts);
}

test('answers that a turn found are an event of their conversation', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  const quote = 'parental leave';
  const start = { value: '2027-03-12', quote: '12 March 2027' };
  world.answers({ answers: { '1.gap_reason': { value: quote, quote }, '1.start_date': start } });
  await world.write('parental leave; 12 March 2027');
  await world.turn(asked);
  expect(await eventsOf(world, asked)).toContainEqual(expect.objectContaining({
    type: 'conversation.answered',
    project_id: asked.project_id,
    words: { kind: 'answers', conversation: asked.conversation_id },
  }));
});

test('a thread that a turn hands over is an event of its conversation', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  world.answers({ asks: 'person' });
  await world.write('Can I talk to somebody?');
  await world.turn(asked);
  const events = await eventsOf(world, asked);
  const { company_id } = asked;
  expect(events).toContainEqual(expect.objectContaining({ type: 'conversation.handed_off', company_id }));
});
