import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { ACKNOWLEDGE } from '../client-replies/acknowledge';
import type { ClientOperation, ClientReplyPorts } from '../client-replies/client-call';
import { answerClientCall } from '../client-replies/client-call';
import { SEND_REPLY } from '../client-replies/send-reply';
import { RETURN, TAKE_OVER } from '../client-replies/take-over';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { queueClient, tableClient } from './aws-clients';
import { queueUrls, required } from './environment';
import { header } from './event-header';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const ports: ClientReplyPorts = {
  directory: new DynamoDbDirectory(tables, names, systemClock),
  conversations: new DynamoDbConversations(tables, names.conversations, randomUUID),
  threads: new DynamoDbThreads(tables, names.conversations),
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  queue: new SqsChannelQueue(queueClient(), queueUrls()),
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};
const origins = required('allowedOrigins').split(',');

const PLACE = '/conversations/{conversation_id}';
const OPERATIONS: Readonly<Record<string, ClientOperation>> = {
  [`${PLACE}/replies`]: SEND_REPLY,
  [`${PLACE}/take-over`]: TAKE_OVER,
  [`${PLACE}/return`]: RETURN,
  [`${PLACE}/acknowledge`]: ACKNOWLEDGE,
};

/** A client answers a recipient. A call without a path is the smoke test's, and has no key. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const operation = OPERATIONS[event.resource] ?? SEND_REPLY;
  const call = {
    apiKey: header(event, 'x-api-key'),
    origin: header(event, 'origin'),
    pathPart: event.pathParameters?.conversation_id ?? '',
    body: event.body ?? undefined,
    isBase64: event.isBase64Encoded,
  };
  const { status, headers, body } = await answerClientCall(operation, call, ports, origins);
  return { statusCode: status, headers: { ...headers }, body };
});
