import { SqsHandoffQueue } from '../../src/queue/sqs-handoff-queue';
import type { FauxqsQueues } from '../support/fauxqs-queues';
import { startFauxqsQueues } from '../support/fauxqs-queues';

let fauxqs: FauxqsQueues;
beforeAll(async () => {
  fauxqs = await startFauxqsQueues();
});
afterAll(() => fauxqs.stop());

test('a person\'s queue gets identifiers and a word of why', async () => {
  const url = await fauxqs.create('handoff');
  const item = {
    conversationId: 'brightpath#cv-review#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900002',
    company: 'brightpath',
    reason: 'proof_failed',
  };
  await new SqsHandoffQueue(fauxqs.client, url).handOff(item);
  const [message, ...others] = await fauxqs.receive(url);
  expect(JSON.parse(message?.Body ?? '')).toEqual({
    conversation_id: item.conversationId,
    company_id: 'brightpath',
    reason: 'proof_failed',
  });
  expect(others).toEqual([]);
});

test('the company is the group that the queue is fair to', async () => {
  const send = jest.fn().mockResolvedValue({});
  await new SqsHandoffQueue({ send } as never, 'url').handOff({
    conversationId: 'id',
    company: 'brightpath',
    reason: 'proof_failed',
  });
  expect(send.mock.calls[0][0].input).toMatchObject({ QueueUrl: 'url', MessageGroupId: 'brightpath' });
});
