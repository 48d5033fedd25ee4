import { eventSourceDefinitions } from '../../../../tools/embedded-aws/functions/event-source-definition';
import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import { ACCOUNT, functionArn, functionResource, handmadeStack, REGION, resource } from './handmade-stack';

const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:work`;

function read(mapping: Record<string, unknown>, { visibility = 30 as number | undefined } = {}) {
  const template = handmadeStack([
    functionResource('Worker', { Timeout: 30 }),
    resource('AWS::SQS::Queue', 'Queue', visibility === undefined ? {} : { VisibilityTimeout: visibility }, {
      reference: 'http://queues/work',
      arn: QUEUE_ARN,
    }),
    resource('AWS::Lambda::EventSourceMapping', 'Source', {
      EventSourceArn: QUEUE_ARN,
      FunctionName: 'worker',
      ...mapping,
    }),
  ]);
  const [definition] = functionDefinitions(template);
  if (!definition) throw new Error('no function');
  return eventSourceDefinitions(template, () => definition)[0];
}

describe('an event source as its template defines it', () => {
  test('has Lambda\'s defaults', () => {
    expect(read({}, { visibility: undefined })).toEqual({
      logicalId: 'Source',
      functionArn: functionArn('worker'),
      queueArn: QUEUE_ARN,
      queueUrl: 'http://queues/work',
      isEnabled: true,
      batchSize: 10,
      batchingWindowSeconds: 0,
      reportsItemFailures: false,
    });
  });

  test('has what the template says, the alias of its function too', () => {
    const alias = `${functionArn('worker')}:live`;
    expect(
      read({
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 2,
        ScalingConfig: { MaximumConcurrency: 5 },
        Enabled: 'false',
        FunctionName: alias,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ).toMatchObject({
      functionArn: alias,
      isEnabled: false,
      batchSize: 100,
      batchingWindowSeconds: 2,
      maximumConcurrency: 5,
      reportsItemFailures: true,
    });
  });

  test.each([
    [{ EventSourceArn: 'arn:aws:kinesis:eu-west-1:1:stream/x' }, 'only SQS queues and streams of tables are supported'],
    [{ EventSourceArn: `${QUEUE_ARN}-other` }, 'the stack has no queue'],
    [{ FilterCriteria: {} }, 'FilterCriteria'],
    [{ BatchSize: 11 }, 'MaximumBatchingWindowInSeconds of at least 1'],
    [{ ScalingConfig: { MaximumConcurrency: 1 } }, 'MaximumConcurrency'],
  ])('is refused with a sentence: %j', (mapping, why) => {
    expect(() => read(mapping)).toThrow(why);
  });

  test('is refused where messages would come back while they are worked, as Lambda refuses it', () => {
    expect(() => read({}, { visibility: 29 })).toThrow(
      'queue visibility timeout: 29 seconds is less than function timeout: 30 seconds',
    );
  });
});
