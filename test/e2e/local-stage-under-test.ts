import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import type { StageUnderTest } from './stage-under-test';

/** A stage of this process, as the suite sees one. */
export function openStageOf({ url, cloud, vendorUrls }: LocalStage): StageUnderTest {
  const connection = {
    endpoint: cloud.awsEndpoint,
    region: cloud.template.region,
    credentials: cloud.services.administratorCredentials,
  };
  const database = new DynamoDBClient(connection);
  const opened = {
    secrets: new SecretsManagerClient(connection),
    gateway: new APIGatewayClient(connection),
    functions: new LambdaClient(connection),
  };
  return {
    url,
    names: resourceNames(LOCAL_STAGE),
    ...opened,
    tables: DynamoDBDocumentClient.from(database),
    simulators: vendorUrls,
    close: () => {
      for (const client of [database, ...Object.values(opened)]) client.destroy();
    },
  };
}
