import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { initiateConversation } from '../router/initiate';
import type { RouterPorts } from '../router/router-ports';
import { queueClient, tableClient } from './aws-clients';
import { queueUrls, required } from './environment';
import { header } from './event-header';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const observer = powertoolsObserver();
const ports: RouterPorts = {
  directory: new DynamoDbDirectory(tables, names, systemClock),
  conversations: new DynamoDbConversations(tables, names.conversations, randomUUID),
  queue: new SqsChannelQueue(queueClient(), queueUrls()),
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};
const settings = {
  allowedOrigins: required('allowedOrigins').split(','),
  retentionDays: Number(required('retentionDays')),
};

/** `POST /initiate-conversation`. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const { status, headers, body } = await initiateConversation(
    {
      body: event.body ?? undefined,
      isBase64: event.isBase64Encoded,
      apiKey: header(event, 'x-api-key'),
      origin: header(event, 'origin'),
    },
    ports,
    settings,
  );
  return { statusCode: status, headers: { ...headers }, body };
});
