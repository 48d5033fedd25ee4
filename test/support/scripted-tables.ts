import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A client of the tables whose every call is answered by `send`. The SDK's paginators take no other object for one. */
export function scriptedTables(send: () => Promise<unknown>): DynamoDBDocumentClient {
  return Object.assign(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' })), { send });
}
