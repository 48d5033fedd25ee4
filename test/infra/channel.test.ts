import { CHANNELS } from '../../src/core/channel';
import { TIMES } from '../../src/core/lifecycle/limits';
import { resourceNames } from '../../src/core/names';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';
import { SAMPLE_STAGES } from './sample-stages';
import { functionBehind, resourceNamed, resourcesOf, templateOf } from './template';
import type { Resource } from './template';

const DAY = 24 * 60 * 60;
const names = resourceNames('dev');
const template = templateOf('dev');
const queueNamed = (name: string) => resourceNamed(template, 'AWS::SQS::Queue', 'QueueName', name);
const referredBy = (getAtt: { readonly 'Fn::GetAtt': readonly [string, string] }): Resource | undefined =>
  template.Resources[getAtt['Fn::GetAtt'][0]];

describe.each(CHANNELS)('the channel %s', (channel) => {
  const queue = queueNamed(names.queue(channel)).Properties;
  const mapping =
    Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).find(
      ({ Properties }) => referredBy(Properties.EventSourceArn)?.Properties.QueueName === names.queue(channel),
    )?.Properties ?? {};

  test('hides a message for six times as long as its processor may run', () => {
    const processor = resourceNamed(
      template,
      'AWS::Lambda::Function',
      'FunctionName',
      names.processor(channel),
    ).Properties;
    expect(processor.Timeout * 1000).toBe(TIMES.lease);
    expect(queue.VisibilityTimeout).toBe(6 * processor.Timeout);
  });

  test('moves a message to its dead letters after the receives that the processor counts on', () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(QUEUE_RECEIVES);
    expect(referredBy(queue.RedrivePolicy.deadLetterTargetArn)?.Properties.QueueName).toBe(
      names.deadLetterQueue(channel),
    );
  });

  test('keeps dead letters for fourteen days, and for ten after the last receive', () => {
    expect(queueNamed(names.deadLetterQueue(channel)).Properties.MessageRetentionPeriod).toBe(14 * DAY);
    expect(queue.MessageRetentionPeriod).toBeLessThanOrEqual(4 * DAY);
  });

  test('is a standard queue', () => {
    expect(queue.FifoQueue).toBeUndefined();
  });

  test('feeds its own processor by tens, with partial failures and a bound on workers', () => {
    expect(functionBehind(template, mapping.FunctionName)).toBe(names.processor(channel));
    expect(mapping).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: SAMPLE_STAGES[0]?.processorConcurrency },
    });
  });
});

test('what waits for people is kept for fourteen days', () => {
  expect(queueNamed(names.handoffQueue).Properties.MessageRetentionPeriod).toBe(14 * DAY);
});

describe.each(SAMPLE_STAGES.map(({ name, guarded }) => [name, guarded] as const))(
  'every queue of %s',
  (stage, guarded) => {
    const stack = templateOf(stage);
    const queues = Object.entries(resourcesOf(stack, 'AWS::SQS::Queue'));

    test('is encrypted at rest', () => {
      expect(queues.filter(([, { Properties }]) => Properties.SqsManagedSseEnabled !== true)).toEqual([]);
    });

    test('refuses every call without TLS, by whomever', () => {
      const refusing = Object.values(resourcesOf(stack, 'AWS::SQS::QueuePolicy')).flatMap(({ Properties }) => {
        const [statement, ...more] = Properties.PolicyDocument.Statement;
        expect(more).toEqual([]);
        expect(statement).toMatchObject({
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        });
        expect(statement.Resource['Fn::GetAtt'][0]).toBe(Properties.Queues[0].Ref);
        return Properties.Queues.map(({ Ref }: { readonly Ref: string }) => Ref);
      });
      expect(refusing.sort()).toEqual(queues.map(([logicalId]) => logicalId).sort());
    });

    test(guarded ? 'outlives the stack' : 'goes with the stack', () => {
      expect(queues.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(
        queues.map(() => (guarded ? 'Retain' : 'Delete')),
      );
    });
  },
);
