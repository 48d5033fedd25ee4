import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { listTemplates } from '../reader/list-templates';
import { getConversation } from '../reader/get-conversation';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { tableClient } from './aws-clients';
import { required } from './environment';
import { header } from './event-header';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const observer = powertoolsObserver();
const ports = {
  directory: new DynamoDbDirectory(tables, names, systemClock),
  conversations: new DynamoDbConversations(tables, names.conversations, randomUUID),
  threads: new DynamoDbThreads(tables, names.conversations),
  clock: systemClock,
  observer,
};
const origins = required('allowedOrigins').split(',');

/**
 * `GET /conversations/{conversation_id}`, whose parameter a REST API hands over as it was called, encoded; and
 * `GET /templates`.
 */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const caller = { apiKey: header(event, 'x-api-key'), origin: header(event, 'origin') };
  const { status, headers, body } =
    event.resource === '/templates'
      ? await listTemplates(caller, ports, origins)
      : await getConversation({ ...caller, ...conversationOf(event) }, ports, origins);
  return { statusCode: status, headers: { ...headers }, body };
});

function conversationOf(event: APIGatewayProxyEvent) {
  return {
    pathPart: event.pathParameters?.conversation_id ?? '',
    include: event.queryStringParameters?.include,
  };
}
