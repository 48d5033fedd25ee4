import type { SendMessageCommand } from '@aws-sdk/client-sqs';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readDeliveryCall, SqsDeliveryQueue } from '../../src/queue/sqs-delivery-queue';
import type { FauxqsQueues } from '../support/fauxqs-queues';
import { startFauxqsQueues } from '../support/fauxqs-queues';

const CALL = { company: 'brightpath', endpoint: 'ep-1' };

let fauxqs: FauxqsQueues;
beforeAll(async () => { fauxqs = await startFauxqsQueues(); });
afterAll(() => fauxqs.stop());

/** What is asked of SQS for a call. */
async function sent(call: Parameters<SqsDeliveryQueue['call']>[0], url: string | (() => Promise<string>) = 'url') {
  const inputs: Array<SendMessageCommand['input']> = [];
  const client = new SQSClient({ region: 'eu-west-1' });
  jest.spyOn(client, 'send').mockImplementation(({ input }: { readonly input: object }) => {
    inputs.push({ QueueUrl: undefined, MessageBody: undefined, ...input });
  });
  await new SqsDeliveryQueue(client, url).call(call);
  client.destroy();
  return inputs;
}

test.each([
  ['for what is due', CALL],
  ['to send one event again', { ...CALL, replay: 'event-1' }],
  ['to send a test event', { ...CALL, test: 'event-2' }],
])('a call %s comes out of the queue as it went in', async (_words, call) => {
  const url = await fauxqs.create(`deliveries-${Object.keys(call).length}-${'test' in call}`);
  await new SqsDeliveryQueue(fauxqs.client, url).call(call);
  const [message, ...others] = await fauxqs.receive(url);
  expect(others).toEqual([]);
  expect(readDeliveryCall(message?.Body ?? '')).toEqual(call);
});

test('the endpoint is the group that the queue is fair to', async () => {
  expect(await sent(CALL)).toEqual([{
    QueueUrl: 'url', MessageBody: '{"company_id":"brightpath","endpoint_id":"ep-1"}', MessageGroupId: 'ep-1',
  }]);
});

test('a call for later waits in the queue', async () => {
  expect(await sent({ ...CALL, delaySeconds: 0 })).toMatchObject([{ DelaySeconds: 0 }]);
  expect(await sent({ ...CALL, delaySeconds: 90 })).toMatchObject([{ DelaySeconds: 90 }]);
});

test('the queue\'s address may be known only when it is called', async () => {
  expect(await sent(CALL, async () => Promise.resolve('found later'))).toMatchObject([{ QueueUrl: 'found later' }]);
});

test.each([
  ['is no JSON', 'hello'],
  ['is empty', ''],
  ['is a list', '[]'],
  ['names no endpoint', '{"company_id":"brightpath"}'],
  ['names an empty company', '{"company_id":"","endpoint_id":"ep-1"}'],
  ['replays a number', '{"company_id":"brightpath","endpoint_id":"ep-1","replay":7}'],
])('a body that %s is no call', (_words, body) => {
  expect(readDeliveryCall(body)).toBeUndefined();
});
