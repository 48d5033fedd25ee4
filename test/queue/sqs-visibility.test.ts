import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { SqsVisibility } from '../../src/queue/sqs-visibility';
import type { FauxqsQueues } from '../support/fauxqs-queues';
import { startFauxqsQueues } from '../support/fauxqs-queues';

let fauxqs: FauxqsQueues;
beforeAll(async () => {
  fauxqs = await startFauxqsQueues();
});
afterAll(() => fauxqs.stop());

test('a received message comes back when it is told to', async () => {
  const url = await fauxqs.create('visibility');
  await fauxqs.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'identifier' }));
  const [received] = await fauxqs.receive(url);
  expect(await fauxqs.receive(url)).toEqual([]);
  await new SqsVisibility(fauxqs.client, url).hold(received?.ReceiptHandle ?? '', 0);
  expect((await fauxqs.receive(url)).map(({ Body }) => Body)).toEqual(['identifier']);
});

test('parts of a second are waited out', async () => {
  const send = jest.fn().mockResolvedValue({});
  await new SqsVisibility({ send } as never, 'url').hold('receipt', 30.2);
  expect(send.mock.calls[0][0].input).toEqual({ QueueUrl: 'url', ReceiptHandle: 'receipt', VisibilityTimeout: 31 });
});
