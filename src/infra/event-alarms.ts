import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmRule } from './alarm-rule';

const QUARTER_HOUR = Duration.minutes(15);
const once = { threshold: 1, periods: 1 };
const most = (period: Duration) => ({ period, statistic: Stats.MAXIMUM });

/** Of the events that clients get. */
export const EVENT_ALARMS: readonly AlarmRule[] = [
  {
    anchor: 'endpoint-disabled',
    severity: 'warning',
    says: 'An endpoint of a company wants no events any more, or has failed for three days, and gets none',
    watches: ({ metrics }) => [{ metric: metrics.count('EndpointDisabled') }],
    ...once,
  },
  {
    anchor: 'events-behind',
    severity: 'critical',
    says: 'Changes of records have waited for a quarter of an hour to become events',
    watches: ({ functions }) => Object.entries(functions).filter(([name]) => name === 'event-publisher').map(
      ([, publisher]) => ({ metric: publisher.metric('IteratorAge', most(Duration.minutes(5))) }),
    ),
    threshold: QUARTER_HOUR.toMilliseconds(),
    periods: 1,
  },
  {
    anchor: 'stream-silent',
    severity: 'critical',
    says: 'The publisher has heard of no change for a quarter of an hour: nothing becomes an event',
    // Quieter stages make a change of their own each five minutes.
    watches: ({ metrics }) => [{ metric: metrics.duration('StreamSilence', 100) }],
    threshold: QUARTER_HOUR.toMilliseconds(),
    periods: 2,
  },
  {
    anchor: 'events-left-out',
    severity: 'warning',
    says: 'The events of a record could not be published and were put aside, to be tried again',
    watches: ({ metrics }) => [{ metric: metrics.count('EventLeftOut') }],
    ...once,
  },
  {
    anchor: 'delivery-dead-letters',
    severity: 'warning',
    says: 'Calls for deliveries of events could not be worked and lie in the dead-letter queue',
    watches: ({ deliveries: { deadLetters } }) => [
      { metric: deadLetters.metricApproximateNumberOfMessagesVisible(most(Duration.minutes(1))) },
    ],
    ...once,
  },
];
