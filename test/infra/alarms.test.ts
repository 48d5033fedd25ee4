import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANNELS } from '../../src/core/channel';
import { PRODUCT, resourceNames } from '../../src/core/names';
import { DURATION_METRICS, METRICS } from '../../src/core/ports/observer';
import { ALARMS } from '../../src/infra/alarm-rules';
import { runbookAddress } from '../../src/infra/bootstrap/delivery-context';
import { SAMPLE_STAGES } from './sample-stages';
import { namesOf, resourceNamed, resourcesOf, templateOf } from './template';

const ALARM = 'AWS::CloudWatch::Alarm';
/** Of the runbook, as a part of an expression. */
const ADDRESS = 'https://github\\.com/example-org/engine/blob/HEAD/docs/runbook\\.md';
const template = templateOf('dev');
const alarmNamed = (name: string) => resourceNamed(template, ALARM, 'AlarmName', `${PRODUCT}-${name}-dev`).Properties;
const [topicId] = Object.keys(resourcesOf(template, 'AWS::SNS::Topic'));

describe.each(SAMPLE_STAGES.map(({ name }) => name))('every alarm of %s', (stage) => {
  const stack = templateOf(stage);
  const alarms = Object.values(resourcesOf(stack, ALARM)).map(({ Properties }) => Properties);
  const [topic] = Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'));

  test('tells the alerts topic when it begins and when it ends', () => {
    expect(alarms.map(({ AlarmActions, OKActions }) => [AlarmActions, OKActions])).toEqual(
      alarms.map(() => [[{ Ref: topic }], [{ Ref: topic }]]),
    );
    expect(alarms.length).toBeGreaterThan(0);
  });

  test('says how bad it is, what is the matter and where the runbook goes on', () => {
    const anchors = ALARMS.map(({ anchor }) => anchor).join('|');
    const pattern = new RegExp(`^(critical|warning): .{20,}\\. What to do: ${ADDRESS}#(${anchors})$`);
    expect(alarms.map(({ AlarmDescription }) => AlarmDescription).filter((text) => !pattern.test(text))).toEqual([]);
  });

  test('bears the product\'s and the stage\'s names', () => {
    expect(
      namesOf(stack, ALARM, 'AlarmName').filter(
        (name) => !name.startsWith(`${PRODUCT}-`) || !name.endsWith(`-${stage}`),
      ),
    ).toEqual([]);
  });

  test('takes silence for good news', () => {
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching')).toEqual([]);
  });

  test('that watches the engine\'s own figures, watches ones that the functions tell', () => {
    const metrics = alarms.flatMap(({ MetricName, Namespace, Dimensions, Metrics = [] }) => [
      { MetricName, Namespace, Dimensions },
      ...Metrics.flatMap(
        ({ MetricStat }: { readonly MetricStat?: { readonly Metric: object } }) => MetricStat?.Metric ?? [],
      ),
    ]);
    const own = metrics.filter(({ Namespace }) => Namespace && !Namespace.startsWith('AWS/'));
    expect(own.filter(({ Namespace }) => Namespace !== `${PRODUCT}-${stage}`)).toEqual([]);
    expect(own.filter(({ MetricName }) => ![...METRICS, ...DURATION_METRICS].includes(MetricName))).toEqual([]);
    expect(
      own.filter(
        ({ Dimensions }) =>
          !Dimensions.some(
            ({ Name, Value }: { Name: string; Value: string }) => Name === 'service' && Value === PRODUCT,
          ),
      ),
    ).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
  });
});

test('where no repository is known, the runbook is named by its path', () => {
  expect(runbookAddress(undefined)).toBe('docs/runbook.md');
});

test('the runbook has one heading an alarm, in the alarms\' order, and no other', () => {
  const [, alarms = ''] = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8').split(/^## Alarms$/m);
  const [section = ''] = alarms.split(/^## /m);
  const headings = [...section.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  expect(headings).toEqual(ALARMS.map(({ anchor }) => anchor));
});

test('there is an alarm for each thing that an operator must hear of', () => {
  const functions = [
    'router',
    'conversation-reader',
    'conversation-canceller',
    'dry-run',
    'client-replies',
    'event-api',
    'event-deliveries',
    'event-publisher',
    'reconciler',
    'vendor-webhooks',
    'conversation-turns',
    ...CHANNELS.map((channel) => `${channel}-processor`),
  ];
  const perChannel = [
    'dead-letters',
    'oldest-message',
    'failure-rate',
    'sent-not-recorded',
    'send-unconfirmed',
    'configuration-fault',
    'dropped-message',
  ];
  const expected = [
    ...CHANNELS.flatMap((channel) => perChannel.map((anchor) => `${channel}-${anchor}`)),
    ...functions.flatMap((name) => [`${name}-function-errors`, `${name}-new-version`, `${name}-function-throttles`]),
    'endpoint-disabled', 'events-behind', 'stream-silent', 'events-left-out', 'delivery-dead-letters',
    'api-errors', 'api-latency', 'handoff-age', 'reply-wait', 'handoff-queue', 'webhook-refused', 'stop-unmatched',
    'oldest-due',
    'unread-replies', 'reply-age',
    'mail-turned-away', 'webhook-unreadable',
  ];
  expect(namesOf(template, ALARM, 'AlarmName')).toEqual(expected.map((name) => `${PRODUCT}-${name}-dev`).sort());
});

test.each(CHANNELS)('the alarms of %s watch its own queues and figures', (channel) => {
  const names = resourceNames('dev');
  const queueOf = (alarm: string) =>
    template.Resources[alarmNamed(`${channel}-${alarm}`).Dimensions[0].Value['Fn::GetAtt'][0]]?.Properties
      .QueueName;
  expect([queueOf('dead-letters'), queueOf('oldest-message')]).toEqual([
    names.deadLetterQueue(channel),
    names.queue(channel),
  ]);
  const figures = ['sent-not-recorded', 'configuration-fault', 'dropped-message'].map(
    (anchor) => alarmNamed(`${channel}-${anchor}`).Dimensions,
  );
  expect(figures).toEqual(
    figures.map(() => [
      { Name: 'channel', Value: channel },
      { Name: 'service', Value: PRODUCT },
    ]),
  );
});

test.each(CHANNELS)('one dead letter of %s is enough, within a minute', (channel) => {
  expect(alarmNamed(`${channel}-dead-letters`)).toMatchObject({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Statistic: 'Maximum',
    Threshold: 1,
    Period: 60,
    EvaluationPeriods: 1,
  });
});

test.each([
  ['sms-oldest-message', { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 900 }],
  ['router-function-errors', { MetricName: 'Errors', Threshold: 1 }],
  ['email-processor-function-throttles', { MetricName: 'Throttles', Threshold: 1 }],
  ['api-errors', { MetricName: '5XXError', Statistic: 'Sum', Threshold: 3 }],
  ['api-latency', { MetricName: 'Latency', ExtendedStatistic: 'p99', Threshold: 3000 }],
  ['sms-sent-not-recorded', { MetricName: 'SentNotRecorded', Threshold: 1 }],
  ['whatsapp-configuration-fault', { MetricName: 'ConfigurationFault', Threshold: 1 }],
  ['webhook-refused', { MetricName: 'WebhookRefused', Threshold: 20, Period: 15 * 60 }],
  ['handoff-queue', { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 24 * 60 * 60 }],
  ['reply-wait', { MetricName: 'OldestReply', ExtendedStatistic: 'p100', Threshold: 4 * 60 * 60_000 }],
  ['handoff-age', { MetricName: 'OldestReview', ExtendedStatistic: 'p100', Threshold: 4 * 60 * 60_000 }],
])('%s watches what it is named after', (name, expected) => {
  expect(alarmNamed(name)).toMatchObject({ ...expected, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
});

test('the API\'s alarms watch the deployed stage', () => {
  const dimensions = alarmNamed('api-errors').Dimensions.map(({ Name }: { readonly Name: string }) => Name);
  expect(dimensions.sort()).toEqual(['ApiName', 'Stage']);
});

describe('the failure rate', () => {
  const { Metrics, Threshold } = alarmNamed('sms-failure-rate');
  const [{ Expression: expression }, ...watched] = Metrics;

  /** The expression as CloudWatch works it out; undefined stands for a figure that was not told. */
  function rate(failed: number | undefined, sent: number | undefined): number {
    const evaluate = new Function('failed', 'sent', 'FILL', 'IF', `return ${expression}`);
    return evaluate(
      failed, sent,
      (value: number | undefined, filler: number) => value ?? filler,
      (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    );
  }

  test('is the failed of all that came to an end', () => {
    const told = (id: string, name: string) => ({
      Id: id,
      MetricStat: { Metric: { MetricName: name }, Stat: 'Sum', Period: 15 * 60 },
    });
    expect(watched).toMatchObject([told('failed', 'MessageFailed'), told('sent', 'MessageSent')]);
    expect([rate(1, 4), rate(10, 90), rate(0, 50)]).toEqual([20, 10, 0]);
  });

  test('rings when every message fails and none is sent', () => {
    expect(rate(5, undefined)).toBe(100);
    expect(rate(5, undefined)).toBeGreaterThanOrEqual(Threshold);
  });

  test('is silent where there are too few messages to tell', () => {
    expect([rate(4, undefined), rate(3, 1), rate(undefined, undefined)]).toEqual([0, 0, 0]);
  });
});

test('all alarms of a stage report to one topic', () => {
  expect(Object.keys(resourcesOf(template, 'AWS::SNS::Topic'))).toEqual([topicId]);
});
