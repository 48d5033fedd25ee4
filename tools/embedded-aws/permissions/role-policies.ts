import type { StackResource, StackTemplate } from '../template/stack-template';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies';
import type { PolicyStatement } from './policy-statement';
import { parsePolicy } from './policy-statement';

/** Every statement that a role of the template holds: its own, those attached to it, and AWS's managed ones. */
export function rolePolicies(template: StackTemplate, role: StackResource): readonly PolicyStatement[] {
  if (role.properties.PermissionsBoundary !== undefined) {
    throw new Error(`The role ${role.logicalId} has a permissions boundary, which the embedded cloud cannot evaluate: leave it out of this stack.`);
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
  if (own) return list(own.properties.Roles).includes(role.reference) ? [] : parsePolicy(own.properties.PolicyDocument, own.logicalId);
  const name = arn.split('/').at(-1) ?? arn;
  const actions = /^arn:[^:]+:iam::aws:policy\//.test(arn) ? AWS_MANAGED_POLICIES[name] : undefined;
  if (!actions) {
    throw new Error(`The role ${role.logicalId} holds the managed policy ${arn}, which the embedded cloud does not know: ` +
      'add what it allows to tools/embedded-aws/permissions/aws-managed-policies.ts.');
  }
  return parsePolicy({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }, `${role.logicalId}/${name}`);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
