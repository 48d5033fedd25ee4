import { isJsonObject } from '../template/json-object';
import type { StackResource, StackTemplate } from '../template/stack-template';
import type { PolicyStatement } from './policy-statement';
import { parsePolicy } from './policy-statement';

const WRITE_LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const WRITE_TRACES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];

/**
 * Actions that the policies of AWS's own allow on every resource, by the policy's name without its path.
 * Source: AWS Managed Policy Reference Guide, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/.
 */
const AWS_MANAGED_POLICIES: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: WRITE_LOGS,
  AWSLambdaSQSQueueExecutionRole: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...WRITE_LOGS],
  AWSXRayDaemonWriteAccess: WRITE_TRACES,
  AWSXrayWriteOnlyAccess: WRITE_TRACES,
};

/** Every statement that a role of the template holds: its own, those attached to it, and AWS's managed ones. */
export function rolePolicies(template: StackTemplate, role: StackResource): readonly PolicyStatement[] {
  // That of a stage denies what belongs to other stages, none of which is here, and otherwise allows everything.
  const boundary = role.properties.PermissionsBoundary;
  if (boundary !== undefined && !/:policy\/[\w-]+-boundary-[a-z0-9-]+$/.test(String(boundary))) {
    throw new Error(
      `The role ${role.logicalId} has a permissions boundary, ${String(boundary)}, which the embedded cloud cannot `
        + 'evaluate: leave it out of this stack.',
    );
  }
  const attached = [...template.ofType('AWS::IAM::Policy'), ...template.ofType('AWS::IAM::ManagedPolicy')]
    .filter((policy) => list(policy.properties.Roles).includes(role.reference));
  return [
    ...list(role.properties.Policies).flatMap((policy) => inlinePolicy(policy, role)),
    ...attached.flatMap((policy) => parsePolicy(policy.properties.PolicyDocument, policy.logicalId)),
    ...list(role.properties.ManagedPolicyArns).flatMap((arn) => managedPolicy(template, String(arn), role)),
  ];
}

function inlinePolicy(policy: unknown, role: StackResource): readonly PolicyStatement[] {
  const { PolicyName: name, PolicyDocument: document } = Object.fromEntries(Object.entries(Object(policy)));
  return parsePolicy(document, `${role.logicalId}/${String(name)}`);
}

function managedPolicy(template: StackTemplate, arn: string, role: StackResource): readonly PolicyStatement[] {
  const own = template.ofType('AWS::IAM::ManagedPolicy').find((policy) => policy.reference === arn);
  // One that lists the role itself is among those attached to it.
  if (own) {
    return list(own.properties.Roles).includes(role.reference)
      ? []
      : parsePolicy(own.properties.PolicyDocument, own.logicalId);
  }
  const name = arn.split('/').at(-1) ?? arn;
  const actions = /^arn:[^:]+:iam::aws:policy\//.test(arn) ? AWS_MANAGED_POLICIES[name] : undefined;
  if (!actions) {
    throw new Error(
      `The role ${role.logicalId} holds the managed policy ${arn}, which the embedded cloud does not know: ` +
        'add what it allows to tools/embedded-aws/permissions/stack-policies.ts.',
    );
  }
  return parsePolicy({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }, `${role.logicalId}/${name}`);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The statements of resources' own policies, by the resource's ARN. */
export function resourcePolicies(template: StackTemplate): ReadonlyMap<string, readonly PolicyStatement[]> {
  const policies = new Map<string, readonly PolicyStatement[]>();
  const add = (arn: string | undefined, document: unknown, origin: string): void => {
    if (arn !== undefined && document !== undefined) {
      policies.set(arn, [...(policies.get(arn) ?? []), ...parsePolicy(document, origin)]);
    }
  };
  for (const { properties, logicalId } of template.ofType('AWS::SQS::QueuePolicy')) {
    for (const url of list(properties.Queues)) {
      add(arnByReference(template, 'AWS::SQS::Queue', url), properties.PolicyDocument, logicalId);
    }
  }
  for (const { properties, logicalId } of template.ofType('AWS::SNS::TopicPolicy')) {
    for (const topic of list(properties.Topics)) {
      add(arnByReference(template, 'AWS::SNS::Topic', topic), properties.PolicyDocument, logicalId);
    }
  }
  for (const { properties, logicalId } of template.ofType('AWS::SecretsManager::ResourcePolicy')) {
    add(
      arnByReference(template, 'AWS::SecretsManager::Secret', properties.SecretId),
      properties.ResourcePolicy,
      logicalId,
    );
  }
  for (const key of template.ofType('AWS::KMS::Key')) add(key.arn, key.properties.KeyPolicy, key.logicalId);
  for (const table of template.ofType('AWS::DynamoDB::Table')) {
    const policy = table.properties.ResourcePolicy;
    add(table.arn, isJsonObject(policy) ? policy.PolicyDocument : undefined, table.logicalId);
  }
  return policies;
}

function arnByReference(template: StackTemplate, type: string, reference: unknown): string | undefined {
  const found = template.ofType(type).find((resource: StackResource) => resource.reference === reference);
  return found?.arn;
}
