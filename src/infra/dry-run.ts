import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { ENV_VARS } from '../core/env-vars';
import { resourceNames } from '../core/names';
import { DryRunFunction } from '../handlers/dry-run-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ADDRESS_KEYS, ALL_RECIPIENT_KEYS, HISTORY_KEYS, keysLike, keysUnlike } from './record-access';
import type { Records } from './records';
import { modelKeyPermission } from './secret-access';
import type { StageSettings } from './stages';

/** The model has 20 seconds; API Gateway ends every call at 29. */
const DRY_RUN_SECONDS = 28;

/** A client waits for its answer: twice the memory is twice the processor. */
const DRY_RUN_MEGABYTES = 512;

/**
 * Composes a request's message and answers it. A function of its own: it asks the model, which the router must not wait
 * for, and can neither send, queue nor change a conversation.
 */
export function dryRun(
  scope: Construct,
  { stage, records }: { readonly stage: StageSettings; readonly records: Records },
): EngineLambda {
  return new EngineLambda(scope, 'DryRun', {
    stage,
    records,
    handler: DryRunFunction,
    functionName: resourceNames(stage.name).dryRun,
    timeoutSeconds: DRY_RUN_SECONDS,
    memoryMegabytes: DRY_RUN_MEGABYTES,
    variables: {
      [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(','),
      [ENV_VARS.openaiUrl]: stage.vendors.openai,
    },
    permissions: dryRunPermissions(scope, stage, records),
  });
}

function dryRunPermissions(scope: Construct, stage: StageSettings, { companies, conversations }: Records): Permissions {
  return {
    ReadCompaniesAndKeys: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysUnlike(...HISTORY_KEYS),
    },
    ReadIdempotencyRecordsAndOptOuts: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ADDRESS_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    CountRequests: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*'),
    },
    ReadModelKeys: modelKeyPermission(scope, stage, CHANNELS),
  };
}
