import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { catchUp } from '../events/catch-up';
import type { ChangedRecord } from '../events/publish-changes';
import { publishChanges } from '../events/publish-changes';
import { readWatchedRecord } from '../events/read-watched-record';
import { SqsDeliveryQueue } from '../queue/sqs-delivery-queue';
import { DynamoDbEndpoints } from '../records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../records/dynamodb-event-log';
import { DynamoDbLeftOutRecords } from '../records/dynamodb-left-out-records';
import { DynamoDbWatchedRecords } from '../records/dynamodb-watched-records';
import { queueClient, tableClient } from './aws-clients';
import { required } from './environment';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const observer = powertoolsObserver();
const eventTable = required('eventTable');
const stored = new DynamoDbWatchedRecords(tables, required('conversationTable'));
const ports = {
  records: { find: async (key: ChangedRecord['key']) => readWatchedRecord(key, stored) },
  log: new DynamoDbEventLog(tables, eventTable),
  endpoints: new DynamoDbEndpoints(tables, eventTable),
  leftOut: new DynamoDbLeftOutRecords(tables, eventTable),
  queue: new SqsDeliveryQueue(queueClient(), required('deliveryQueueUrl')),
  clock: systemClock,
  observer,
};

/** Called by the stream of the table of conversations with what has changed, and each minute by a schedule. */
export const handler = flushing(observer, async (event: Partial<DynamoDBStreamEvent>) => (
  event.Records ? published(event.Records) : catchUp(ports)
));

async function published(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const failed = await publishChanges(records.flatMap(changed), ports);
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
}

/** What was removed tells nothing: it expired, or its person was erased. */
function changed({ eventName, dynamodb }: DynamoDBRecord): readonly ChangedRecord[] {
  const { Keys: keys = {}, SequenceNumber: place = '', ApproximateCreationDateTime: seconds = 0 } = dynamodb ?? {};
  const { primary_channel: { S: partition } = {}, conversation_id: { S: sort } = {} } = keys;
  if (eventName === 'REMOVE' || partition === undefined || sort === undefined) return [];
  return [{ key: { primary_channel: partition, conversation_id: sort }, changedAt: seconds * 1000, place }];
}
