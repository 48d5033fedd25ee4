import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Beyond these, an AWS service that hangs would use up a function's time before its own retries can help. */
const CALL_TIMES = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } as const;

/** Region, credentials and endpoint come from the environment, as the SDK reads it. */
export function tableClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: CALL_TIMES }), { marshallOptions: { removeUndefinedValues: true } });
}

export function queueClient(): SQSClient {
  return new SQSClient({ requestHandler: CALL_TIMES });
}
