import type { Construct } from 'constructs';
import { resourceNames } from '../core/names';
import { ENV_VARS } from '../core/env-vars';
import { ConversationReaderFunction } from '../handlers/conversation-reader-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ALL_RECIPIENT_KEYS, keysLike, keysUnlike, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import type { StageSettings } from './stages';

/** Two reads; a client that waits longer asks again. */
const READER_SECONDS = 10;

/**
 * Answers clients what became of their requests, and what their templates need. A function of its own, since it can
 * change nothing: the router's right to write and queue stays out of reach of what clients call most, and clients that
 * poll take no concurrency from those that send.
 */
export function reader(
  scope: Construct,
  { stage, records }: { readonly stage: StageSettings; readonly records: Records },
): EngineLambda {
  return new EngineLambda(scope, 'Reader', {
    stage,
    records,
    handler: ConversationReaderFunction,
    functionName: resourceNames(stage.name).reader,
    timeoutSeconds: READER_SECONDS,
    variables: { [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(',') },
    permissions: readerPermissions(records),
  });
}

function readerPermissions({ companies, conversations }: Records): Permissions {
  return {
    ReadKeys: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysLike('api-key#*'),
    },
    // What a template needs stands in the company record.
    ListProjects: {
      actions: ['dynamodb:Query'],
      resources: [companies.tableArn],
      conditions: keysUnlike('api-key#*', 'template#*'),
    },
    ReadIdempotencyRecords: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*'),
    },
    ReadConversations: {
      actions: ['dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(...ALL_RECIPIENT_KEYS),
    },
    ReadReplies: {
      actions: ['dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
  };
}
