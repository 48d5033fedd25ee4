import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { catchUp } from '../events/catch-up';
import type { ChangedRecord } from '../events/publish-changes';
import { followStream, publishMissed } from '../events/follow-stream';
import { readWatchedRecord } from '../events/read-watched-record';
import { SqsDeliveryQueue } from '../queue/sqs-delivery-queue';
import { DynamoDbChangeStream } from '../records/dynamodb-change-stream';
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
const conversationTable = required('conversationTable');
const stored = new DynamoDbWatchedRecords(tables, conversationTable);
const ports = {
  records: { find: async (key: ChangedRecord['key']) => readWatchedRecord(key, stored) },
  log: new DynamoDbEventLog(tables, eventTable),
  endpoints: new DynamoDbEndpoints(tables, eventTable),
  leftOut: new DynamoDbLeftOutRecords(tables, eventTable),
  stream: new DynamoDbChangeStream(tables, conversationTable),
  queue: new SqsDeliveryQueue(queueClient(), required('deliveryQueueUrl')),
  clock: systemClock,
  observer,
};

/** Called by the stream of the table of conversations with what has changed, and each minute by a schedule. */
export const handler = flushing(observer, async (event: Partial<DynamoDBStreamEvent>) => (
  event.Records ? published(event.Records) : lookAfter()
));

/** Less than the function may run: a page of records that was begun is done by then. */
const SEARCH_TIME = 15_000;

async function lookAfter() {
  const finishBy = systemClock.now() + SEARCH_TIME;
  const done = await catchUp(ports);
  await publishMissed(finishBy, ports);
  return done;
}

async function published(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const failed = await followStream(records.flatMap(changed), ports);
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
}

/** What was removed tells nothing: it expired, or its person was erased. */
function changed({ eventName, dynamodb }: DynamoDBRecord): readonly ChangedRecord[] {
  const { Keys: keys = {}, SequenceNumber: place = '', ApproximateCreationDateTime: seconds = 0 } = dynamodb ?? {};
  const { primary_channel: { S: partition } = {}, conversation_id: { S: sort } = {} } = keys;
  if (eventName === 'REMOVE' || partition === undefined || sort === undefined) return [];
  return [{ key: { primary_channel: partition, conversation_id: sort }, changedAt: seconds * 1000, place }];
}
