import type { Construct } from 'constructs';
import { ENV_VARS } from '../core/env-vars';
import { resourceNames } from '../core/names';
import { ClientRepliesFunction } from '../handlers/client-replies-function';
import type { EngineChannel } from './channel';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ADDRESS_KEYS, ALL_RECIPIENT_KEYS, keysLike, makeReplies, readCompanies, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import type { StageSettings } from './stages';

/**
 * Some ten reads and writes, each of which the SDK may repeat: a function that is ended between the reply's record and
 * its answer would tell the client of a fault, though the reply goes. API Gateway ends every call at 29.
 */
const CLIENT_REPLIES_SECONDS = 28;

interface ClientRepliesProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly channels: readonly EngineChannel[];
}

/**
 * Clients answer recipients, take over what is written with them, return it and acknowledge it. A function of its own:
 * it changes threads and sends words that no template holds, neither of which the router may.
 */
export function clientReplies(scope: Construct, { stage, records, channels }: ClientRepliesProps): EngineLambda {
  const urls = channels.map(({ channel, queue }) => [channel, queue.queueUrl]);
  return new EngineLambda(scope, 'ClientReplies', {
    stage,
    records,
    handler: ClientRepliesFunction,
    functionName: resourceNames(stage.name).clientReplies,
    timeoutSeconds: CLIENT_REPLIES_SECONDS,
    variables: {
      [ENV_VARS.queueUrls]: JSON.stringify(Object.fromEntries(urls)),
      [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(','),
    },
    permissions: clientRepliesPermissions(records, channels),
  });
}

function clientRepliesPermissions(records: Records, channels: readonly EngineChannel[]): Permissions {
  const { companies, conversations } = records;
  return {
    ReadKeys: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysLike('api-key#*'),
    },
    ReadCompanies: readCompanies(records, 'dynamodb:BatchGetItem'),
    // What a project has used is read where nothing of it was counted before.
    ReadConversationsOptOutsThreadsAndUsage: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', 'usage#*', ADDRESS_KEYS, THREAD_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    FindWhatIsAnswered: {
      actions: ['dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    MakeReplies: makeReplies(records),
    TakeOverThreadsAndCountReplies: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS, 'usage#*'),
    },
    // Notes on a conversation that its replies were dealt with.
    AcknowledgeReplies: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(...ALL_RECIPIENT_KEYS),
    },
    SendToChannels: { actions: ['sqs:SendMessage'], resources: channels.map(({ queue }) => queue.queueArn) },
  };
}
