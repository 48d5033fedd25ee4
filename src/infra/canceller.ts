import type { Construct } from 'constructs';
import { ENV_VARS } from '../core/env-vars';
import { resourceNames } from '../core/names';
import { ConversationCancellerFunction } from '../handlers/conversation-canceller-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ALL_RECIPIENT_KEYS, keysLike, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import type { StageSettings } from './stages';

/**
 * Two reads and two writes, each of which the SDK may repeat twice after 3 seconds without an answer: a function that
 * is ended between the cancellation and its answer would tell the client of a fault, though the message is cancelled.
 * API Gateway ends every call at 29. A reply is handed over by some calls more: where they are cut off, the repeated
 * call does it.
 */
const CANCELLER_SECONDS = 28;

/**
 * Cancels clients' messages that are not sent yet. A function of its own: it changes records, which the reader must
 * not, and makes and queues none, as the router does.
 */
export function canceller(
  scope: Construct,
  { stage, records }: { readonly stage: StageSettings; readonly records: Records },
): EngineLambda {
  return new EngineLambda(scope, 'Canceller', {
    stage,
    records,
    handler: ConversationCancellerFunction,
    functionName: resourceNames(stage.name).canceller,
    timeoutSeconds: CANCELLER_SECONDS,
    variables: { [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(',') },
    permissions: cancellerPermissions(records),
  });
}

function cancellerPermissions({ companies, conversations }: Records): Permissions {
  return {
    ReadKeys: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysLike('api-key#*'),
    },
    ReadIdempotencyRecords: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*'),
    },
    CancelConversations: {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(...ALL_RECIPIENT_KEYS),
    },
    HandOverWhatACancelledReplyAnswered: {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    SettleUsage: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*'),
    },
  };
}
