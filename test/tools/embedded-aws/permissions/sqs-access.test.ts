import { sqsNeeds } from '../../../../tools/embedded-aws/permissions/sqs-access';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const brief = (needs: ReadonlyArray<{ readonly action: string; readonly resource: string }> | undefined) =>
  needs?.map(({ action, resource }) => `${action} ${resource}`);

describe('an SQS call needs', () => {
  const ARN = 'arn:aws:sqs:eu-west-1:111122223333:';
  const needs = (operation: string, input: object) =>
    brief(sqsNeeds(operation, { ...input }, PLACE, () => [`${ARN}orders`]));

  it('its action on its queue, a batch that of its single calls', () => {
    expect(needs('SendMessage', { QueueUrl: 'http://127.0.0.1:1/111122223333/orders' })).toEqual([
      `sqs:SendMessage ${ARN}orders`,
    ]);
    expect(needs('SendMessageBatch', { QueueUrl: 'x/orders' })).toEqual([`sqs:SendMessage ${ARN}orders`]);
    expect(needs('DeleteMessageBatch', { QueueUrl: 'x/orders' })).toEqual([`sqs:DeleteMessage ${ARN}orders`]);
    expect(needs('ChangeMessageVisibilityBatch', { QueueUrl: 'x/orders' })).toEqual([
      `sqs:ChangeMessageVisibility ${ARN}orders`,
    ]);
    expect(needs('GetQueueUrl', { QueueName: 'orders' })).toEqual([`sqs:GetQueueUrl ${ARN}orders`]);
    expect(needs('ListQueues', {})).toEqual([`sqs:ListQueues ${ARN}`]);
    expect(needs('Dance', {})).toBeUndefined();
  });

  it('to move dead letters, the rights to empty one queue and fill the other', () => {
    const emptying = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
      (action) => `sqs:${action} ${ARN}dead`,
    );
    expect(needs('StartMessageMoveTask', { SourceArn: `${ARN}dead` })).toEqual([
      ...emptying,
      `sqs:SendMessage ${ARN}orders`,
    ]);
    expect(needs('StartMessageMoveTask', { SourceArn: `${ARN}dead`, DestinationArn: `${ARN}other` })).toEqual([
      ...emptying,
      `sqs:SendMessage ${ARN}other`,
    ]);
    expect(needs('ListMessageMoveTasks', { SourceArn: `${ARN}dead` })).toEqual([`sqs:ListMessageMoveTasks ${ARN}dead`]);
    const TaskHandle = Buffer.from(`{"taskId":"1","sourceArn":"${ARN}dead"}`).toString('base64');
    expect(needs('CancelMessageMoveTask', { TaskHandle })).toEqual([`sqs:CancelMessageMoveTask ${ARN}dead`]);
  });
});
