import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { resourceNames } from '../core/names';
import { ENV_VARS } from '../core/env-vars';
import { vendorUrlVariable } from '../core/ports/vendor';
import { VendorWebhooksFunction } from '../handlers/vendor-webhooks-function';
import { CONFIRMING_CHANNELS, VENDORS } from '../providers/vendors';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import {
  ADDRESS_KEYS, ALL_RECIPIENT_KEYS, keysLike, recordPermissions, REPLY_ADDRESS_KEYS, SENDER_KEYS, THREAD_KEYS,
} from './record-access';
import type { Records } from './records';
import { credentialPermission } from './secret-access';
import type { StageSettings } from './stages';

/** Less than the 15 s after which Twilio gives up; a call takes well under one. */
const WEBHOOK_SECONDS = 10;

export interface VendorWebhooksProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly handoff: Queue;
  /** Where bursts wait to be read. */
  readonly turns: Queue;
  /** Public base URL of the API: what vendors sign begins with it. */
  readonly receiptsUrl: string;
}

/** Takes what vendors report: receipts, and what recipients write. */
export function vendorWebhooks(scope: Construct, props: VendorWebhooksProps): EngineLambda {
  const { stage, records, handoff, turns, receiptsUrl } = props;
  return new EngineLambda(scope, 'VendorWebhooks', {
    stage,
    records,
    handler: VendorWebhooksFunction,
    functionName: resourceNames(stage.name).vendorWebhooks,
    timeoutSeconds: WEBHOOK_SECONDS,
    variables: {
      [ENV_VARS.handoffQueueUrl]: handoff.queueUrl,
      [ENV_VARS.turnQueueUrl]: turns.queueUrl,
      [ENV_VARS.receiptsUrl]: receiptsUrl,
      ...Object.fromEntries(CONFIRMING_CHANNELS.map((channel) => {
        const { name } = VENDORS[channel];
        return [vendorUrlVariable(name), stage.vendors[name]];
      })),
    },
    permissions: webhookPermissions(scope, props),
  });
}

function webhookPermissions(scope: Construct, { stage, records, handoff, turns }: VendorWebhooksProps): Permissions {
  return {
    ...recordPermissions(records, ALL_RECIPIENT_KEYS),
    // The writer may have no number: what they want is kept under whatever the vendor knows them by.
    KeepAliasesAndOptOuts: {
      actions: ['dynamodb:UpdateItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(ADDRESS_KEYS),
    },
    KeepReplies: {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    // A company's own sender is answered by no engine; of a service's number only receipts tell.
    KnowSenders: {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(SENDER_KEYS),
    },
    FindAnsweredMails: {
      actions: ['dynamodb:GetItem'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(REPLY_ADDRESS_KEYS),
    },
    FindConversationsOfSenders: {
      actions: ['dynamodb:Query'],
      resources: [records.conversations.tableArn],
      conditions: keysLike(...ALL_RECIPIENT_KEYS),
    },
    HandOffToPeople: { actions: ['sqs:SendMessage'], resources: [handoff.queueArn] },
    QueueBursts: { actions: ['sqs:SendMessage'], resources: [turns.queueArn] },
    // A call is proved by what the company and its vendor share. No model is asked here.
    ...Object.fromEntries(
      CHANNELS.map((channel) => [`ReadCredentialsOf${channel}`, credentialPermission(scope, stage, channel)]),
    ),
  };
}
