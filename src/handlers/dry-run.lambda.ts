import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { openAiModel } from '../ai/openai-model';
import type { DryRunPorts } from '../dry-run/dry-run-ports';
import { answerDryRun, MODEL_TIME } from '../dry-run/dry-run';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import { tableClient } from './aws-clients';
import { required } from './environment';
import { header } from './event-header';
import { permittedSecrets } from './permitted-secrets';
import { flushing, powertoolsObserver } from './powertools-observer';
import { systemClock } from './system-clock';

const tables = tableClient();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const observer = powertoolsObserver();
const directory = new DynamoDbDirectory(tables, names, systemClock);
const ports: DryRunPorts = {
  directory,
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  usage: new DynamoDbUsage(tables, names.conversations),
  secrets: permittedSecrets(directory),
  model: openAiModel({ requestTimeoutMilliseconds: MODEL_TIME, clock: systemClock }),
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};
const origins = required('allowedOrigins').split(',');

/** `POST /dry-run`. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const call = {
    body: event.body ?? undefined,
    isBase64: event.isBase64Encoded,
    apiKey: header(event, 'x-api-key'),
    origin: header(event, 'origin'),
  };
  const { status, headers, body } = await answerDryRun(call, ports, origins);
  return { statusCode: status, headers: { ...headers }, body };
});
