import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { TableClient } from '../records/table-client';

/** Beyond these, an AWS service that hangs would use up a function's time before its own retries can help. */
const CALL_TIMES = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } as const;

/** Region, credentials and endpoint come from the environment, as the SDK reads it. */
export function tableClient(): TableClient {
  return new TableClient(new DynamoDBClient({ requestHandler: CALL_TIMES }));
}

export function queueClient(): SQSClient {
  return new SQSClient({ requestHandler: CALL_TIMES });
}
