import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENV_VARS } from '../core/env-vars';
import { EVENT_INDEX } from '../core/indexes';
import { resourceNames } from '../core/names';
import { EventApiFunction } from '../handlers/event-api-function';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ALL_RECIPIENT_KEYS, keysLike, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { endpointKeyArn } from './secret-access';
import type { StageSettings } from './stages';

/** A page of events with the words of each; a client that waits longer asks again. */
const EVENT_API_SECONDS = 10;

interface EventApiProps {
  readonly stage: StageSettings;
  readonly records: Records;
  /** The queue of calls for deliveries. */
  readonly queue: Queue;
}

/**
 * Manages the endpoints of clients' keys, and lists and replays their events. A function of its own: it alone of those
 * that clients call seals signing secrets, and it connects to no endpoint.
 */
export function eventApi(scope: Construct, { stage, records, queue }: EventApiProps): EngineLambda {
  return new EngineLambda(scope, 'Calls', {
    stage,
    records,
    handler: EventApiFunction,
    functionName: resourceNames(stage.name).eventApi,
    timeoutSeconds: EVENT_API_SECONDS,
    variables: {
      [ENV_VARS.allowedOrigins]: stage.allowedOrigins.join(','),
      [ENV_VARS.eventTable]: records.events.tableName,
      [ENV_VARS.deliveryQueueUrl]: queue.queueUrl,
      [ENV_VARS.endpointsOnLoopback]: 'false',
    },
    permissions: eventApiPermissions(records, queue, endpointKeyArn(scope, stage)),
  });
}

function eventApiPermissions({ companies, conversations, events }: Records, queue: Queue, key: string): Permissions {
  return {
    ReadKeys: {
      actions: ['dynamodb:GetItem'],
      resources: [companies.tableArn],
      conditions: keysLike('api-key#*'),
    },
    ManageEndpoints: {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resources: [events.tableArn],
      conditions: keysLike('endpoints#*'),
    },
    ReadEventsAndDeliveries: {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [events.tableArn],
      conditions: keysLike('events#*', 'deliveries#*'),
    },
    FindEvents: { actions: ['dynamodb:Query'], resources: [`${events.tableArn}/index/${EVENT_INDEX.name}`] },
    // What recipients wrote is read when it is listed: an erased person's is not there any more.
    ReadWords: {
      actions: ['dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', THREAD_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    // The first endpoint of a stage makes the key.
    SealSigningSecrets: {
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:GetSecretValue'],
      resources: [key],
    },
    CallForDeliveries: { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
  };
}
