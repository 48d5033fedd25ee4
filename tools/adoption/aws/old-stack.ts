import type { Change, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  CreateChangeSetCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CommandError } from '../../../src/cli/command-error';
import { describeStack } from './stage-stack';

const CHANGE_SET = 'takeover';
const POLL_MILLISECONDS = 3000;
const POLLS = 1200;
/** Bytes of a template that CloudFormation takes without a bucket. */
const LARGEST_TEMPLATE = 51_200;
const NO_CHANGE = /didn't contain changes|No updates are to be performed/i;

type Pause = (milliseconds: number) => Promise<void>;

export async function processedTemplate(client: CloudFormationClient, name: string): Promise<string> {
  const { TemplateBody: body = '' } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Processed' }));
  return body;
}

export interface StackUpdate {
  readonly name: string;
  readonly template: string;
  readonly canAdd?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Updates a stack if the change set shows nothing but changes of what is there, none of them a replacement. */
export async function updateOldStack(
  client: CloudFormationClient, { name, template, canAdd = false, parameters: values }: StackUpdate,
  pause: Pause): Promise<void> {
  if (Buffer.byteLength(template) > LARGEST_TEMPLATE) {
    throw new CommandError(`Updating the stack ${name} failed: its template is larger than ${LARGEST_TEMPLATE} bytes; `
      + 'set DeletionPolicy: Retain on its tables, queues, log groups and API in the old project, deploy that, '
      + 'then run this command again.');
  }
  const stack = await describeStack(client, name);
  const { Parameters: parameters = [] } = stack ?? {};
  await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
  await client.send(new CreateChangeSetCommand({
    StackName: name, ChangeSetName: CHANGE_SET, ChangeSetType: 'UPDATE', TemplateBody: template,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Parameters: values
      ? Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }))
      : parameters.map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
  }));
  const changes = await preparedChanges(client, name, pause);
  if (!changes) return;
  const harmful = changes.filter((change) => isHarmful(change, canAdd));
  if (harmful.length > 0) {
    await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
    const names = harmful.map(
      ({ ResourceChange: { LogicalResourceId = '', Action = '' } = {} }) => `${Action} ${LogicalResourceId}`);
    throw new CommandError(`Updating the stack ${name} failed and changed nothing: its change set would do more than `
      + `retain what holds data (${
        names.join(', ')}); the stack was changed meanwhile, so undo this step and repeat it.`);
  }
  await client.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
  await untilStatus(client, name, 'UPDATE_COMPLETE', pause);
}

/**
 * A reference to a resource that changes counts as a conditional replacement; since none of those is replaced, what it
 * refers to stays the same.
 */
function isHarmful({ ResourceChange: change = {} }: Change, canAdd: boolean): boolean {
  const { Action: action, Replacement: replacement, Details: details = [] } = change;
  if (action !== 'Modify') return !(canAdd && action === 'Add');
  if (replacement !== 'Conditional') return replacement === 'True';
  return details.some(({ Target: target, Evaluation: evaluation }) =>
    target?.RequiresRecreation !== 'Never' && evaluation === 'Static');
}

/** Undefined if there is nothing to change. */
async function preparedChanges(
  client: CloudFormationClient, name: string, pause: Pause): Promise<readonly Change[] | undefined> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const described = await client.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
    const { Status: status, StatusReason: reason = 'it gave no reason', Changes: changes = [] } = described;
    if (status === 'CREATE_COMPLETE') return changes;
    if (status === 'FAILED') {
      await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: CHANGE_SET }));
      if (NO_CHANGE.test(reason)) return undefined;
      throw new Error(`CloudFormation refused the update: ${reason}`);
    }
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('CloudFormation has not prepared the update after an hour');
}

export async function deleteOldStack(client: CloudFormationClient, name: string, pause: Pause): Promise<void> {
  const stack = await describeStack(client, name);
  if (!stack) return;
  // By its identifier a deleted stack can still be described.
  const id = stack.StackId ?? name;
  if (stack.StackStatus !== 'DELETE_IN_PROGRESS') await client.send(new DeleteStackCommand({ StackName: id }));
  for (let poll = 0; poll < POLLS; poll += 1) {
    const status = (await describeStack(client, id))?.StackStatus;
    if (status === undefined) return;
    if (status === 'DELETE_FAILED') {
      throw new Error(`CloudFormation could not delete the stack ${name}; its events say why: `
        + `aws cloudformation describe-stack-events --stack-name ${name}`);
    }
    await pause(POLL_MILLISECONDS);
  }
  throw new Error(`CloudFormation has not deleted the stack ${name} after an hour`);
}

async function untilStatus(client: CloudFormationClient, name: string, wanted: string, pause: Pause): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const status = (await describeStack(client, name))?.StackStatus ?? 'gone';
    if (status === wanted) return;
    if (!status.endsWith('_IN_PROGRESS')) throw new Error(`CloudFormation ended the update of ${name} with ${status}`);
    await pause(POLL_MILLISECONDS);
  }
  throw new Error(`CloudFormation has not finished the update of ${name} after an hour`);
}
