import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { listTemplates } from '../reader/list-templates';
import { listMessages } from '../reader/list-messages';
import { getConversation } from '../reader/get-conversation';
import { showDocument, showPage } from '../reader/show-api';
import { DynamoDbConversationIndex } from '../records/dynamodb-conversation-index';
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
  index: new DynamoDbConversationIndex(tables, names.conversations, systemClock),
  threads: new DynamoDbThreads(tables, names.conversations),
  clock: systemClock,
  observer,
};
const origins = required('allowedOrigins').split(',');

/**
 * `GET /conversations/{conversation_id}`, whose parameter a REST API hands over as it was called, encoded;
 * `GET /messages`, `GET /templates`; and what the API says about itself.
 */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const caller = { apiKey: header(event, 'x-api-key'), origin: header(event, 'origin') };
  const { status, headers, body } = await answer(event, caller);
  return { statusCode: status, headers: { ...headers }, body };
});

async function answer(event: APIGatewayProxyEvent, caller: { readonly apiKey?: string; readonly origin?: string }) {
  switch (event.resource) {
    case '/openapi.json':
      return showDocument(caller.origin, origins);
    case '/docs':
      return showPage();
    case '/messages':
      return listMessages({ ...caller, query: event.queryStringParameters ?? {} }, ports, origins);
    case '/templates':
      return listTemplates(caller, ports, origins);
    default:
      return getConversation({ ...caller, ...conversationOf(event) }, ports, origins);
  }
}

function conversationOf(event: APIGatewayProxyEvent) {
  return {
    pathPart: event.pathParameters?.conversation_id ?? '',
    include: event.queryStringParameters?.include,
  };
}
