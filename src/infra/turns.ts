import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { ENV_VARS } from '../core/env-vars';
import { TURN_LIMITS } from '../core/lifecycle/thread-limits';
import { resourceNames } from '../core/names';
import { QUEUE_RECEIVES } from '../core/queue-policy';
import { ConversationTurnsFunction } from '../handlers/conversation-turns-function';
import type { EngineChannel } from './channel';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { LONGEST_RETENTION, protectedQueue } from './protected-queue';
import { ALL_RECIPIENT_KEYS, keysLike, readCompanies, recordPermissions, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { modelKeyPermission } from './secret-access';
import type { StageSettings } from './stages';

/** As long as a worker may hold a thread, so that none outlives its turn. */
const TURN_SECONDS = TURN_LIMITS.lease / 1000;

export interface TurnsProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly handoff: Queue;
  /** Where answers of the engine are queued. */
  readonly channels: readonly EngineChannel[];
}

/** What recipients wrote, a burst a message: its queue, its dead letters, and the function that reads it. */
export class Turns extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, stage: StageSettings) {
    super(scope, id);
    const names = resourceNames(stage.name);
    this.deadLetters = protectedQueue(this, 'DeadLetters', stage, {
      queueName: names.turnDeadLetterQueue,
      retentionPeriod: LONGEST_RETENTION,
    });
    this.queue = protectedQueue(this, 'Queue', stage, {
      queueName: names.turnQueue,
      visibilityTimeout: Duration.seconds(6 * TURN_SECONDS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: QUEUE_RECEIVES },
    });
  }

  /**
   * A function of its own: it asks the model, which vendors' webhooks must not wait for. It can send nothing itself:
   * its answers are messages that the channels' processors prove and send.
   */
  worker({ stage, records, handoff, channels }: TurnsProps): EngineLambda {
    const urls = channels.map(({ channel, queue }) => [channel, queue.queueUrl]);
    const made = new EngineLambda(this, 'Worker', {
      stage,
      records,
      handler: ConversationTurnsFunction,
      functionName: resourceNames(stage.name).conversationTurns,
      timeoutSeconds: TURN_SECONDS,
      variables: {
        [ENV_VARS.turnQueueUrl]: this.queue.queueUrl,
        [ENV_VARS.handoffQueueUrl]: handoff.queueUrl,
        [ENV_VARS.queueUrls]: JSON.stringify(Object.fromEntries(urls)),
        [ENV_VARS.openaiUrl]: stage.vendors.openai,
      },
      permissions: this.permissions({ stage, records, handoff, channels }),
    });
    made.live.addEventSource(new SqsEventSource(this.queue, {
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: stage.processorConcurrency,
    }));
    return made;
  }

  private permissions({ stage, records, handoff, channels }: TurnsProps): Permissions {
    const { conversations } = records;
    return {
      ...recordPermissions(records, ALL_RECIPIENT_KEYS),
      // No secret but the models' is read here, which are no company's.
      ReadCompaniesButNoKeys: readCompanies(records, 'dynamodb:BatchGetItem'),
      // What a project has used is read where nothing of it was counted before.
      ReadAndChangeThreadsAndUsage: {
        actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        resources: [conversations.tableArn],
        conditions: keysLike(THREAD_KEYS, 'usage#*'),
      },
      // An answer is a message of its own, and its project's budget knows of it.
      MakeAnswers: {
        actions: ['dynamodb:PutItem'],
        resources: [conversations.tableArn],
        conditions: keysLike('request#*', ...ALL_RECIPIENT_KEYS),
      },
      SendToChannels: { actions: ['sqs:SendMessage'], resources: channels.map(({ queue }) => queue.queueArn) },
      TakeFromOwnQueue: {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      },
      HandOffToPeople: { actions: ['sqs:SendMessage'], resources: [handoff.queueArn] },
      ReadModelKeys: modelKeyPermission(this, stage, CHANNELS),
    };
  }
}
