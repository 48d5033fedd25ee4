import { Duration } from 'aws-cdk-lib';
import type { IAlarm, IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  PeriodOverride,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { resourceNames } from '../core/names';
import type { Metric } from '../core/ports/observer';
import type { Watched, WatchedChannel } from './watched';

/** Widgets of one row share its 24 columns. */
const COLUMNS = 24;

/** One row a question, in the order in which an operator asks. */
export function dashboard(scope: Construct, stage: string, engine: Watched, alarms: readonly IAlarm[]): Dashboard {
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: resourceNames(stage).dashboard,
    defaultInterval: Duration.hours(12),
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [
        new AlarmStatusWidget({
          title: 'Alarms; what to do: docs/runbook.md',
          alarms: [...alarms],
          width: COLUMNS,
          height: 5,
        }),
      ],
      ...question('Are messages flowing?', flowing(engine)),
      ...question('How fast? (milliseconds)', fast(engine)),
      ...question('What comes back?', comingBack(engine)),
      ...question('What fails?', failing(engine)),
      ...question('What does it cost?', costing(engine)),
    ],
  });
}

type Graphs = Readonly<Record<string, readonly IMetric[]>>;

function flowing({ metrics, channels, handoff }: Watched): Graphs {
  return {
    'Requests': [
      metrics.count('RequestAccepted').with({ label: 'accepted' }),
      metrics.count('RequestReplayed').with({ label: 'replayed' }),
    ],
    'Messages sent': countOfEach(channels, metrics, 'MessageSent'),
    'Waiting in the queue': channels.map(({ channel, queue }) =>
      queue.metricApproximateNumberOfMessagesVisible({ label: channel, statistic: Stats.MAXIMUM }),
    ),
    'Oldest in the queue (seconds)': channels.map(({ channel, queue }) =>
      queue.metricApproximateAgeOfOldestMessage({ label: channel, statistic: Stats.MAXIMUM }),
    ),
    'Waiting for a person': [
      metrics.count('ReviewsWaiting').with({ label: 'messages', statistic: Stats.MAXIMUM }),
      handoff.metricApproximateNumberOfMessagesVisible({ label: 'on the hand-off queue', statistic: Stats.MAXIMUM }),
    ],
  };
}

function fast({ metrics, channels, apiStage }: Watched): Graphs {
  return {
    'Answer of the API': [
      apiStage.metricLatency({ statistic: Stats.p(50), label: '50 %' }),
      apiStage.metricLatency({ statistic: Stats.p(99), label: '99 %' }),
      metrics.duration('RequestTime', 99).with({ label: 'router alone, 99 %' }),
    ],
    'Accepted to sent, 95 %': channels.map(({ channel }) =>
      metrics.duration('AcceptedToSent', 95, channel).with({ label: channel }),
    ),
    'Language model, 95 %': channels.map(({ channel }) =>
      metrics.duration('ModelTime', 95, channel).with({ label: channel }),
    ),
    'Vendor, 95 %': channels.map(({ channel }) => metrics.duration('SendTime', 95, channel).with({ label: channel })),
  };
}

function comingBack({ metrics, channels, turns }: Watched): Graphs {
  const replies = [
    'ReplyReceived', 'ReplyHandedOff', 'ReplyUnmatched', 'OptOutHeard', 'ReminderMade', 'ReplyMade', 'ConversationUnanswered',
  ] as const;
  return {
    'Receipts taken': countOfEach(channels, metrics, 'ReceiptTaken'),
    'Replies and opt-outs': replies.flatMap((name) =>
      channels.map(({ channel }) => metrics.count(name, channel).with({ label: `${channel} ${name}` })),
    ),
    'Events for clients': (
      ['EventPublished', 'EventLeftOut', 'EventDelivered', 'EventNotTaken', 'EndpointDisabled'] as const
    ).map((name) => metrics.count(name).with({ label: name })),
    'Silence of the stream of changes (milliseconds)': [
      metrics.duration('StreamSilence', 100).with({ label: 'longest' }),
    ],
    'Replies that wait to be read': [
      turns.queue.metricApproximateNumberOfMessagesVisible({ label: 'bursts', statistic: Stats.MAXIMUM }),
    ],
    'Calls of vendors that were not used': [
      metrics.count('WebhookRefused').with({ label: 'refused' }),
      metrics.count('WebhookUnreadable').with({ label: 'unreadable' }),
      metrics.count('ReceiptIgnored', 'email').with({ label: "events of others' mails" }),
      metrics.count('StopUnmatched').with({ label: 'stops that match no recipient' }),
    ],
  };
}

function failing({ metrics, channels, functions, apiStage }: Watched): Graphs {
  const bad = [
    'MessageFailed',
    'MessageExpired',
    'MessageCancelled',
    'MessageSuperseded',
    'MessageSuppressed',
    'SendUnknown',
    'SendUnconfirmed',
    'SentNotRecorded',
    'ConfigurationFault',
    'QueueBodyRefused',
    'HoldFailed',
  ] as const;
  return {
    'Messages': bad.flatMap((name) =>
      channels.map(({ channel }) => metrics.count(name, channel).with({ label: `${channel} ${name}` })),
    ),
    'Oldest wait for a person (milliseconds)': [
      metrics.duration('OldestReview', 100).with({ label: 'message' }),
      metrics.duration('OldestReply', 100).with({ label: 'reply' }),
    ],
    // A line for each reason that occurred: only those are paid for, and the list is closed (core/failure.ts).
    'Why messages stopped': [metrics.byDimension('MessageStopped', 'reason')],
    'Reconciled': [
      metrics.byDimension('Reconciled', 'action'),
      metrics.duration('OldestDue', 100).with({ label: 'oldest due (milliseconds)' }),
    ],
    'Refused requests': [
      metrics.byDimension('RequestRefused', 'code'),
      apiStage.metricServerError({ label: 'server errors' }),
    ],
    'Dead letters': channels.map(({ channel, deadLetters }) =>
      deadLetters.metricApproximateNumberOfMessagesVisible({ label: channel, statistic: Stats.MAXIMUM }),
    ),
    'Functions': Object.entries(functions).flatMap(([name, watched]) => [
      watched.metricErrors({ label: `${name} errors` }),
      watched.metricThrottles({ label: `${name} throttles` }),
    ]),
  };
}

function costing({ metrics, channels, functions }: Watched): Graphs {
  return {
    'Tokens of the language model': countOfEach(channels, metrics, 'ModelTokens'),
    'Tokens a message': channels.map(
      ({ channel }) =>
        new MathExpression({
          // Names of metrics are unique within a graph.
          expression: `${channel}Tokens / ${channel}Sent`,
          usingMetrics: {
            [`${channel}Tokens`]: metrics.count('ModelTokens', channel),
            [`${channel}Sent`]: metrics.count('MessageSent', channel),
          },
          label: channel,
        }),
    ),
    'Spent, by currency': [metrics.byDimension('Spent', 'currency')],
    'Time of functions (milliseconds)': Object.entries(functions).map(([label, watched]) =>
      watched.metricDuration({ label, statistic: Stats.SUM }),
    ),
    'For review': countOfEach(channels, metrics, 'MessageForReview'),
  };
}

function countOfEach(
  channels: readonly WatchedChannel[],
  metrics: Watched['metrics'],
  name: Metric,
): readonly IMetric[] {
  return channels.map(({ channel }) => metrics.count(name, channel).with({ label: channel }));
}

function question(title: string, graphs: Graphs): IWidget[][] {
  return [[new TextWidget({ markdown: `## ${title}`, width: COLUMNS, height: 1 })], ...rowsOf(Object.entries(graphs))];
}

/** CloudWatch takes whole columns only: rows of four at most, as even as may be. */
function rowsOf(graphs: ReadonlyArray<readonly [string, readonly IMetric[]]>): IWidget[][] {
  const rows = Math.ceil(graphs.length / 4);
  const length = Math.ceil(graphs.length / rows);
  return Array.from({ length: rows }, (_none, row) => graphs.slice(row * length, (row + 1) * length)).map((row) =>
    row.map(([title, left]) => new GraphWidget({ title, left: [...left], width: COLUMNS / row.length, height: 6 })));
}
