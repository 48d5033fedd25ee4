import type { APIGatewayClient, Integration } from '@aws-sdk/client-api-gateway';
import {
  CreateDeploymentCommand, GetIntegrationCommand, GetStageCommand, GetStagesCommand, paginateGetResources,
  PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodResponseCommand, UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import type { Intake, IntakeMethod } from '../takeover/operations';
import { allOf, unlessGone } from './resource-adapter';

/** Seconds after which a client is to try again. */
const RETRY_AFTER = 120;
/** What a client gets meanwhile; the field names are those of every refusal. */
const CLOSED = JSON.stringify({
  status: 'error', error_code: 'SERVICE_UNAVAILABLE', request_id: 'unknown',
  message: `The service moves to its new engine; send the same request again in ${RETRY_AFTER} seconds.`,
});

export async function readIntake(client: APIGatewayClient, restApiId: string): Promise<Intake | undefined> {
  const stages = await unlessGone(client.send(new GetStagesCommand({ restApiId })));
  const [stage] = stages?.item ?? [];
  if (!stages) return undefined;
  if (!stage?.stageName) throw new Error(`the API ${restApiId} has no stage`);
  const resources = await allOf(
    paginateGetResources({ client, pageSize: 500 }, { restApiId, embed: ['methods'] }), (page) => page.items);
  const methods: IntakeMethod[] = [];
  for (const { id: resourceId = '', path = '', resourceMethods = {} } of resources) {
    for (const httpMethod of Object.keys(resourceMethods).filter((method) => method !== 'OPTIONS')) {
      const place = { restApiId, resourceId, httpMethod };
      methods.push({
        resourceId, path, httpMethod,
        integration: plain(await client.send(new GetIntegrationCommand(place))),
      });
    }
  }
  return { stage: stage.stageName, deploymentId: stage.deploymentId ?? '', methods };
}

/** What `PutIntegration` takes of an integration. */
function plain(integration: Integration): Readonly<Record<string, unknown>> {
  const {
    type, httpMethod, uri, credentials, requestParameters, requestTemplates, passthroughBehavior, contentHandling,
    timeoutInMillis, connectionType, connectionId, cacheNamespace, cacheKeyParameters,
  } = integration;
  return {
    type, integrationHttpMethod: httpMethod, uri, credentials, requestParameters, requestTemplates, passthroughBehavior,
    contentHandling, timeoutInMillis, connectionType, connectionId, cacheNamespace, cacheKeyParameters,
  };
}

export async function closeIntake(client: APIGatewayClient, restApiId: string, intake: Intake): Promise<void> {
  for (const { resourceId, httpMethod } of intake.methods) {
    const place = { restApiId, resourceId, httpMethod };
    const header = 'method.response.header.Retry-After';
    await client.send(new PutIntegrationCommand({
      ...place, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 503}' },
      passthroughBehavior: 'WHEN_NO_MATCH',
    }));
    await unlessExists(client.send(new PutMethodResponseCommand({
      ...place, statusCode: '503', responseParameters: { [header]: false },
    })));
    await client.send(new PutIntegrationResponseCommand({
      ...place, statusCode: '503', responseParameters: { [header]: `'${RETRY_AFTER}'` },
      responseTemplates: { 'application/json': CLOSED },
    }));
  }
  await deploy(client, restApiId, intake.stage, 'Closed for the takeover');
}

/**
 * The integrations as they were, with the permission to call their functions, which went if the old stack was deleted
 * in between; then the stage goes back to the very deployment that it had.
 */
export async function restoreIntake(
  client: APIGatewayClient, functions: LambdaClient, restApiId: string, intake: Intake,
  { account, region }: Pick<RelayTarget, 'account' | 'region'>,
): Promise<void> {
  for (const { resourceId, httpMethod, path, integration } of intake.methods) {
    await client.send(new PutIntegrationCommand({
      type: 'AWS_PROXY', ...integration, restApiId, resourceId, httpMethod,
    }));
    const [, functionName] = /functions\/arn:aws:lambda:[^/]*:function:([\w-]+)/.exec(String(integration.uri)) ?? [];
    if (functionName === undefined) continue;
    await unlessExists(functions.send(new AddPermissionCommand({
      FunctionName: functionName, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com',
      StatementId: `restored-${restApiId}-${resourceId}-${httpMethod}`,
      SourceArn: `arn:aws:execute-api:${region}:${account}:${restApiId}/*/${httpMethod}${path}`,
    })));
  }
  if (intake.deploymentId === '') {
    await deploy(client, restApiId, intake.stage, 'As before the takeover');
    return;
  }
  await client.send(new UpdateStageCommand({
    restApiId, stageName: intake.stage,
    patchOperations: [{ op: 'replace', path: '/deploymentId', value: intake.deploymentId }],
  }));
}

export interface RelayTarget {
  readonly account: string;
  readonly region: string;
  readonly functionName: string;
  readonly alias: string;
}

export async function relayIntake(
  gateway: APIGatewayClient, functions: LambdaClient, restApiId: string, intake: Intake, target: RelayTarget,
): Promise<void> {
  const { account, region, functionName, alias } = target;
  const arn = `arn:aws:lambda:${region}:${account}:function:${functionName}:${alias}`;
  for (const { resourceId, httpMethod, path } of intake.methods) {
    await unlessExists(functions.send(new AddPermissionCommand({
      FunctionName: functionName, Qualifier: alias, Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      StatementId: `relay-${restApiId}-${resourceId}-${httpMethod}`,
      SourceArn: `arn:aws:execute-api:${region}:${account}:${restApiId}/*/${httpMethod}${path}`,
    })));
    await gateway.send(new PutIntegrationCommand({
      restApiId, resourceId, httpMethod, type: 'AWS_PROXY', integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    }));
  }
  await deploy(gateway, restApiId, intake.stage, 'Relayed to the new engine');
}

async function deploy(
  client: APIGatewayClient, restApiId: string, stageName: string, description: string): Promise<void> {
  const { id } = await client.send(new CreateDeploymentCommand({ restApiId, description }));
  await client.send(new UpdateStageCommand({
    restApiId, stageName, patchOperations: [{ op: 'replace', path: '/deploymentId', value: id }],
  }));
  await client.send(new GetStageCommand({ restApiId, stageName }));
}

async function unlessExists<Answer>(call: Promise<Answer>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error && /Conflict/.test(error.name))) throw error;
  }
}

/** Calls in so many days, by API Gateway's own metric. */
export async function callsOf(
  client: CloudWatchClient, api: { readonly name: string; readonly stage: string }, days: number, now: number,
): Promise<number> {
  const { Datapoints: points = [] } = await client.send(new GetMetricStatisticsCommand({
    Namespace: 'AWS/ApiGateway', MetricName: 'Count', Statistics: ['Sum'], Period: 86_400,
    Dimensions: [{ Name: 'ApiName', Value: api.name }, { Name: 'Stage', Value: api.stage }],
    StartTime: new Date(now - days * 86_400_000), EndTime: new Date(now),
  }));
  return points.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}
