import { DeleteUsagePlanKeyCommand } from '@aws-sdk/client-api-gateway';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { UpdateContinuousBackupsCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { EventSourceMappingConfiguration, FunctionResponseType, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateEventSourceMappingCommand, DeleteEventSourceMappingCommand, GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { FoundTable } from '../found-resource';
import type { ImportableProperties, MappingSettings, TakeoverOperations } from '../takeover/operations';
import type { AccountClients } from './account-clients';
import { addKeysToPlan } from './gateway-resources';
import { callsOf, closeIntake, readIntake, relayIntake, restoreIntake } from './intake';
import { copyItems, digestTable } from './item-copy';
import { depthOf, MessageArchive } from './message-archive';
import { deleteOldStack, processedTemplate, updateOldStack } from './old-stack';
import { allOf, unlessGone } from './resource-adapter';
import { importIntoStack } from './stack-import';
import { describeStack } from './stage-stack';
import { addIndex, backUpTable, dropIndex, untilSettled } from './table-changes';
import { readTable } from './table-resources';
import { journalTable } from './takeover-journal';

const POLL_MILLISECONDS = 2000;
/** Lambda switches a mapping within minutes. */
const POLLS = 300;

export interface Clock {
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export function takeoverOperations(
  clients: AccountClients, where: TakeoverOperations['where'], stage: string, clock: Clock): TakeoverOperations {
  const { tables, stacks, gateway, functions, queues, alarms } = clients;
  const archive = new MessageArchive(queues, tables, journalTable(stage));
  return {
    where,
    ...clock,
    table: async (name) => readTable(tables, name),
    protectTable: async (name, { recovery, protection }) => {
      await tables.send(new UpdateContinuousBackupsCommand({
        TableName: name, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery },
      }));
      await tables.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: protection }));
      await untilSettled(tables, name, clock);
    },
    digest: async (table) => digestTable(tables, table),
    copyItems: async (from, to) => copyItems(tables, from, to),
    backUp: async (table: FoundTable) => backUpTable(tables, table, clock),
    addIndex: async (table, index) => addIndex(tables, table, index, clock),
    dropIndex: async (table, index) => dropIndex(tables, table, index, clock),
    stackStatus: async (name) => {
      const stack = await describeStack(stacks, name);
      if (!stack) return undefined;
      const held = await allOf(
        paginateListStackResources({ client: stacks }, { StackName: name }), (page) => page.StackResourceSummaries);
      return {
        resources: Object.fromEntries(held.map(
          ({ LogicalResourceId: logical = '', PhysicalResourceId: physical = '' }) => [logical, physical])),
        status: stack.StackStatus ?? 'UNKNOWN', isProtected: stack.EnableTerminationProtection ?? false,
        parameters: Object.fromEntries((stack.Parameters ?? []).map(
          ({ ParameterKey: key = '', ParameterValue: value = '' }) => [key, value])),
      };
    },
    stackTemplate: async (name) => processedTemplate(stacks, name),
    updateStack: async (name, template, options) => updateOldStack(stacks, { name, template, ...options }, clock.pause),
    deleteStack: async (name) => deleteOldStack(stacks, name, clock.pause),
    importInto: async (order) => importIntoStack(stacks, order, clock.pause),
    importable: async (kind, id) => (kind === 'queue' ? queueProperties(clients, id) : logGroupProperties(clients, id)),
    intake: async (apiId) => readIntake(gateway, apiId),
    closeIntake: async (apiId, intake) => closeIntake(gateway, apiId, intake),
    restoreIntake: async (apiId, intake) => restoreIntake(gateway, functions, apiId, intake, where),
    relayIntake: async (apiId, intake, functionName, alias) =>
      relayIntake(gateway, functions, apiId, intake, { ...where, functionName, alias }),
    callsOf: async (name, stageName, days) => callsOf(alarms, { name, stage: stageName }, days, clock.now()),
    depth: async (queue) => depthOf(queues, queue),
    archive: async (queue) => archive.take(queue),
    resend: async (queue) => archive.resend(queue),
    archived: async () => archive.counts(),
    ...mappingOperations(functions, clock),
    addKeys: async (planId, keyIds) => addKeysToPlan(gateway, planId, keyIds),
    removeKeys: async (usagePlanId, keyIds) => {
      for (const keyId of keyIds) await unlessGone(gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId })));
    },
  };
}

type MappingOperation = 'mapping' | 'switchMapping' | 'deleteMapping' | 'createMapping';

function mappingOperations(functions: LambdaClient, clock: Clock): Pick<TakeoverOperations, MappingOperation> {
  const mapping = async (UUID: string) => {
    const found = await unlessGone(functions.send(new GetEventSourceMappingCommand({ UUID })));
    return found && settingsOf(found);
  };
  return {
    mapping,
    switchMapping: async (id, isEnabled) => {
      await functions.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: isEnabled }));
      const wanted = isEnabled ? 'Enabled' : 'Disabled';
      for (let poll = 0; poll < POLLS; poll += 1) {
        if ((await mapping(id))?.state === wanted) return;
        await clock.pause(POLL_MILLISECONDS);
      }
      throw new Error(`Lambda has not made the event source mapping ${id} ${wanted} after ten minutes`);
    },
    deleteMapping: async (id) => {
      await unlessGone(functions.send(new DeleteEventSourceMappingCommand({ UUID: id })));
      for (let poll = 0; poll < POLLS && await mapping(id); poll += 1) await clock.pause(POLL_MILLISECONDS);
    },
    createMapping: async ({ functionName, sourceArn, batchSize, batchingSeconds, responseTypes, isEnabled }) => {
      await functions.send(new CreateEventSourceMappingCommand({
        FunctionName: functionName, EventSourceArn: sourceArn, BatchSize: batchSize, Enabled: isEnabled,
        MaximumBatchingWindowInSeconds: batchingSeconds,
        FunctionResponseTypes: responseTypes.filter(
          (type): type is FunctionResponseType => type === 'ReportBatchItemFailures'),
      }));
    },
  };
}

function settingsOf(found: EventSourceMappingConfiguration): MappingSettings & { readonly state: string } {
  const { FunctionArn = '', EventSourceArn = '', State: state = '' } = found;
  return {
    functionName: FunctionArn.split(':')[6] ?? '',
    sourceArn: EventSourceArn,
    batchSize: found.BatchSize,
    batchingSeconds: found.MaximumBatchingWindowInSeconds,
    responseTypes: found.FunctionResponseTypes ?? [],
    isEnabled: state === 'Enabled' || state === 'Enabling',
    state,
  };
}

const NUMBERS = [
  'VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'MaximumMessageSize', 'ReceiveMessageWaitTimeSeconds',
] as const;

async function queueProperties(clients: AccountClients, url: string): Promise<ImportableProperties | undefined> {
  const answer = await unlessGone(
    clients.queues.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })));
  if (!answer) return undefined;
  const { Attributes: attributes = {} } = answer;
  const numbers = NUMBERS.flatMap((name) => (attributes[name] === undefined ? [] : [[name, Number(attributes[name])]]));
  return {
    QueueName: url.slice(url.lastIndexOf('/') + 1),
    ...Object.fromEntries(numbers),
    ...(attributes.RedrivePolicy !== undefined && { RedrivePolicy: JSON.parse(attributes.RedrivePolicy) as unknown }),
    ...(attributes.KmsMasterKeyId !== undefined && { KmsMasterKeyId: attributes.KmsMasterKeyId }),
    ...(attributes.SqsManagedSseEnabled !== undefined && {
      SqsManagedSseEnabled: attributes.SqsManagedSseEnabled === 'true',
    }),
  };
}

async function logGroupProperties(clients: AccountClients, name: string): Promise<ImportableProperties | undefined> {
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const found = logGroups.find(({ logGroupName }) => logGroupName === name);
  if (!found) return undefined;
  const { retentionInDays, kmsKeyId } = found;
  return {
    LogGroupName: name,
    ...(retentionInDays !== undefined && { RetentionInDays: retentionInDays }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
  };
}
