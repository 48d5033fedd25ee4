import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { REVIEW_LIMIT } from '../core/lifecycle/review-transitions';
import type { AlarmRule, WatchedMetric } from './alarm-rule';
import { EVENT_ALARMS } from './event-alarms';
import type { Watched, WatchedChannel } from './watched';
import { WEBHOOK_ALARMS } from './webhook-alarms';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER_HOUR = Duration.minutes(15);

/** What takes a release back. */
export const NEW_VERSION = 'new-version';

/** Fewer messages than this in a quarter of an hour make no rate. */
const LEAST_MESSAGES = 5;

const most = (period: Duration) => ({ period, statistic: Stats.MAXIMUM });
const once = { threshold: 1, periods: 1 };

/** Every alarm of a stage; all report to the alerts topic. */
export const ALARMS: readonly AlarmRule[] = [
  {
    anchor: 'dead-letters',
    severity: 'critical',
    says: 'Messages could not be processed and lie in the dead-letter queue',
    watches: (engine) =>
      eachChannel(engine, ({ deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible(most(MINUTE))),
    ...once,
  },
  {
    anchor: 'oldest-message',
    severity: 'warning',
    says: 'A message has waited in the queue for a quarter of an hour',
    watches: (engine) =>
      eachChannel(engine, ({ queue }) => queue.metricApproximateAgeOfOldestMessage(most(FIVE_MINUTES))),
    threshold: QUARTER_HOUR.toSeconds(),
    periods: 3,
  },
  {
    anchor: 'unread-replies',
    severity: 'critical',
    says: 'Replies could not be read and lie in the dead-letter queue of turns',
    watches: ({ turns }) => [{ metric: turns.deadLetters.metricApproximateNumberOfMessagesVisible(most(MINUTE)) }],
    ...once,
  },
  {
    anchor: 'reply-age',
    severity: 'warning',
    says: 'A reply has waited to be read for a quarter of an hour',
    watches: ({ turns }) => [{ metric: turns.queue.metricApproximateAgeOfOldestMessage(most(FIVE_MINUTES)) }],
    threshold: QUARTER_HOUR.toSeconds(),
    periods: 3,
  },
  {
    anchor: 'function-errors',
    severity: 'warning',
    says: 'The function failed: business results never do, so it is a bug or an outage of AWS',
    watches: (engine) => eachFunction(engine, (watched) => watched.metricErrors({ period: FIVE_MINUTES })),
    ...once,
  },
  {
    anchor: NEW_VERSION,
    severity: 'critical',
    says: 'A new version of the function failed, and its release is taken back',
    watches: ({ live }) =>
      Object.entries(live).map(([subject, alias]) => ({ subject, metric: errorsOfVersion(alias) })),
    ...once,
  },
  {
    anchor: 'function-throttles',
    severity: 'warning',
    says: "Lambda did not start the function because the account's concurrency was used up",
    watches: (engine) => eachFunction(engine, (watched) => watched.metricThrottles({ period: FIVE_MINUTES })),
    ...once,
  },
  {
    anchor: 'api-errors',
    severity: 'critical',
    says: 'Clients were answered with server errors',
    watches: ({ apiStage }) => [{ metric: apiStage.metricServerError({ period: FIVE_MINUTES }) }],
    threshold: 3,
    periods: 1,
  },
  {
    anchor: 'api-latency',
    severity: 'warning',
    says: 'One request in a hundred takes three seconds or more',
    watches: ({ apiStage }) => [{ metric: apiStage.metricLatency({ period: FIVE_MINUTES, statistic: Stats.p(99) }) }],
    threshold: 3000,
    periods: 3,
  },
  {
    anchor: 'console-errors',
    severity: 'warning',
    says: 'People were answered with server errors by the console',
    watches: ({ consoleApi }) =>
      consoleApi ? [{ metric: consoleApi.metricServerError({ period: FIVE_MINUTES }) }] : [],
    threshold: 3,
    periods: 1,
  },
  {
    anchor: 'sent-not-recorded',
    severity: 'critical',
    says: 'A vendor accepted a message, and the record of it could not be written',
    watches: (engine) => eachChannel(engine, ({ channel }) => engine.metrics.count('SentNotRecorded', channel)),
    ...once,
  },
  {
    anchor: 'send-unconfirmed',
    severity: 'critical',
    says: 'A send whose answer was lost was never confirmed by its vendor',
    watches: (engine) => eachChannel(engine, ({ channel }) => engine.metrics.count('SendUnconfirmed', channel)),
    ...once,
  },
  {
    anchor: 'oldest-due',
    severity: 'warning',
    says: 'A message that needs looking after has waited for it for a quarter of an hour',
    watches: ({ metrics }) => [{ metric: metrics.duration('OldestDue', 100) }],
    threshold: QUARTER_HOUR.toMilliseconds(),
    periods: 3,
  },
  {
    anchor: 'configuration-fault',
    severity: 'warning',
    says: 'A company record or secret is incomplete or refused, so its messages do not go',
    watches: (engine) => eachChannel(engine, ({ channel }) => engine.metrics.count('ConfigurationFault', channel)),
    ...once,
  },
  ...WEBHOOK_ALARMS,
  {
    anchor: 'dropped-message',
    severity: 'warning',
    says: 'The queue held something that names no conversation, and it was dropped',
    watches: (engine) => eachChannel(engine, ({ channel }) => engine.metrics.count('QueueBodyRefused', channel)),
    ...once,
  },
  {
    anchor: 'failure-rate',
    severity: 'critical',
    says: `A fifth or more of the messages failed, of at least ${LEAST_MESSAGES} in a quarter of an hour`,
    watches: (engine) =>
      eachChannel(
        engine,
        ({ channel }) =>
          new MathExpression({
            expression:
              `IF(FILL(failed, 0) + FILL(sent, 0) >= ${LEAST_MESSAGES}, 100 * FILL(failed, 0) / ` +
              '(FILL(failed, 0) + FILL(sent, 0)), 0)',
            usingMetrics: {
              failed: engine.metrics.count('MessageFailed', channel),
              sent: engine.metrics.count('MessageSent', channel),
            },
            label: '% failed',
            period: QUARTER_HOUR,
          }),
      ),
    threshold: 20,
    periods: 1,
  },
  ...EVENT_ALARMS,
  {
    anchor: 'handoff-age',
    severity: 'warning',
    says: 'A message has waited for a person for four hours',
    // Not the queue's age: it forgets after 14 days, and leaves out what has been received a few times.
    watches: ({ metrics }) => [{ metric: metrics.duration('OldestReview', 100) }],
    threshold: REVIEW_LIMIT,
    periods: 1,
  },
  {
    anchor: 'reply-wait',
    severity: 'warning',
    says: 'A recipient has waited for a person\'s answer for four hours',
    watches: ({ metrics }) => [{ metric: metrics.duration('OldestReply', 100) }],
    threshold: REVIEW_LIMIT,
    periods: 1,
  },
  {
    anchor: 'handoff-queue',
    severity: 'warning',
    says:
      'Something has lain on the hand-off queue for a day: a reply that was not taken, or the copy of a ' +
      'message that was decided',
    watches: ({ handoff }) => [{ metric: handoff.metricApproximateAgeOfOldestMessage(most(FIVE_MINUTES)) }],
    threshold: Duration.days(1).toSeconds(),
    periods: 1,
  },
];

/**
 * Of the version that is called from now on, alone: an alarm about the one before, which a release may be there to
 * mend, must stop no release. It begins without any data whenever the version changes.
 */
function errorsOfVersion(alias: Alias): Metric {
  const { lambda: { functionName } } = alias;
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensionsMap: {
      FunctionName: functionName,
      Resource: `${functionName}:${alias.aliasName}`,
      ExecutedVersion: alias.version.version,
    },
    statistic: Stats.SUM,
    period: MINUTE,
  });
}

function eachChannel({ channels }: Watched, metric: (channel: WatchedChannel) => IMetric): readonly WatchedMetric[] {
  return channels.map((channel) => ({ subject: channel.channel, metric: metric(channel) }));
}

function eachFunction({ functions }: Watched, metric: (watched: IFunction) => IMetric): readonly WatchedMetric[] {
  return Object.entries(functions).map(([subject, watched]) => ({ subject, metric: metric(watched) }));
}
