import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { INDEXES } from '../core/indexes';
import { resourceNames } from '../core/names';
import { ENV_VARS } from '../core/env-vars';
import { vendorUrlVariable } from '../core/ports/vendor';
import { ReconcilerFunction } from '../handlers/reconciler-function';
import { VENDORS } from '../providers/vendors';
import type { EngineChannel } from './channel';
import { EngineLambda } from './engine-lambda';
import type { Permissions } from './permissions';
import { ALL_RECIPIENT_KEYS, keysLike, recordPermissions, THREAD_KEYS } from './record-access';
import type { Records } from './records';
import { credentialPermission } from './secret-access';
import type { StageSettings } from './stages';

/** Over before the next run begins. */
const RECONCILER_SECONDS = 55;

/** The channels whose vendor has a list of messages to look in. */
const LISTED = CHANNELS.filter((channel) => VENDORS[channel].findMessages);

export interface ReconcilerProps {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly channels: readonly EngineChannel[];
  /** Where bursts wait to be read. */
  readonly turns: Queue;
}

/**
 * Moves on what is stuck, each minute: one run at a time by a lease of its own (no concurrency is reserved: a new
 * account has none to spare), none repeated, since the next one goes on where it stopped.
 */
export function reconciler(scope: Construct, { stage, records, channels, turns }: ReconcilerProps): EngineLambda {
  const names = resourceNames(stage.name);
  const urls = channels.map(({ channel, queue }) => [channel, queue.queueUrl]);
  const made = new EngineLambda(scope, 'Reconciler', {
    stage,
    records,
    handler: ReconcilerFunction,
    functionName: names.reconciler,
    timeoutSeconds: RECONCILER_SECONDS,
    variables: {
      [ENV_VARS.queueUrls]: JSON.stringify(Object.fromEntries(urls)),
      [ENV_VARS.turnQueueUrl]: turns.queueUrl,
      ...Object.fromEntries(
        LISTED.map((channel) => [vendorUrlVariable(VENDORS[channel].name), stage.vendors[VENDORS[channel].name]]),
      ),
    },
    permissions: reconcilerPermissions(scope, { stage, records, channels, turns }),
  });
  made.live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  new Rule(scope, 'ReconcilerSchedule', {
    ruleName: names.reconciler,
    description: 'Looks after messages that are stuck',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(made.live, { retryAttempts: 0 })],
  });
  return made;
}

function reconcilerPermissions(
  scope: Construct,
  { stage, records, channels, turns }: ReconcilerProps,
): Permissions {
  const { conversations } = records;
  return {
    FindWhatIsDue: {
      actions: ['dynamodb:Query'],
      resources: [INDEXES.attention, INDEXES.reply].map(({ name }) => `${conversations.tableArn}/index/${name}`),
    },
    ReadSendsToRecipients: {
      actions: ['dynamodb:Query'],
      resources: [conversations.tableArn],
      conditions: keysLike(...ALL_RECIPIENT_KEYS),
    },
    ...recordPermissions(records, ALL_RECIPIENT_KEYS),
    // A reminder is a message of its own, and its project's budget knows of it.
    MakeReminders: {
      actions: ['dynamodb:PutItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ...ALL_RECIPIENT_KEYS),
    },
    ReadUsage: {
      actions: ['dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*'),
    },
    RunAlone: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('lease#*'),
    },
    QueueBurstsAgain: {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(THREAD_KEYS),
    },
    SendToTurns: { actions: ['sqs:SendMessage'], resources: [turns.queueArn] },
    SendToChannels: { actions: ['sqs:SendMessage'], resources: channels.map(({ queue }) => queue.queueArn) },
    ...Object.fromEntries(
      LISTED.map((channel) => [
        `ReadCredentialsOf${channel}`,
        credentialPermission(Stack.of(scope), stage, channel),
      ]),
    ),
  };
}
