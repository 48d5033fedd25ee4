import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { resourceNames } from '../core/names';
import {
  ADD_ENDPOINT, LIST_ENDPOINTS, REMOVE_ENDPOINT, ROTATE_SECRET, TEST_ENDPOINT,
} from '../event-api/endpoint-calls';
import type { EventApiPorts, Operation } from '../event-api/event-call';
import { answerEventCall } from '../event-api/event-call';
import { LIST_EVENTS, REPLAY_EVENT } from '../event-api/event-calls';
import { SqsDeliveryQueue } from '../queue/sqs-delivery-queue';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbEndpoints } from '../records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../records/dynamodb-event-log';
import { DynamoDbWatchedRecords } from '../records/dynamodb-watched-records';
import { EndpointKey } from '../secrets/endpoint-key';
import { queueClient, tableClient } from './aws-clients';
import { required } from './environment';
import { header } from './event-header';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const eventTable = required('eventTable');
const key = new EndpointKey(new SecretsManagerClient({}), resourceNames(required('stage')).endpointKeySecret);
const ports: EventApiPorts = {
  directory: new DynamoDbDirectory(tables, names, systemClock),
  endpoints: new DynamoDbEndpoints(tables, eventTable),
  events: new DynamoDbEventLog(tables, eventTable),
  stored: new DynamoDbWatchedRecords(tables, names.conversations),
  deliveries: new SqsDeliveryQueue(queueClient(), required('deliveryQueueUrl')),
  endpointKey: async () => key.readOrMake(),
  allowsLoopback: required('endpointsOnLoopback') === 'true',
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};
const origins = required('allowedOrigins').split(',');

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /event-endpoints': ADD_ENDPOINT,
  'GET /event-endpoints': LIST_ENDPOINTS,
  'DELETE /event-endpoints/{endpoint_id}': REMOVE_ENDPOINT,
  'POST /event-endpoints/{endpoint_id}/rotate': ROTATE_SECRET,
  'POST /event-endpoints/{endpoint_id}/test': TEST_ENDPOINT,
  'GET /events': LIST_EVENTS,
  'POST /events/{event_id}/replay': REPLAY_EVENT,
};

/** A key's own endpoints and events. A call without a path is the smoke test's, and has no key. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const operation = OPERATIONS[`${event.httpMethod} ${event.resource}`] ?? LIST_EVENTS;
  const { endpoint_id: endpoint, event_id: id } = event.pathParameters ?? {};
  const call = {
    apiKey: header(event, 'x-api-key'),
    origin: header(event, 'origin'),
    pathPart: endpoint ?? id,
    body: event.body ?? undefined,
    isBase64: event.isBase64Encoded,
    query: event.queryStringParameters ?? undefined,
  };
  const { status, headers, body } = await answerEventCall(operation, call, ports, origins);
  return { statusCode: status, headers: { ...headers }, body };
});
