import { isJsonObject } from '../template/json-object';
import type { StackResource, StackTemplate } from '../template/stack-template';
import type { PolicyStatement } from './policy-statement';
import { parsePolicy } from './policy-statement';

/** The statements of resources' own policies, by the resource's ARN. */
export function resourcePolicies(template: StackTemplate): ReadonlyMap<string, readonly PolicyStatement[]> {
  const policies = new Map<string, readonly PolicyStatement[]>();
  const add = (arn: string | undefined, document: unknown, origin: string): void => {
    if (arn !== undefined && document !== undefined) policies.set(arn, [...(policies.get(arn) ?? []), ...parsePolicy(document, origin)]);
  };
  for (const { properties, logicalId } of template.ofType('AWS::SQS::QueuePolicy')) {
    for (const url of list(properties.Queues)) add(arnByReference(template, 'AWS::SQS::Queue', url), properties.PolicyDocument, logicalId);
  }
  for (const { properties, logicalId } of template.ofType('AWS::SNS::TopicPolicy')) {
    for (const topic of list(properties.Topics)) add(arnByReference(template, 'AWS::SNS::Topic', topic), properties.PolicyDocument, logicalId);
  }
  for (const { properties, logicalId } of template.ofType('AWS::SecretsManager::ResourcePolicy')) {
    add(arnByReference(template, 'AWS::SecretsManager::Secret', properties.SecretId), properties.ResourcePolicy, logicalId);
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

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
