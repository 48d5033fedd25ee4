import type { StreamRecord } from '../services/table-stream';

/**
 * The event that Lambda makes of a stream's records:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb
 */
export function streamEvent(records: readonly StreamRecord[], streamArn: string, region: string) {
  return { Records: records.map((record) => streamRecord(record, streamArn, region)) };
}

export function streamRecord(
  { eventID, eventName, keys, at, sequenceNumber }: StreamRecord,
  eventSourceARN: string,
  awsRegion: string,
) {
  return {
    eventID,
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      // Whole seconds, as DynamoDB tells them.
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: keys,
      SequenceNumber: sequenceNumber,
      SizeBytes: JSON.stringify(keys).length,
      StreamViewType: 'KEYS_ONLY',
    },
    eventSourceARN,
  };
}
