import { Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { INDEXES } from '../core/indexes';
import type { EngineChannel } from './channel';
import type { Permissions } from './permissions';
import { ADDRESS_KEYS, ALL_RECIPIENT_KEYS, keysLike, keysUnlike, makeReplies, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { endpointKeyArn, modelKeyPermission } from './secret-access';
import type { StageSettings } from './stages';

/** What people do by the console. It can change or remove no audit item. */
export function consolePermissions(
  scope: Construct,
  {
    stage,
    records,
    channels,
    clientSecretName,
    deliveries,
  }: {
    readonly stage: StageSettings;
    readonly records: Records;
    readonly channels: readonly EngineChannel[];
    readonly clientSecretName?: string;
    /** The queue of calls for deliveries. */
    readonly deliveries: Queue;
  },
): Permissions {
  return {
    ...readPermissions(records),
    ...writePermissions(records),
    SendToChannels: { actions: ['sqs:SendMessage'], resources: channels.map(({ queue }) => queue.queueArn) },
    CountDeadLetters: {
      actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
      resources: channels.flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]),
    },
    ...endpointPermissions(records, deliveries, endpointKeyArn(scope, stage)),
    SeeAlarms: {
      actions: ['cloudwatch:DescribeAlarms'],
      resources: [Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm:*' })],
      whyWildcard: 'Alarms are asked for by the beginning of their names, which no one alarm can be named for.',
    },
    // For dry runs.
    ReadModelKeys: modelKeyPermission(scope, stage, CHANNELS),
    ...(clientSecretName !== undefined && {
      ReadClientSecret: {
        actions: ['secretsmanager:GetSecretValue'],
        resources: [
          Stack.of(scope).formatArn({
            service: 'secretsmanager',
            resource: `secret:${clientSecretName}-??????`,
          }),
        ],
      },
    }),
  };
}

function endpointPermissions({ events }: Records, deliveries: Queue, key: string): Permissions {
  return {
    SeeAndRotateEndpoints: {
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resources: [events.tableArn],
      conditions: keysLike('endpoints#*'),
    },
    ReadDeliveries: {
      actions: ['dynamodb:Query'],
      resources: [events.tableArn],
      conditions: keysLike('deliveries#*'),
    },
    SealSigningSecrets: { actions: ['secretsmanager:GetSecretValue'], resources: [key] },
    CallForDeliveries: { actions: ['sqs:SendMessage'], resources: [deliveries.queueArn] },
  };
}

function readPermissions({ companies, conversations }: Records): Permissions {
  return {
    ReadCompanies: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      resources: [companies.tableArn],
      conditions: keysUnlike('api-key#*'),
    },
    // A scan has no keys to be held to; only those who may see every company start it.
    ListCompanies: { actions: ['dynamodb:Scan'], resources: [companies.tableArn] },
    ReadConversations: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', 'usage#*', ADDRESS_KEYS, THREAD_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    ListConversations: {
      actions: ['dynamodb:Query'],
      resources: Object.values(INDEXES).map(({ name }) => `${conversations.tableArn}/index/${name}`),
    },
    FindRequestsAndReadReplies: {
      actions: ['dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', THREAD_KEYS),
    },
  };
}

function writePermissions(records: Records): Permissions {
  const { conversations } = records;
  return {
    DecideConversations: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*', ...ALL_RECIPIENT_KEYS),
    },
    TakeOverThreads: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    MakeReplies: makeReplies(records),
    KeepSessions: {
      actions: [
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      resources: [conversations.tableArn],
      conditions: keysLike('session#*', 'sessions-of#*', 'sign-in#*'),
    },
    WriteAndReadAudit: {
      actions: ['dynamodb:PutItem', 'dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike('audit#*'),
    },
  };
}
