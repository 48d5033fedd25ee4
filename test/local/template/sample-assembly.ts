import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack, Tags, aws_apigateway as apigateway, aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions, aws_codedeploy as codedeploy, aws_dynamodb as dynamodb, aws_events as events,
  aws_events_targets as targets, aws_kms as kms, aws_lambda as lambda, aws_lambda_event_sources as sources, aws_logs as logs, aws_scheduler as scheduler,
  aws_scheduler_targets as schedulerTargets, aws_secretsmanager as secretsmanager, aws_sns as sns, aws_sns_subscriptions as subscriptions, aws_sqs as sqs, aws_ssm as ssm } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A stack with one of everything that the engine's own stack may hold, as CDK writes it. */
export class SampleStack extends Stack {
  constructor(scope: Construct, id: string, codeFolder: string) {
    super(scope, id, { stackName: 'sample-dev' });
    const table = new dynamodb.Table(this, 'Table', {
      tableName: 'sample-table-dev',
      partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'by-state',
      partitionKey: { name: 'state', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'due', type: dynamodb.AttributeType.NUMBER },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
    const deadLetters = new sqs.Queue(this, 'DeadLetters', { queueName: 'sample-dlq-dev', retentionPeriod: Duration.days(14), enforceSSL: true });
    const queue = new sqs.Queue(this, 'Queue', {
      queueName: 'sample-queue-dev',
      visibilityTimeout: Duration.seconds(90),
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
    });
    const alerts = new sns.Topic(this, 'Alerts', { topicName: 'sample-alerts-dev', enforceSSL: true });
    alerts.addSubscription(new subscriptions.EmailSubscription('alerts@example.com'));
    const secret = new secretsmanager.Secret(this, 'Secret', { secretName: 'sample/api-key/sms-dev', removalPolicy: RemovalPolicy.DESTROY });
    const reader = this.addFunction('Router', 'sample-router-dev', codeFolder, { TABLE_NAME: table.tableName, QUEUE_URL: queue.queueUrl });
    table.grantReadWriteData(reader);
    queue.grantSendMessages(reader);
    const worker = this.addFunction('Worker', 'sample-worker-dev', codeFolder, { SECRET: secret.secretArn });
    table.grant(worker, 'dynamodb:GetItem');
    secret.grantRead(worker);
    alerts.grantPublish(worker);
    worker.addEventSource(new sources.SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 5 }));
    this.addApi(reader);
    this.addOperations(worker, queue, alerts);
    const key = new kms.Key(this, 'Key', { alias: 'alias/sample' });
    key.grantDecrypt(worker);
    new ssm.StringParameter(this, 'Parameter', { parameterName: '/sample/dev/level', stringValue: 'INFO' });
    new events.Rule(this, 'EveryMinute', { schedule: events.Schedule.rate(Duration.minutes(1)), targets: [new targets.LambdaFunction(worker)] });
    new scheduler.Schedule(this, 'Schedule', {
      schedule: scheduler.ScheduleExpression.rate(Duration.minutes(5)),
      target: new schedulerTargets.LambdaInvoke(worker, {}),
    });
    Tags.of(this).add('stage', 'dev');
  }

  private addFunction(id: string, functionName: string, codeFolder: string, environment: Record<string, string>): lambda.Function {
    return new lambda.Function(this, id, {
      functionName,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(codeFolder),
      environment,
      timeout: Duration.seconds(10),
      tracing: lambda.Tracing.ACTIVE,
      logGroup: new logs.LogGroup(this, `${id}Logs`, { logGroupName: `/aws/lambda/${functionName}`, retention: logs.RetentionDays.ONE_WEEK }),
    });
  }

  private addApi(router: lambda.Function): void {
    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: 'sample-api-dev',
      deployOptions: { stageName: 'dev', accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(this, 'AccessLogs')) },
      cloudWatchRole: true,
      defaultCorsPreflightOptions: { allowOrigins: ['https://example.com'] },
    });
    const model = api.addModel('Body', { schema: { type: apigateway.JsonSchemaType.OBJECT } });
    api.root.addResource('initiate').addMethod('POST', new apigateway.LambdaIntegration(router), {
      apiKeyRequired: true,
      requestModels: { 'application/json': model },
      requestValidator: api.addRequestValidator('Validator', { validateRequestBody: true }),
    });
    api.addGatewayResponse('Forbidden', { type: apigateway.ResponseType.ACCESS_DENIED, templates: { 'application/json': '{"message":"Forbidden"}' } });
    const plan = api.addUsagePlan('Plan', { name: 'sample-plan-dev', throttle: { rateLimit: 10, burstLimit: 20 }, apiStages: [{ stage: api.deploymentStage }] });
    plan.addApiKey(api.addApiKey('Key', { apiKeyName: 'sample-key-dev' }));
  }

  private addOperations(worker: lambda.Function, queue: sqs.Queue, alerts: sns.Topic): void {
    const alias = new lambda.Alias(this, 'Live', { aliasName: 'live', version: worker.currentVersion });
    new codedeploy.LambdaDeploymentGroup(this, 'Deployment', { alias, deploymentConfig: codedeploy.LambdaDeploymentConfig.ALL_AT_ONCE });
    const errors = worker.metricErrors().createAlarm(this, 'Errors', { threshold: 1, evaluationPeriods: 1 });
    errors.addAlarmAction(new actions.SnsAction(alerts));
    new cloudwatch.CompositeAlarm(this, 'Any', { alarmRule: cloudwatch.AlarmRule.anyOf(errors) });
    new cloudwatch.Dashboard(this, 'Dashboard', {
      widgets: [[new cloudwatch.GraphWidget({ left: [queue.metricApproximateNumberOfMessagesVisible()] })]],
    });
    worker.logGroup.addMetricFilter('Unrecorded', {
      filterPattern: logs.FilterPattern.literal('unrecorded'), metricNamespace: 'sample', metricName: 'unrecorded',
    });
  }
}

/** Synthesises the sample stack and answers the assembly's folder; assets lie inside it. */
export function synthesiseSample(context: Record<string, unknown> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'sample-assembly-'));
  const codeFolder = join(folder, 'code');
  mkdirSync(codeFolder);
  writeFileSync(join(codeFolder, 'index.js'), 'exports.handler = async () => ({});\n');
  const app = new App({ outdir: join(folder, 'cdk.out'), context: { 'aws:cdk:bundling-stacks': [], ...context } });
  new SampleStack(app, 'sample', codeFolder);
  return app.synth().directory;
}
