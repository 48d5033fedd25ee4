import { PLACE, SAMPLE_STAGES } from './sample-stages';
import { namesOf, resourcesOf, templateOf } from './template';
import type { Template } from './template';

/** The names of contract §1, written out: existing clients, records and operators know them. */
const CONTRACT: Readonly<Record<string, readonly [property: string, names: readonly string[]]>> = {
  'AWS::ApiGateway::RestApi': ['Name', ['ai-multi-comms-api-STAGE']],
  'AWS::ApiGateway::Stage': ['StageName', ['STAGE']],
  'AWS::ApiGateway::UsagePlan': ['UsagePlanName', ['ai-multi-comms-standard-usage-plan-STAGE']],
  'AWS::Lambda::Function': [
    'FunctionName',
    [
      'ai-multi-comms-channel-router-STAGE',
      'ai-multi-comms-client-replies-STAGE',
      'ai-multi-comms-conversation-canceller-STAGE',
      'ai-multi-comms-conversation-reader-STAGE',
      'ai-multi-comms-conversation-turns-STAGE',
      'ai-multi-comms-dry-run-STAGE',
      'ai-multi-comms-email-channel-processor-STAGE',
      'ai-multi-comms-event-api-STAGE',
      'ai-multi-comms-event-deliveries-STAGE',
      'ai-multi-comms-event-publisher-STAGE',
      'ai-multi-comms-reconciler-STAGE',
      'ai-multi-comms-sms-channel-processor-STAGE',
      'ai-multi-comms-vendor-webhooks-STAGE',
      'ai-multi-comms-whatsapp-channel-processor-STAGE',
    ],
  ],
  'AWS::SQS::Queue': [
    'QueueName',
    [
      'ai-multi-comms-email-dlq-STAGE',
      'ai-multi-comms-email-queue-STAGE',
      'ai-multi-comms-event-deliveries-dlq-STAGE',
      'ai-multi-comms-event-deliveries-queue-STAGE',
      'ai-multi-comms-handoff-queue-STAGE',
      'ai-multi-comms-sms-dlq-STAGE',
      'ai-multi-comms-sms-queue-STAGE',
      'ai-multi-comms-turn-dlq-STAGE',
      'ai-multi-comms-turn-queue-STAGE',
      'ai-multi-comms-whatsapp-dlq-STAGE',
      'ai-multi-comms-whatsapp-queue-STAGE',
    ],
  ],
  'AWS::DynamoDB::Table': [
    'TableName',
    ['ai-multi-comms-company-data-STAGE', 'ai-multi-comms-conversations-STAGE', 'ai-multi-comms-events-STAGE'],
  ],
  'AWS::SNS::Topic': ['TopicName', ['ai-multi-comms-critical-alerts-STAGE']],
};

describe.each(SAMPLE_STAGES.map(({ name }) => name))('the stack of %s', (stage) => {
  test.each(Object.entries(CONTRACT))('names each %s as the contract does', (type, [property, names]) => {
    expect(namesOf(templateOf(stage), type, property)).toEqual(names.map((name) => name.replace('STAGE', stage)));
  });

  test('tells other tools what they need', () => {
    const { Outputs: outputs } = templateOf(stage);
    expect(Object.keys(outputs).sort()).toEqual([
      'AlertsTopicArn', 'ApiKeyId', 'ApiUrl', 'CompanyTable', 'ConversationTable', 'HandoffQueueUrl', 'UsagePlanId',
    ]);
    const [apiId] = Object.keys(resourcesOf(templateOf(stage), 'AWS::ApiGateway::RestApi'));
    expect(outputs.ApiUrl?.Value['Fn::Join'][1]).toEqual([
      'https://', { Ref: apiId }, `.execute-api.${PLACE.region}.`, { Ref: 'AWS::URLSuffix' }, `/${stage}`,
    ]);
  });

  test('makes no secret: their values belong in no template', () => {
    expect(resourcesOf(templateOf(stage), 'AWS::SecretsManager::Secret')).toEqual({});
  });
});

describe('two stages', () => {
  test('differ by their settings alone: with prod\'s settings and another name, dev is prod', () => {
    const renamed = templateOf('prod under the name dev');
    expect(canonical(renamed).replace(/\b(amc)?dev\b/g, '$1prod')).toBe(canonical(templateOf('prod')));
  });

  test.each(['dev', 'prod'])('%s reserves no executions: a new account has none to spare', (stage) => {
    expect(canonical(templateOf(stage))).not.toContain('ReservedConcurrentExecutions');
  });

  test('differ in what the settings name, and in nothing else', () => {
    const dev: unknown = JSON.parse(canonical(templateOf('dev')).replace(/\bdev\b/g, 'prod'));
    const prod: unknown = JSON.parse(canonical(templateOf('prod')));
    expect([...new Set(differences(dev, prod))].sort()).toEqual([
      'ApplicationLogLevel',
      // Where the version of the stage's own set-up is found.
      'Default',
      'DeletionPolicy',
      'DeletionProtectionEnabled',
      'DeploymentConfigName',
      'MaximumConcurrency',
      'POWERTOOLS_LOG_LEVEL',
      'RETENTION_DAYS',
      'RetentionInDays',
      // The stage's own, from which its code comes.
      'S3Bucket',
      'SystemLogLevel',
      'ThrottlingBurstLimit',
      'ThrottlingRateLimit',
      'UpdateReplacePolicy',
    ]);
  });
});

test('the stack is the same wherever it goes, but for the place', () => {
  const anywhere = canonical(templateOf('dev without credentials'));
  const placed = canonical(templateOf('dev'));
  expect(Object.keys(JSON.parse(anywhere).Resources)).toEqual(Object.keys(JSON.parse(placed).Resources));
  expect(anywhere).not.toContain(PLACE.account);
});

/** The template with logical identifiers, which are hashes of names, replaced by their order. */
function canonical(template: Template): string {
  const text = JSON.stringify(template);
  return Object.entries(template.Resources).reduce(
    (shorter, [logicalId, { Type: type }], index) => shorter.replaceAll(`"${logicalId}"`, `"${type} ${index}"`),
    text,
  );
}

/** Names of the properties whose values differ. */
function differences(one: unknown, other: unknown, name = ''): readonly string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (!isObject(one) || !isObject(other)) return [name];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .flatMap((key) => differences(one[key], other[key], Number.isInteger(Number(key)) ? name : key));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
