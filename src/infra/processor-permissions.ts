import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Channel } from '../core/channel';
import type { Permissions } from './permissions';
import type { Records } from './records';
import { secretPermissions } from './secret-access';
import type { StageSettings } from './stages';

/** Partition keys that a grant is held to; every key of a call must match one. */
const keysLike = (...patterns: readonly string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } });

export interface ProcessorReach {
  readonly scope: Construct;
  readonly stage: StageSettings;
  readonly channel: Channel;
  readonly records: Records;
  readonly queue: Queue;
  readonly handoff: Queue;
}

/** What a channel's processor may do: its own queue, its own secrets, the conversations with recipients of its own kind. */
export function processorPermissions({ scope, stage, channel, records, queue, handoff }: ProcessorReach): Permissions {
  const { companies, conversations } = records;
  // A conversation's partition key is its recipient's address, in the form that the channel has (recipientAddress in core/request.ts).
  const recipients = channel === 'email' ? '*@*' : '+*';
  return {
    ReadCompaniesButNoKeys: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [companies.tableArn],
      conditions: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['api-key#*'] } },
    },
    ReadGuardsAndConversations: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', recipients),
    },
    // Opt-outs too, which lie beside the recipient's conversations. Nobody but the router makes records.
    ChangeConversations: { actions: ['dynamodb:UpdateItem'], resources: [conversations.tableArn], conditions: keysLike(recipients) },
    SettleUsage: { actions: ['dynamodb:UpdateItem'], resources: [conversations.tableArn], conditions: keysLike('usage#*') },
    TakeFromOwnQueue: {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    },
    // A message that waits is queued anew before its receives are used up.
    PutBackIntoOwnQueue: { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
    HandOffToPeople: { actions: ['sqs:SendMessage'], resources: [handoff.queueArn] },
    ...secretPermissions(scope, stage, channel),
  };
}
