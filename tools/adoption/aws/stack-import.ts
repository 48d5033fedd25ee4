import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  CreateChangeSetCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackImport } from '../cloud';
import { describeStack } from './stage-stack';

const CHANGE_SET = 'adoption';
const POLL_MILLISECONDS = 3000;
const POLLS = 1200;

type Pause = (milliseconds: number) => Promise<void>;

/**
 * Lets a stack take over resources as they are, by a change set of type IMPORT; the stack is made where there is none.
 */
export async function importIntoStack(client: CloudFormationClient, order: StackImport, pause: Pause): Promise<void> {
  const { stack } = order;
  const isNew = !await clearAway(client, stack);
  await client.send(new CreateChangeSetCommand({
    StackName: stack,
    ChangeSetName: CHANGE_SET,
    ChangeSetType: 'IMPORT',
    TemplateBody: order.template,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Parameters: order.parameters.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
    ResourcesToImport: order.resources.map(({ type, logicalId, identifier }) =>
      ({ ResourceType: type, LogicalResourceId: logicalId, ResourceIdentifier: { ...identifier } })),
  }));
  try {
    await untilPrepared(client, stack, pause);
  } catch (error) {
    await client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: CHANGE_SET }));
    // Announced for this import alone, it holds nothing.
    if (isNew) await client.send(new DeleteStackCommand({ StackName: stack }));
    throw error;
  }
  await client.send(new ExecuteChangeSetCommand({ StackName: stack, ChangeSetName: CHANGE_SET }));
  await untilImported(client, stack, pause);
}

/** A run that was stopped leaves its change set behind. Answers whether the stack is there and more than announced. */
async function clearAway(client: CloudFormationClient, stack: string): Promise<boolean> {
  const described = await describeStack(client, stack);
  if (described) await client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: CHANGE_SET }));
  return described !== undefined && described.StackStatus !== 'REVIEW_IN_PROGRESS';
}

async function untilPrepared(client: CloudFormationClient, stack: string, pause: Pause): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const described = await client.send(new DescribeChangeSetCommand({ StackName: stack, ChangeSetName: CHANGE_SET }));
    const { Status: status, StatusReason: reason, ExecutionStatus: execution } = described;
    if (status === 'FAILED' || (status === 'CREATE_COMPLETE' && execution === 'UNAVAILABLE')) {
      throw new Error(`CloudFormation refused the import: ${reason ?? 'it gave no reason'}`);
    }
    if (status === 'CREATE_COMPLETE') return;
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('CloudFormation has not prepared the import after an hour');
}

async function untilImported(client: CloudFormationClient, stack: string, pause: Pause): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const described = await describeStack(client, stack);
    const status = described?.StackStatus ?? 'gone';
    if (status === 'IMPORT_COMPLETE') return;
    if (!status.endsWith('_IN_PROGRESS')) {
      throw new Error(
        `CloudFormation undid the import (${
          status}); the stack's events say why: aws cloudformation describe-stack-events --stack-name ${stack}`);
    }
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('CloudFormation has not finished the import after an hour');
}
