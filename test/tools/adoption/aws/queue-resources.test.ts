import { SQSClient } from '@aws-sdk/client-sqs';
import { queues } from '../../../../tools/adoption/aws/queue-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sample } from '../sample-findings';
import { fails, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
const holding = (waiting: string) => () => ({
  Attributes: {
    ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '2', CreatedTimestamp: '9',
  },
});
const EMPTY = {
  ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0',
  ApproximateNumberOfMessagesDelayed: '0',
};

describe('queues', () => {
  test('are listed over all pages, which SQS gives only to who asks for a page size, with all messages in any state',
    async () => {
      const { client, calls } = stubbed(new SQSClient(REGION), {
        ListQueues: ({ NextToken: token }) => token === undefined
          ? { QueueUrls: [url('ai-multi-comms-sms-queue-prod'), url(NAMES.queue('sms'))], NextToken: 'more' }
          : { QueueUrls: [url(NAMES.handoffQueue)] },
        GetQueueAttributes: holding('4'),
      });
      expect(await queues(client).list(scope)).toEqual([
        { kind: 'queue', name: NAMES.queue('sms'), id: url(NAMES.queue('sms')), revision: '9', messages: 7 },
        expect.objectContaining({ name: NAMES.handoffQueue }),
      ]);
      expect(calls[0]?.input).toEqual({ QueueNamePrefix: 'ai-multi-comms', MaxResults: 1000 });
    });

  test('that go while they are looked at are left out', async () => {
    const { client } = stubbed(
      new SQSClient(REGION),
      {
        ListQueues: () => ({ QueueUrls: [url(NAMES.handoffQueue)] }),
        GetQueueAttributes: fails('QueueDoesNotExist'),
      });
    expect(await queues(client).list(scope)).toEqual([]);
  });

  test('are counted once more before they go: what has come meanwhile keeps them', async () => {
    const { client, operations } = stubbed(new SQSClient(REGION), { GetQueueAttributes: holding('0') });
    await expect(queues(client).remove(sample('queue'), { discardMessages: false })).rejects.toThrow(
      /3 messages arrived since the plan was made/);
    expect(operations()).toEqual(['GetQueueAttributes']);
  });

  test.each([
    ['empty', { Attributes: EMPTY }, false],
    ['full, where that is given up', holding('5')(), true],
  ])('go when they are %s', async (_what, answer, discardMessages) => {
    const { client, operations } = stubbed(
      new SQSClient(REGION), { GetQueueAttributes: () => answer, DeleteQueue: () => ({}) });
    await queues(client).remove(sample('queue'), { discardMessages });
    expect(operations()).toEqual(['GetQueueAttributes', 'DeleteQueue']);
  });

  test('that are gone already are not faults', async () => {
    const { client } = stubbed(new SQSClient(REGION), { GetQueueAttributes: fails('QueueDoesNotExist') });
    await expect(queues(client).remove(sample('queue'), { discardMessages: false })).resolves.toBeUndefined();
  });
});
