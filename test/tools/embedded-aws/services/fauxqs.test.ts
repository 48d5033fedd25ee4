import { callFauxqs, loadFauxqs } from '../../../../tools/embedded-aws/services/fauxqs';

describe('the engine of fauxqs', () => {
  it('is loaded with its operations and without a server', async () => {
    const fauxqs = await loadFauxqs();
    const queue = fauxqs.queues.createQueue(
      'orders',
      'http://127.0.0.1:1/111122223333/orders',
      'arn:aws:sqs:eu-west-1:111122223333:orders',
      {},
    );
    const answer = await callFauxqs(
      fauxqs.sqs,
      { 'x-amz-target': 'AmazonSQS.SendMessage' },
      { QueueUrl: queue.url, MessageBody: 'hello' },
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' });
    expect(
      fauxqs.queues
        .getQueueByArn('arn:aws:sqs:eu-west-1:111122223333:orders')
        ?.getAttribute('ApproximateNumberOfMessages'),
    ).toBe('1');
  });

  it('is separate each time', async () => {
    const [one, other] = await Promise.all([loadFauxqs(), loadFauxqs()]);
    one.queues.createQueue(
      'orders',
      'http://127.0.0.1:1/111122223333/orders',
      'arn:aws:sqs:eu-west-1:111122223333:orders',
      {},
    );
    expect(other.queues.listQueues()).toHaveLength(0);
  });
});
