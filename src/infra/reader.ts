import type { Construct } from 'constructs';
import { INDEXES } from '../core/indexes';
import { resourceNames } from '../core/names';
import { dueShard, REVIEW_SHARD } from '../core/lifecycle/work-due-index';
import { ENV_VARS } from '../core/env-vars';
import { ConversationReaderFunction } from '../handlers/conversation-reader-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ALL_RECIPIENT_KEYS, HISTORY_KEYS, keysLike, keysUnlike, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import type { StageSettings } from './stages';

/** Some reads; a client that waits longer asks again. */
const READER_SECONDS = 10;

/**
 * Answers clients what became of their requests, one by one or as a list, and what their templates need. A function of
 * its own, since it can change nothing: the router's right to write and queue stays out of reach of what clients call
 * most, and clients that poll take no concurrency from those that send.
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
      conditions: keysUnlike('api-key#*', ...HISTORY_KEYS),
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
    // Keys alone, in lists; the identifier in each says whose it is before its record is read.
    ListByProject: {
      actions: ['dynamodb:Query'],
      resources: [`${conversations.tableArn}/index/${INDEXES.project.name}`],
    },
    ListWhatIsOpen: {
      actions: ['dynamodb:Query'],
      resources: [`${conversations.tableArn}/index/${INDEXES.attention.name}`],
      conditions: keysLike(REVIEW_SHARD, dueShard('*')),
    },
    ReadReplies: {
      actions: ['dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
  };
}
