import type { Construct } from 'constructs';
import { resourceNames } from '../core/names';
import { ENV_VARS } from '../core/env-vars';
import { ChannelRouterFunction } from '../handlers/channel-router-function';
import type { EngineChannel } from './channel';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ADDRESS_KEYS, ALL_RECIPIENT_KEYS, HISTORY_KEYS, keysLike, keysUnlike } from './record-access';
import type { Records } from './records';
import type { StageSettings } from './stages';

/**
 * Shorter than the 29 s that API Gateway waits, so that the client reads our own answer; a request takes well under
 * one.
 */
const ROUTER_SECONDS = 10;

/** A client waits for its answer: twice the memory is twice the processor. */
const ROUTER_MEGABYTES = 512;

export interface RouterProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly channels: readonly EngineChannel[];
}

/** Accepts requests: reads companies and keys, writes idempotency records and conversations, queues. */
export function router(scope: Construct, { stage, records, channels }: RouterProps): EngineLambda {
  const urls = channels.map(({ channel, queue }) => [channel, queue.queueUrl]);
  return new EngineLambda(scope, 'Router', {
    stage,
    records,
    handler: ChannelRouterFunction,
    functionName: resourceNames(stage.name).router,
    timeoutSeconds: ROUTER_SECONDS,
    memoryMegabytes: ROUTER_MEGABYTES,
    variables: {
      [ENV_VARS.queueUrls]: JSON.stringify(Object.fromEntries(urls)),
      [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(','),
      [ENV_VARS.retentionDays]: String(stage.recordRetentionDays),
    },
    permissions: routerPermissions(records, channels),
  });
}

function routerPermissions({ companies, conversations }: Records, channels: readonly EngineChannel[]): Permissions {
  return {
    ReadCompaniesAndKeys: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysUnlike(...HISTORY_KEYS),
    },
    ReadIdempotencyRecordsOptOutsAndUsage: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', 'usage#*', ADDRESS_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    MakeIdempotencyRecordsAndConversations: {
      actions: ['dynamodb:PutItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ...ALL_RECIPIENT_KEYS),
    },
    // The only records that the router changes once they are there; a conversation belongs to its processor.
    CountRequests: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*'),
    },
    SendToChannels: { actions: ['sqs:SendMessage'], resources: channels.map(({ queue }) => queue.queueArn) },
  };
}
