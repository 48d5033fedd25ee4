import { queueEvent } from '../../../../tools/embedded-aws/functions/queue-event';

const ARN = 'arn:aws:sqs:eu-west-1:111122223333:work';

describe('the event that Lambda makes of messages', () => {
  test('has each message in Lambda\'s words', () => {
    expect(
      queueEvent(
        [
          {
            MessageId: 'm1',
            ReceiptHandle: 'r1',
            Body: 'hello',
            MD5OfBody: 'abc',
            MD5OfMessageAttributes: 'def',
            Attributes: { ApproximateReceiveCount: '2', MessageGroupId: 'tenant' },
            MessageAttributes: {
              word: { DataType: 'String', StringValue: 'a' },
              bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
            },
          },
        ],
        ARN,
      ),
    ).toEqual({
      Records: [
        {
          messageId: 'm1',
          receiptHandle: 'r1',
          body: 'hello',
          md5OfBody: 'abc',
          md5OfMessageAttributes: 'def',
          attributes: { ApproximateReceiveCount: '2', MessageGroupId: 'tenant' },
          messageAttributes: {
            word: { dataType: 'String', stringValue: 'a', stringListValues: [], binaryListValues: [] },
            bytes: { dataType: 'Binary', binaryValue: 'AQI=', stringListValues: [], binaryListValues: [] },
          },
          eventSource: 'aws:sqs',
          eventSourceARN: ARN,
          awsRegion: 'eu-west-1',
        },
      ],
    });
  });

  test('has empty attributes where a message has none', () => {
    expect(queueEvent([{ MessageId: 'm1' }], ARN).Records[0]).toMatchObject({ attributes: {}, messageAttributes: {} });
    expect(queueEvent([{ MessageId: 'm1' }], ARN).Records[0]).not.toHaveProperty('md5OfMessageAttributes');
  });
});
