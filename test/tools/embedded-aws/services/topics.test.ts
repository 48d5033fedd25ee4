import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { AccessKey } from '../../../../tools/embedded-aws/services/access-keys';
import { PLACE } from '../template/written-assembly';
import type { RunningServices } from './running-services';
import { functionWith, startSample } from './running-services';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:sample-alerts';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:sample-inbox';

const inbox = (statements: readonly object[]) => ({
  Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sample-inbox' } },
  InboxPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Inbox' }], PolicyDocument: { Statement: statements } },
  },
});
const ALLOW_TOPIC = {
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  Principal: { Service: 'sns.amazonaws.com' },
  Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } },
};
const alerts = {
  Alerts: {
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: 'sample-alerts', Subscription: [{ Protocol: 'email', Endpoint: 'one@example.com' }] },
  },
};
const subscribed = (Protocol: string, Endpoint: unknown, more: object = {}) =>
  ({ Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Alerts' }, Protocol, Endpoint, ...more } });

/** SNS is called as its SDK client calls: a signed form. */
async function call({ services }: RunningServices, { accessKeyId }: AccessKey, fields: Record<string, string>) {
  const response = await fetch(services.endpoint, {
    method: 'POST',
    headers: {
      'authorization': `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/${PLACE.region}/sns/aws4_request, `
        + 'SignedHeaders=host, Signature=0',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Version: '2010-03-31', ...fields }),
  });
  return { status: response.status, text: await response.text() };
}

describe('the topics of the embedded cloud', () => {
  let running: RunningServices;

  beforeAll(async () => {
    running = await startSample({
      ...alerts,
      ...inbox([ALLOW_TOPIC]),
      Mail: subscribed('email', 'two@example.com'),
      Feed: subscribed(
        'sqs',
        { 'Fn::GetAtt': ['Inbox', 'Arn'] },
        { RawMessageDelivery: true, FilterPolicy: { kind: ['urgent'] }, FilterPolicyScope: 'MessageAttributes' },
      ),
      ...functionWith('Publisher', [{ Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Alerts' } }]),
      ...functionWith('Other', []),
    });
  });
  afterAll(() => running.stop());

  it('list the subscriptions of the template and send nothing to e-mail addresses', async () => {
    const { text } = await call(running, running.services.administratorCredentials, {
      Action: 'ListSubscriptionsByTopic',
      TopicArn: TOPIC,
    });
    expect([...text.matchAll(/<Endpoint>(.+?)<\/Endpoint>/g)].map(([, endpoint]) => endpoint)).toEqual([
      'one@example.com',
      'two@example.com',
      QUEUE,
    ]);
  });

  it('deliver to subscribed queues what their filter lets through', async () => {
    const publish = (Message: string, kind: string) => call(running, running.services.credentialsOf('Publisher'), {
      'Action': 'Publish', 'TopicArn': TOPIC, Message, 'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String', 'MessageAttributes.entry.1.Value.StringValue': kind,
    });
    expect(await publish('calm', 'routine')).toMatchObject({ status: 200 });
    expect(await publish('alarm', 'urgent')).toMatchObject({
      status: 200,
      text: expect.stringContaining('<MessageId>'),
    });
    const { Messages } = await running.administrator.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: running.template.byLogicalId('Inbox').reference, MaxNumberOfMessages: 10 }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual(['alarm']);
  });

  it('refuse as SNS does', async () => {
    const refused = await call(running, running.services.credentialsOf('Other'), {
      Action: 'Publish',
      TopicArn: TOPIC,
      Message: 'x',
    });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain(
      '<Code>AuthorizationError</Code><Message>User: '
      + 'arn:aws:sts::111122223333:assumed-role/other-role/sample-other-dev ' +
        `is not authorized to perform: SNS:Publish on resource: ${TOPIC} because no identity-based policy allows `
        + 'the SNS:Publish action</Message>',
    );
    const unknown = await call(
      running,
      { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: '' },
      { Action: 'Publish', TopicArn: TOPIC, Message: 'x' },
    );
    expect(unknown).toMatchObject({ status: 403, text: expect.stringContaining('InvalidClientTokenId') });
    const odd = await call(running, running.services.administratorCredentials, { Action: 'Dance<&>' });
    expect(odd).toMatchObject({ status: 400, text: expect.stringContaining('Dance&lt;&amp;&gt;') });
  });
});

describe('a stack is refused', () => {
  it('whose queue does not let its topic send, where AWS would lose the messages without a word', async () => {
    const stack = {
      ...alerts,
      ...inbox([
        { ...ALLOW_TOPIC, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:other' } } },
      ]),
    };
    await expect(startSample({ ...stack, Feed: subscribed('sqs', QUEUE) })).rejects.toThrow(
      `Feed could never deliver: the policy of the queue Inbox does not let ${TOPIC} send.`,
    );
  });

  it('whose subscription leads out of the stack or to what cannot be reached here', async () => {
    await expect(
      startSample({ ...alerts, Feed: subscribed('sqs', 'arn:aws:sqs:eu-west-1:111122223333:elsewhere') }),
    ).rejects.toThrow('which is not in the stack');
    await expect(startSample({ ...alerts, Hook: subscribed('https', 'https://example.com') })).rejects.toThrow(
      'Hook subscribes by https, which the embedded cloud cannot deliver to',
    );
    await expect(
      startSample({
        ...alerts,
        Mail: subscribed('email', 'a@example.com', { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:other' }),
      }),
    ).rejects.toThrow('is of the topic arn:aws:sns:eu-west-1:111122223333:other');
  });
});
