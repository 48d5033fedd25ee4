import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpRoute, HttpRouteKey, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV_VARS } from '../core/env-vars';
import { resourceNames } from '../core/names';
import { ConsoleFunction } from '../handlers/console-function';
import { acknowledge } from './acknowledge';
import type { EngineChannel } from './channel';
import { consolePermissions } from './console-permissions';
import { signInOf } from './console-sign-in';
import { EngineLambda } from './engine-lambda';
import type { Records } from './records';
import type { ConsoleSettings, StageSettings, Throttle } from './stages';

/** API Gateway ends a call of an HTTP API at 30 seconds; the model of a dry run has 20. */
const CONSOLE_SECONDS = 28;

/** A person waits for each answer: the page's own files, and proofs while they type. */
const CONSOLE_MEGABYTES = 1024;

/** Some twenty people who look at once; each poll of a visible tab is a call in 15 seconds. */
const CONSOLE_THROTTLE: Throttle = { rate: 50, burst: 100 };

export interface ConsoleProps {
  readonly stage: StageSettings;
  readonly settings: ConsoleSettings;
  readonly records: Records;
  readonly channels: readonly EngineChannel[];
  /** The queue of calls for deliveries to endpoints. */
  readonly deliveries: Queue;
}

/**
 * The page on which people look, decide and answer, at an address of its own: its answers are binary and its calls are
 * people's, so it takes nothing from the clients' API, its rate or its alarms. A stage without it has none of these
 * resources.
 */
export class EngineConsole extends Construct {
  readonly worker: EngineLambda;
  readonly api: HttpApi;
  readonly url: string;

  constructor(scope: Construct, id: string, { stage, settings, records, channels, deliveries }: ConsoleProps) {
    super(scope, id);
    const names = resourceNames(stage.name);
    // Made before the function: its address is among the function's variables, by way of the sign-in.
    this.api = new HttpApi(this, 'Api', {
      apiName: names.console,
      description: 'The page for reviewers, agents, operators and auditors',
      createDefaultStage: false,
      disableExecuteApiEndpoint: settings.address !== undefined,
    });
    this.url = settings.address ?? this.api.apiEndpoint;
    const signIn = signInOf(this, stage, settings, this.url);
    this.worker = new EngineLambda(this, 'Worker', {
      stage,
      records,
      handler: ConsoleFunction,
      functionName: names.console,
      timeoutSeconds: CONSOLE_SECONDS,
      memoryMegabytes: CONSOLE_MEGABYTES,
      variables: {
        [ENV_VARS.queueUrls]: JSON.stringify(
          Object.fromEntries(channels.map(({ channel, queue }) => [channel, queue.queueUrl])),
        ),
        [ENV_VARS.eventTable]: records.events.tableName,
        [ENV_VARS.deliveryQueueUrl]: deliveries.queueUrl,
        [ENV_VARS.openaiUrl]: stage.vendors.openai,
        [ENV_VARS.retentionDays]: String(stage.recordRetentionDays),
        ...signIn.variables,
      },
      permissions: consolePermissions(scope, {
        stage, records, channels, deliveries, clientSecretName: signIn.clientSecretName,
      }),
    });
    const route = new HttpRoute(this, 'Route', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Page', this.worker.live),
    });
    acknowledge(route, {
      APIG4:
        'People sign in with a provider, and the function asks for their session on every route but the page itself ' +
        'and the sign-in: a page has to load before its reader is known.',
    });
    this.openStage(stage, settings.throttle ?? CONSOLE_THROTTLE);
  }

  private openStage(stage: StageSettings, throttle: Throttle): void {
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/apigateway/${resourceNames(stage.name).console}`,
      retention: stage.logRetentionDays,
      removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const opened = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
    });
    const { defaultChild } = opened.node;
    if (defaultChild instanceof CfnStage) {
      defaultChild.accessLogSettings = { destinationArn: logs.logGroupArn, format: ACCESS_LOG_FORMAT };
    }
  }
}

/** One JSON line a request; no path, since it may hold an identifier, and no address of the caller. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  time: '$context.requestTime',
  request_id: '$context.requestId',
  method: '$context.httpMethod',
  status: '$context.status',
  latency_ms: '$context.responseLatency',
  integration_status: '$context.integrationStatus',
  response_bytes: '$context.responseLength',
});
