import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { cancelConversation } from '../cancellation/cancel-conversation';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { tableClient } from './aws-clients';
import { required } from './environment';
import { header } from './event-header';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';

const tables = tableClient();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const observer = powertoolsObserver();
const ports = {
  directory: new DynamoDbDirectory(tables, names, systemClock),
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  threads: new DynamoDbThreads(tables, names.conversations),
  clock: systemClock,
  observer,
};
const origins = required('allowedOrigins').split(',');

/** `POST /conversations/{conversation_id}/cancel` and `POST /messages/{conversation_id}/cancel`. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const call = {
    apiKey: header(event, 'x-api-key'),
    origin: header(event, 'origin'),
    pathPart: event.pathParameters?.conversation_id ?? '',
  };
  const { status, headers, body } = await cancelConversation(call, ports, origins);
  return { statusCode: status, headers: { ...headers }, body };
});
