import { SqsChannelQueue } from '../../src/queue/sqs-channel-queue';
import type { FauxqsQueues } from '../support/fauxqs-queues';
import { startFauxqsQueues } from '../support/fauxqs-queues';

const CONVERSATION_ID = 'brightpath#cv-review#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900002';

let fauxqs: FauxqsQueues;
beforeAll(async () => {
  fauxqs = await startFauxqsQueues();
});
afterAll(() => fauxqs.stop());

async function queues(prefix: string) {
  const [whatsapp, sms, email] = await Promise.all(
    ['whatsapp', 'sms', 'email'].map((channel) => fauxqs.create(`${prefix}-${channel}`)),
  );
  if (!whatsapp || !sms || !email) throw new Error('no queues');
  const urls = { whatsapp, sms, email };
  return { urls, queue: new SqsChannelQueue(fauxqs.client, urls) };
}

test('a message goes to its channel\'s queue and is the conversation\'s identifier', async () => {
  const { urls, queue } = await queues('plain');
  await queue.enqueue({ channel: 'sms', conversationId: CONVERSATION_ID, company: 'brightpath' });
  expect((await fauxqs.receive(urls.sms)).map(({ Body, MessageAttributes }) => [Body, MessageAttributes])).toEqual([
    [CONVERSATION_ID, undefined],
  ]);
  expect(await fauxqs.receive(urls.whatsapp)).toEqual([]);
  expect(await fauxqs.receive(urls.email)).toEqual([]);
});

test('a delayed message is not visible yet', async () => {
  const { urls, queue } = await queues('delayed');
  await queue.enqueue({ channel: 'email', conversationId: CONVERSATION_ID, company: 'brightpath', delaySeconds: 30 });
  expect(await fauxqs.receive(urls.email)).toEqual([]);
});

describe('what is asked of SQS', () => {
  const asked = async (message: { readonly company?: string; readonly delaySeconds?: number }) => {
    const send = jest.fn().mockResolvedValue({});
    const queue = new SqsChannelQueue({ send } as never, { whatsapp: 'w', sms: 's', email: 'e' });
    await queue.enqueue({ channel: 'whatsapp', conversationId: CONVERSATION_ID, company: 'brightpath', ...message });
    return send.mock.calls[0][0].input as unknown;
  };

  test('names the company as the group that the queue is fair to', async () => {
    expect(await asked({})).toEqual({ QueueUrl: 'w', MessageBody: CONVERSATION_ID, MessageGroupId: 'brightpath' });
    expect(await asked({ company: 'two words' })).toMatchObject({
      MessageGroupId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each([
    [0, 0],
    [1.2, 2],
    [-5, 0],
    [900, 900],
    [86_400, 900],
  ])('of %d seconds delays %d', async (seconds, delay) => {
    expect(await asked({ delaySeconds: seconds })).toMatchObject({ DelaySeconds: delay });
  });
});

test('a queue that is not there is an error', async () => {
  const queue = new SqsChannelQueue(fauxqs.client, {
    whatsapp: 'w',
    sms: `${(await queues('gone')).urls.sms}-not`,
    email: 'e',
  });
  await expect(
    queue.enqueue({ channel: 'sms', conversationId: CONVERSATION_ID, company: 'brightpath' }),
  ).rejects.toThrow(/does not exist/);
});
