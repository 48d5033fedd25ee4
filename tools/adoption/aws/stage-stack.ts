import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeStacksCommand, GetTemplateCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { StageStack } from '../cloud';
import { allOf, unlessNoStack } from './resource-adapter';

/** Undefined if the stack does not exist. */
export async function readStageStack(client: CloudFormationClient, name: string): Promise<StageStack | undefined> {
  const stack = await describeStack(client, name);
  if (!stack) return undefined;
  const { StackStatus: status = 'UNKNOWN', Parameters: parameters = [] } = stack;
  if (status === 'REVIEW_IN_PROGRESS') return { status, template: undefined, parameters: [], usagePlanId: undefined };
  const { TemplateBody: template } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }));
  const resources = await allOf(
    paginateListStackResources({ client }, { StackName: name }), (page) => page.StackResourceSummaries);
  const plan = resources.find(
    ({ ResourceType: type, ResourceStatus: state = '' }) => type === 'AWS::ApiGateway::UsagePlan'
      && /^(CREATE|UPDATE)_COMPLETE$/.test(state));
  return {
    status, template, parameters: parameters.map(({ ParameterKey: key = '' }) => key),
    usagePlanId: plan?.PhysicalResourceId,
  };
}

export async function describeStack(client: CloudFormationClient, name: string) {
  const answer = await unlessNoStack(client.send(new DescribeStacksCommand({ StackName: name })));
  const stack = answer?.Stacks?.[0];
  return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack;
}
