import { findConversation } from '../../../src/operations/conversations/find-conversation';
import { operatorsWorld } from '../../support/operators-world';

/** A stage whose records were written by the engine before this one: nothing leads from a request to them. */
function oldStage() {
  const world = operatorsWorld();
  const requestId = world.add({ primary_channel: '+447700900123', conversation_status: 'initial_message_sent' });
  const id = `acme#hiring#${requestId}#447700900002`;
  return { ...world, id, requestId, requests: { beginning: () => Promise.resolve([]) } };
}

test('a record that no idempotency record leads to is not found by its identifier alone', async () => {
  const stage = oldStage();
  expect(await findConversation(stage, stage.id)).toEqual({ outcome: 'not_found' });
});

test.each(['+447700900123', '+44 7700 900123', 'whatsapp:+447700900123'])(
  'it is found under its recipient %s',
  async (recipient) => {
    const stage = oldStage();
    expect(await findConversation(stage, stage.id, { recipient })).toMatchObject({
      outcome: 'found',
      conversation: { conversation_id: stage.id },
    });
  },
);

test('another recipient does not lead to it', async () => {
  const stage = oldStage();
  expect(await findConversation(stage, stage.id, { recipient: '+447700900124' })).toEqual({ outcome: 'not_found' });
});

test('it is found by reading the whole table, which is reported and done only if asked for', async () => {
  const stage = oldStage();
  const read: number[] = [];
  const throughTable = { index: stage.index, report: (count: number) => { read.push(count); } };
  for (const text of [stage.id, stage.requestId]) {
    expect(await findConversation(stage, text, { throughTable })).toMatchObject({ outcome: 'found' });
  }
  expect(read).toEqual([1, 1]);
  expect(await findConversation(stage, 'acme#hiring#nothing#x', { throughTable })).toEqual({ outcome: 'not_found' });
});
