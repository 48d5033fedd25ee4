import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { RunningServices } from './running-services';
import { startSample } from './running-services';

const ARN = 'arn:aws:sqs:eu-west-1:111122223333:';

/** Every test has queues of its own: `<name>` whose dead letters go to `<name>-dead` after one receive. */
function queuePair(name: string): object {
  return {
    [name]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: `sample-${name}`, VisibilityTimeout: 60, MessageRetentionPeriod: 1209600,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${name}Dead`, 'Arn'] }, maxReceiveCount: 1 },
      },
    },
    [`${name}Dead`]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `sample-${name}-dead` } },
  };
}

describe('the queues of the embedded cloud', () => {
  let running: RunningServices;
  let client: SQSClient;
  const url = (name: string) => `${running.services.endpoint}/111122223333/${name}`;
  const send = (name: string, ...bodies: string[]) => client.send(new SendMessageBatchCommand({
    QueueUrl: url(name), Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
  }));
  const receive = async (name: string, more: object = {}) =>
    (
      await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url(name),
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          ...more,
        }),
      )
    ).Messages ?? [];

  beforeAll(async () => {
    running = await startSample(
      ['Attributes', 'Poll', 'Lease', 'Move', 'Slow', 'Left', 'Lost'].reduce(
        (all, name) => ({ ...all, ...queuePair(name) }),
        {
          Other: {
            Type: 'AWS::SQS::Queue',
            Properties: { RedrivePolicy: { deadLetterTargetArn: `${ARN}sample-Slow-dead`, maxReceiveCount: 3 } },
          },
        },
      ),
    );
    client = running.administrator.sqs;
  });
  afterAll(() => running.stop());

  it('have the attributes of the template and URLs at the AWS endpoint', async () => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'sample-Attributes' }));
    expect(QueueUrl).toBe(url('sample-Attributes'));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: `${ARN}sample-Attributes`, VisibilityTimeout: '60', MessageRetentionPeriod: '1209600',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${ARN}sample-Attributes-dead`, maxReceiveCount: 1 }),
    });
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'sample-Attributes' }))).QueueUrls).toEqual([
      url('sample-Attributes'),
      url('sample-Attributes-dead'),
    ]);
  });

  it('take a queue by the account and name of its URL, whatever its host', async () => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/sample-Poll',
        MessageBody: "by AWS's host",
      }),
    );
    expect(await receive('sample-Poll')).toMatchObject([{ Body: 'by AWS\'s host' }]);
  });

  it('answer a long poll with a message that arrives in the middle of it', async () => {
    const polled = receive('sample-Poll', { WaitTimeSeconds: 20 });
    await send('sample-Poll', 'one');
    expect(await polled).toMatchObject([{ Body: 'one', Attributes: { ApproximateReceiveCount: '1' } }]);
  });

  it('put back, unreceived, what arrives for a client that left during its long poll', async () => {
    const leaving = new AbortController();
    const left = client.send(new ReceiveMessageCommand({ QueueUrl: url('sample-Left'), WaitTimeSeconds: 20 }), {
      abortSignal: leaving.signal,
    });
    const polls = () =>
      running.services.inFlight().filter(({ resources }) => resources.includes(`${ARN}sample-Left`)).length;
    while (polls() === 0) await new Promise(setImmediate);
    leaving.abort();
    await expect(left).rejects.toThrow('aborted');
    while (polls() > 0) await new Promise(setImmediate);
    await send('sample-Left', 'for another client');
    // The first message ends the poll whose client has left; it must come back at once and as new.
    expect(await receive('sample-Left', { WaitTimeSeconds: 5 })).toMatchObject([
      { Body: 'for another client', Attributes: { ApproximateReceiveCount: '1' } },
    ]);
  });

  it('leave a message in flight whose delivery was lost on the way', async () => {
    await send('sample-Lost', 'lost');
    const remove = running.services.intercept({
      afterCall: ({ operation }) => (operation === 'ReceiveMessage' ? 'drop-response' : 'pass'),
    });
    await expect(receive('sample-Lost', { WaitTimeSeconds: 1 })).rejects.toThrow();
    remove();
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url('sample-Lost'), AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('refuse to prolong a lease that ran out, and a receipt handle that is none', async () => {
    await send('sample-Lease', 'leased');
    const [message] = await receive('sample-Lease', { VisibilityTimeout: 0 });
    const prolong = (ReceiptHandle: string | undefined) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url('sample-Lease'), ReceiptHandle, VisibilityTimeout: 60 }),
      );
    await expect(prolong(message?.ReceiptHandle)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await expect(prolong('bogus')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl: url('sample-Lease'), ReceiptHandle: 'bogus' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('say that a queue does not exist as SQS does', async () => {
    const absent = { name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue' };
    await expect(
      client.send(new SendMessageCommand({ QueueUrl: url('absent'), MessageBody: 'x' })),
    ).rejects.toMatchObject(absent);
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'absent' }))).rejects.toMatchObject(absent);
    await expect(client.send(new CreateQueueCommand({ QueueName: 'absent' }))).rejects.toThrow(
      'Queues come from the stack',
    );
  });

  describe('move dead letters back', () => {
    const bury = async (name: string, ...bodies: string[]) => {
      await send(name, ...bodies);
      await receive(name, { VisibilityTimeout: 0 });
      await receive(name);
    };
    const tasks = async (SourceArn: string) =>
      (await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 10 }))).Results ?? [];
    const untilDone = async (SourceArn: string) => {
      while ((await tasks(SourceArn)).some(({ Status }) => Status === 'RUNNING')) await new Promise(setImmediate);
    };

    it('as new messages, to the queue that they came from', async () => {
      await bury('sample-Move', 'a', 'b');
      const SourceArn = `${ARN}sample-Move-dead`;
      const { queueUrls } = await client.send(
        new ListDeadLetterSourceQueuesCommand({ QueueUrl: url('sample-Move-dead') }),
      );
      expect(queueUrls).toEqual([url('sample-Move')]);
      await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
      await untilDone(SourceArn);
      expect(await tasks(SourceArn)).toMatchObject([
        { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 2 },
      ]);
      const moved = await receive('sample-Move');
      expect(moved.map(({ Body }) => Body).sort()).toEqual(['a', 'b']);
      expect(moved[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
      const left = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url('sample-Move-dead'), AttributeNames: ['All'] }),
      );
      expect(left.Attributes).toMatchObject({
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
      });
    });

    it('no faster than asked, once at a time, and until cancelled', async () => {
      const SourceArn = `${ARN}sample-Slow-dead`;
      await bury('sample-Slow', 'a', 'b', 'c');
      const start = () =>
        client.send(
          new StartMessageMoveTaskCommand({
            SourceArn,
            DestinationArn: `${ARN}sample-Slow`,
            MaxNumberOfMessagesPerSecond: 1,
          }),
        );
      const { TaskHandle } = await start();
      await expect(start()).rejects.toThrow('already a task running');
      expect(await tasks(SourceArn)).toMatchObject([
        { Status: 'RUNNING', TaskHandle, MaxNumberOfMessagesPerSecond: 1, ApproximateNumberOfMessagesMoved: 0 },
      ]);
      expect(await client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({
        ApproximateNumberOfMessagesMoved: 0,
      });
      expect(await tasks(SourceArn)).toMatchObject([{ Status: 'CANCELLED' }]);
      await expect(client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({
        name: 'UnsupportedOperation',
      });
    });

    it('but refuse a queue that takes no dead letters, one of several sources, and unknown ones', async () => {
      const start = (source: string, more: object = {}) =>
        client.send(new StartMessageMoveTaskCommand({ SourceArn: ARN + source, ...more }));
      await expect(start('sample-Move')).rejects.toThrow('must be configured as a Dead Letter Queue');
      await expect(start('sample-Slow-dead')).rejects.toThrow('name a DestinationArn');
      await expect(start('absent')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await expect(start('sample-Move-dead', { MaxNumberOfMessagesPerSecond: 501 })).rejects.toThrow(
        'MaxNumberOfMessagesPerSecond',
      );
      await expect(client.send(new CancelMessageMoveTaskCommand({ TaskHandle: 'bogus' }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    });
  });
});

test('a queue whose dead letters would leave the stack is refused at the start', async () => {
  const lost = {
    Type: 'AWS::SQS::Queue',
    Properties: { RedrivePolicy: { deadLetterTargetArn: `${ARN}elsewhere`, maxReceiveCount: 1 } },
  };
  await expect(startSample({ Lost: lost })).rejects.toThrow(`The queue Lost sends its dead letters to ${ARN}elsewhere`);
});
