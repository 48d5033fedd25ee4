import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { resourceNames } from '../core/names';
import { ENDPOINT_TIMEOUT, httpsTransport } from '../event-transport/https-transport';
import { deliver } from '../events/deliver';
import { SqsDeliveryQueue, readDeliveryCall } from '../queue/sqs-delivery-queue';
import { DynamoDbEndpoints } from '../records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../records/dynamodb-event-log';
import { DynamoDbWatchedRecords } from '../records/dynamodb-watched-records';
import { EndpointKey } from '../secrets/endpoint-key';
import { queueClient, tableClient } from './aws-clients';
import { required } from './environment';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const observer = powertoolsObserver();
const eventTable = required('eventTable');
const key = new EndpointKey(new SecretsManagerClient({}), resourceNames(required('stage')).endpointKeySecret);
const ports = {
  endpoints: new DynamoDbEndpoints(tables, eventTable),
  log: new DynamoDbEventLog(tables, eventTable),
  transport: httpsTransport({ allowsLoopback: required('endpointsOnLoopback') === 'true' }),
  queue: new SqsDeliveryQueue(queueClient(), required('deliveryQueueUrl')),
  stageKey: async () => key.read(),
  stored: new DynamoDbWatchedRecords(tables, required('conversationTable')),
  clock: systemClock,
  observer,
};

/** Milliseconds that the last page begun may take: an endpoint's whole patience for each of a record's events. */
const LAST_PAGE = 3 * ENDPOINT_TIMEOUT;

/** Each message is a call for one endpoint. They are worked at once, so that a slow endpoint keeps no other waiting. */
export const handler = flushing(observer, async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const finishBy = systemClock.now() + context.getRemainingTimeInMillis() - LAST_PAGE;
  const failed = await Promise.all(event.Records.map(async (record) => failedItem(record, finishBy)));
  return { batchItemFailures: failed.flat() };
});

async function failedItem({ body, messageId }: SQSRecord, finishBy: number) {
  const call = readDeliveryCall(body);
  if (!call) {
    observer.count('QueueBodyRefused', { channel: 'events' });
    return [];
  }
  try {
    await deliver(call, finishBy, ports);
    return [];
  } catch (error) {
    observer.error('the events of an endpoint could not be delivered', error, {
      company: call.company, endpoint: call.endpoint,
    });
    return [{ itemIdentifier: messageId }];
  }
}
