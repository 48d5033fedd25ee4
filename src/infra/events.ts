import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DUE_INDEX, EVENT_INDEX } from '../core/indexes';
import { ENV_VARS } from '../core/env-vars';
import { resourceNames } from '../core/names';
import { QUEUE_RECEIVES } from '../core/queue-policy';
import { EventDeliveriesFunction } from '../handlers/event-deliveries-function';
import { EventPublisherFunction } from '../handlers/event-publisher-function';
import { EngineLambda } from './engine-lambda';
import { eventApi } from './event-api';
import type { Permissions } from './permissions';
import { LONGEST_RETENTION, protectedQueue } from './protected-queue';
import { ADDRESS_KEYS, ALL_RECIPIENT_KEYS, keysLike, STREAM_KEY, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { endpointKeyArn } from './secret-access';
import type { StageSettings } from './stages';

const PUBLISHER_SECONDS = 30;
/** Less than the lease on an endpoint. */
const DELIVERY_SECONDS = 60;

/** Endpoints that are served at once: each invocation works ten, and each endpoint has one worker. */
const DELIVERIES_AT_ONCE = 10;

export interface EngineEventsProps {
  readonly stage: StageSettings;
  readonly records: Records;
}

/** What clients learn: changes of records become events, and events go to the companies' endpoints. */
export class EngineEvents extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly publisher: EngineLambda;
  readonly deliveries: EngineLambda;
  /** Works what clients' keys call. */
  readonly calls: EngineLambda;

  constructor(scope: Construct, id: string, { stage, records }: EngineEventsProps) {
    super(scope, id);
    const names = resourceNames(stage.name);
    this.deadLetters = protectedQueue(this, 'DeadLetters', stage, {
      queueName: names.deliveryDeadLetters,
      retentionPeriod: LONGEST_RETENTION,
    });
    this.queue = protectedQueue(this, 'Queue', stage, {
      queueName: names.deliveryQueue,
      visibilityTimeout: Duration.seconds(6 * DELIVERY_SECONDS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: QUEUE_RECEIVES },
    });
    this.publisher = this.makePublisher(stage, records);
    this.deliveries = this.makeDeliveries(stage, records);
    this.calls = eventApi(this, { stage, records, queue: this.queue });
  }

  private makePublisher(stage: StageSettings, records: Records): EngineLambda {
    const names = resourceNames(stage.name);
    const made = new EngineLambda(this, 'Publisher', {
      stage,
      records,
      handler: EventPublisherFunction,
      functionName: names.eventPublisher,
      timeoutSeconds: PUBLISHER_SECONDS,
      variables: {
        [ENV_VARS.eventTable]: records.events.tableName,
        [ENV_VARS.deliveryQueueUrl]: this.queue.queueUrl,
      },
      permissions: publisherPermissions(records, this.queue),
    });
    made.live.addEventSource(new DynamoEventSource(records.conversations, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Several changes of a record within it are one call.
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { conversation_id: { S: FilterRule.notEquals('now') } } } })],
    }));
    made.live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Rule(this, 'CatchUp', {
      ruleName: names.eventPublisher,
      description: 'Calls endpoints whose next attempt is due, and publishes what was put aside',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(made.live, { retryAttempts: 0 })],
    });
    return made;
  }

  private makeDeliveries(stage: StageSettings, records: Records): EngineLambda {
    const made = new EngineLambda(this, 'Deliveries', {
      stage,
      records,
      handler: EventDeliveriesFunction,
      functionName: resourceNames(stage.name).eventDeliveries,
      timeoutSeconds: DELIVERY_SECONDS,
      variables: {
        [ENV_VARS.eventTable]: records.events.tableName,
        [ENV_VARS.deliveryQueueUrl]: this.queue.queueUrl,
        [ENV_VARS.endpointsOnLoopback]: 'false',
      },
      permissions: deliveryPermissions(records, this.queue, endpointKeyArn(this, stage)),
    });
    made.live.addEventSource(new SqsEventSource(this.queue, {
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: DELIVERIES_AT_ONCE,
    }));
    return made;
  }
}

function publisherPermissions({ conversations, events }: Records, queue: Queue): Permissions {
  return {
    FollowChanges: {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [conversations.tableStreamArn ?? ''],
    },
    ListStreams: {
      actions: ['dynamodb:ListStreams'],
      resources: ['*'],
      whyWildcard: 'Lambda lists streams before it follows one, and the action can only be granted on all of them.',
    },
    ReadChangedRecords: {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike(ADDRESS_KEYS, THREAD_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    PublishEvents: {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      resources: [events.tableArn],
      conditions: keysLike('events#*', 'published#*', 'endpoints#*'),
    },
    FindWhatIsDue: { actions: ['dynamodb:Query'], resources: [`${events.tableArn}/index/${DUE_INDEX.name}`] },
    PutAsideAndSettle: {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [events.tableArn],
      conditions: keysLike('left-out'),
    },
    NoteThatTheStreamIsFollowed: {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(STREAM_KEY),
    },
    // A scan can be held to no keys, so it is held to reading keys and moments.
    FindWhatTheStreamLeftOut: {
      actions: ['dynamodb:Scan'],
      resources: [conversations.tableArn],
      conditions: {
        'ForAllValues:StringEquals': {
          'dynamodb:Attributes': ['primary_channel', 'conversation_id', 'updated_at', 'timestamp'],
        },
        'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    },
    CallForDeliveries: { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
  };
}

function deliveryPermissions({ conversations, events }: Records, queue: Queue, key: string): Permissions {
  return {
    TakeCalls: {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
      resources: [queue.queueArn],
    },
    ReadEvents: {
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      resources: [events.tableArn],
      conditions: keysLike('events#*', 'endpoints#*', 'deliveries#*'),
    },
    FindEvents: { actions: ['dynamodb:Query'], resources: [`${events.tableArn}/index/${EVENT_INDEX.name}`] },
    KeepProgress: {
      actions: ['dynamodb:UpdateItem'],
      resources: [events.tableArn],
      conditions: keysLike('endpoints#*'),
    },
    // What recipients wrote is read when it is delivered: an erased person's is not there any more.
    ReadWords: {
      actions: ['dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', THREAD_KEYS, ...ALL_RECIPIENT_KEYS),
    },
    OpenSigningSecrets: { actions: ['secretsmanager:GetSecretValue'], resources: [key] },
  };
}
