import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Channel } from '../core/channel';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { Permissions } from './permissions';
import { keysLike, recipientKeys, recordPermissions, REPLY_ADDRESS_KEYS, SENDER_KEYS, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { secretPermissions } from './secret-access';
import type { StageSettings } from './stages';

export interface ProcessorReach {
  readonly scope: Construct;
  readonly stage: StageSettings;
  readonly channel: Channel;
  readonly records: Records;
  readonly queue: Queue;
  readonly handoff: Queue;
  readonly turns: Queue;
}

/**
 * What a channel's processor may do: its own queue, its own secrets, the conversations with recipients of its own
 * kind.
 */
export function processorPermissions(reach: ProcessorReach): Permissions {
  const { scope, stage, channel, records, queue, handoff, turns } = reach;
  return {
    ...recordPermissions(records, [recipientKeys(channel)]),
    TakeFromOwnQueue: {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    },
    // A message that waits is queued anew before its receives are used up.
    PutBackIntoOwnQueue: { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
    HandOffToPeople: { actions: ['sqs:SendMessage'], resources: [handoff.queueArn] },
    // A message that expects answers has a line in its thread, as has a reply that a test plays.
    JoinThreads: {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    NoteSenders: {
      actions: ['dynamodb:PutItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(SENDER_KEYS),
    },
    ...secretPermissions(scope, stage, channel),
    QueueRepliesToTests: { actions: ['sqs:SendMessage'], resources: [turns.queueArn] },
    FindTestsOfRecipients: {
      actions: ['dynamodb:Query'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(recipientKeys(channel)),
    },
    ...(CHANNEL_DEFINITIONS[channel].hasReplyAddresses ? {
      KeepReplyAddresses: {
        actions: ['dynamodb:PutItem'],
        resources: [records.conversations.tableArn],
        conditions: keysLike(REPLY_ADDRESS_KEYS),
      },
    } : {}),
  };
}
