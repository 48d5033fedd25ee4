import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CHANNELS } from '../../core/channel';
import { resourceNames, TEST_KEY_HASHES } from '../../core/names';
import type { DeliveryStage } from './delivery-context';

/**
 * What the tests' own companies and people are called; the end-to-end suite takes no other names, and its role reaches
 * no other items.
 */
export const TEST_COMPANY_PREFIX = 'e2e-';

/** Marks the suite's own API keys, of which alone its role may remove any. */
export const TEST_KEY_TAG = 'ai-multi-comms-test';

/** Partition keys of test data. The people's numbers and addresses come from ranges that are reserved for fiction. */
const TEST_KEYS = {
  company: [`${TEST_COMPANY_PREFIX}*`, `api-key#${TEST_KEY_HASHES}*`],
  conversation: ['+447700900*', '*@example.com', `request#${TEST_COMPANY_PREFIX}*`, `usage#${TEST_COMPANY_PREFIX}*`],
};

/** Descriptions of resources; none of these actions reveals an item, a message or a secret. */
const DESCRIBE = [
  'cloudformation:DescribeStackDriftDetectionStatus',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetDashboard',
  'codedeploy:GetApplication',
  'codedeploy:GetDeploymentGroup',
  'dynamodb:DescribeContinuousBackups',
  'dynamodb:DescribeTable',
  'dynamodb:DescribeTimeToLive',
  'dynamodb:ListTagsOfResource',
  'events:DescribeRule',
  'events:ListTargetsByRule',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'lambda:GetAlias',
  'lambda:GetEventSourceMapping',
  'lambda:GetFunctionConfiguration',
  'lambda:GetPolicy',
  'lambda:ListVersionsByFunction',
  'logs:DescribeLogGroups',
  'logs:DescribeMetricFilters',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];

/** What the test role may read, and in stages whose tests make their own data, what it may write. */
export function testPermissions(scope: Construct, stage: DeliveryStage): PolicyStatement[] {
  const { account, partition } = Stack.of(scope);
  const { region } = stage;
  const names = resourceNames(stage.name);
  const arn = (service: string, rest: string, owner = account) =>
    `arn:${partition}:${service}:${region}:${owner}:${rest}`;
  const gateway = (paths: readonly string[]) => paths.map((path) => arn('apigateway', path, ''));
  return [
    new PolicyStatement({
      sid: 'ReadTheStack',
      actions: [
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStackResourceDrifts',
        'cloudformation:DetectStackDrift',
        'cloudformation:DetectStackResourceDrift',
      ],
      resources: [arn('cloudformation', `stack/${names.stack}/*`)],
    }),
    new PolicyStatement({ sid: 'DescribeResources', actions: DESCRIBE, resources: ['*'] }),
    // With a call that the function itself refuses, or with nothing to do: so a function that cannot start is found
    // before a client finds it.
    new PolicyStatement({
      sid: 'SeeThatFunctionsStart',
      actions: ['lambda:InvokeFunction'],
      resources: [
        names.router, names.reader, names.canceller, names.dryRun, names.clientReplies, names.eventApi,
        ...CHANNELS.map(names.processor),
      ].map((name) => arn('lambda', `function:${name}`)),
    }),
    new PolicyStatement({
      sid: 'ReadTheApi',
      actions: ['apigateway:GET'],
      resources: gateway(['/restapis', '/restapis/*', '/usageplans', '/usageplans/*']),
    }),
    // A plan's keys lie below it, and are answered with their values: whoever has one is that client.
    new PolicyStatement({
      sid: 'ReadNoKey',
      effect: Effect.DENY,
      actions: ['apigateway:GET'],
      resources: gateway(['/apikeys', '/apikeys/*', '/usageplans/*/keys', '/usageplans/*/keys/*']),
    }),
    ...(stage.writesTestData
      ? [
        items('TestCompanies', arn('dynamodb', `table/${names.companyTable}`), TEST_KEYS.company),
        items('TestConversations', arn('dynamodb', `table/${names.conversationTable}`), TEST_KEYS.conversation),
        ...testSecrets(stage, arn),
        ...testKeys(stage, arn),
      ]
      : []),
  ];
}

type ArnOf = (service: string, rest: string, owner?: string) => string;

/** The vendor credentials of test companies, and whether the model's key is there; no secret's value can be read. */
function testSecrets({ name }: DeliveryStage, arn: ArnOf): PolicyStatement[] {
  const { modelSecret, credentialSecret } = resourceNames(name);
  // A secret that is not there yet, or any more, is judged by its bare name: AWS appends the six characters when it
  // makes it.
  const secrets = (names: readonly string[]) =>
    names.flatMap((secret) => [
      arn('secretsmanager', `secret:${secret}`),
      arn('secretsmanager', `secret:${secret}-??????`),
    ]);
  return [
    new PolicyStatement({
      sid: 'SeeModelSecrets',
      actions: ['secretsmanager:DescribeSecret'],
      resources: secrets(CHANNELS.map(modelSecret)),
    }),
    new PolicyStatement({
      sid: 'MakeTestSecrets',
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret'],
      resources: secrets(CHANNELS.map((channel) => credentialSecret(channel, `${TEST_COMPANY_PREFIX}*`, '*'))),
    }),
  ];
}

/** API keys of the suite's own, told from clients' keys by their tag: without it one is neither made nor removed. */
function testKeys({ region }: DeliveryStage, arn: ArnOf): PolicyStatement[] {
  const tag = (word: string) => ({ StringEquals: { [`aws:${word}/${TEST_KEY_TAG}`]: 'true' } });
  return [
    new PolicyStatement({
      sid: 'MakeTestKeys',
      actions: ['apigateway:POST'],
      resources: [arn('apigateway', '/apikeys', '')],
      conditions: tag('RequestTag'),
    }),
    new PolicyStatement({
      sid: 'TagTestKeys',
      actions: ['apigateway:PUT'],
      // The tagged resource's own ARN, percent-encoded, is part of the path.
      resources: [arn('apigateway', `/tags/arn%3A*%3Aapigateway%3A${region}%3A%3A%2Fapikeys%2F*`, '')],
      conditions: tag('RequestTag'),
    }),
    new PolicyStatement({
      sid: 'AddKeysToUsagePlans',
      actions: ['apigateway:POST'],
      resources: [arn('apigateway', '/usageplans/*/keys', '')],
    }),
    new PolicyStatement({
      sid: 'RemoveTestKeys',
      actions: ['apigateway:DELETE'],
      resources: [arn('apigateway', '/apikeys/*', '')],
      conditions: tag('ResourceTag'),
    }),
  ];
}

/** Reads and writes items of test data, and no others. */
function items(sid: string, table: string, keys: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    sid,
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    resources: [table],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } },
  });
}
