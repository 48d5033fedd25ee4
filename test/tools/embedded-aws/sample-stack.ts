import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  aws_apigateway as apigateway,
  aws_dynamodb as dynamodb,
  aws_events as events,
  aws_events_targets as targets,
  aws_lambda as lambda,
  aws_lambda_event_sources as sources,
  aws_logs as logs,
  aws_scheduler as scheduler,
  aws_scheduler_targets as schedulerTargets,
  aws_sqs as sqs,
  Duration,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { buildSync } from 'esbuild';

export const STACK_NAME = 'sample-dev';

/** What each function does, as TypeScript that the AWS SDK is bundled into. */
const HANDLERS = {
  Router: `
    import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
    const sqs = new SQSClient({});
    export async function handler(event) {
      await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: event.body, MessageGroupId: 'tenant' }));
      return { statusCode: 202, body: JSON.stringify({ vendor: process.env.VENDOR_URL, processId: process.pid }) };
    }`,
  Worker: `
    import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
    const dynamodb = new DynamoDBClient({});
    export async function handler({ Records }) {
      const failed = Records.filter(({ body }) => body === 'poison');
      for (const { messageId, body, attributes } of Records) {
        if (body === 'poison') continue;
        const count = attributes.ApproximateReceiveCount;
        await dynamodb.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: body }, message: { S: messageId }, count: { S: count } } }));
      }
      console.log('worked', Records.length);
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }`,
  Reconciler: 'export const handler = async (event) => event;',
};

export interface SampleStackOptions {
  /** Without the right to read the queue, Lambda would refuse the worker's event source. */
  readonly mayReadQueue?: boolean;
  readonly mayWriteTable?: boolean;
}

/** Synthesises a small stack of the kinds of resources that the engine has, and answers its assembly's folder. */
export function synthesiseSample(
  folder: string,
  { mayReadQueue = true, mayWriteTable = true }: SampleStackOptions = {},
): string {
  const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Sample', { stackName: STACK_NAME });
  const make = (name: keyof typeof HANDLERS, environment: Record<string, string>) =>
    new lambda.Function(stack, name, {
      functionName: `sample-${name.toLowerCase()}-dev`,
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(bundle(folder, name)),
      timeout: Duration.seconds(5),
      environment,
    });

  const table = new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(30) });
  const router = make('Router', { QUEUE_URL: queue.queueUrl });
  queue.grantSendMessages(router);
  const worker = make('Worker', { TABLE: table.tableName });
  if (mayWriteTable) table.grantWriteData(worker);
  if (mayReadQueue) {
    worker.addEventSource(
      new sources.SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
  } else {
    new lambda.CfnEventSourceMapping(stack, 'Source', {
      functionName: worker.functionName,
      eventSourceArn: queue.queueArn,
    });
  }

  const reconciler = make('Reconciler', {});
  new events.Rule(stack, 'Tick', {
    schedule: events.Schedule.rate(Duration.minutes(1)),
    targets: [new targets.LambdaFunction(reconciler)],
  });
  new scheduler.Schedule(stack, 'Tock', {
    schedule: scheduler.ScheduleExpression.rate(Duration.minutes(5)),
    target: new schedulerTargets.LambdaInvoke(reconciler),
  });
  addApi(stack, router);
  return app.synth().directory;
}

function addApi(stack: Stack, router: lambda.Function): void {
  const api = new apigateway.RestApi(stack, 'Api', {
    cloudWatchRole: false,
    deployOptions: {
      stageName: 'dev',
      accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(stack, 'AccessLog')),
      accessLogFormat: apigateway.AccessLogFormat.custom(
        '$context.requestId $context.httpMethod $context.resourcePath $context.status',
      ),
    },
    defaultCorsPreflightOptions: { allowOrigins: ['https://a.example.com', 'https://b.example.com'] },
  });
  api.root.addResource('send').addMethod('POST', new apigateway.LambdaIntegration(router), { apiKeyRequired: true });
  const plan = api.addUsagePlan('Plan', {
    throttle: { rateLimit: 100, burstLimit: 200 },
    apiStages: [{ stage: api.deploymentStage }],
  });
  plan.addApiKey(api.addApiKey('Key', { apiKeyName: 'first-client' }));
}

/** A folder with the bundle of one function, as CDK's bundling makes it. */
function bundle(folder: string, name: keyof typeof HANDLERS): string {
  const codeFolder = join(folder, 'code', name);
  mkdirSync(codeFolder, { recursive: true });
  buildSync({
    stdin: { contents: HANDLERS[name], resolveDir: join(__dirname, '..', '..'), loader: 'js' },
    outfile: join(codeFolder, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return codeFolder;
}
