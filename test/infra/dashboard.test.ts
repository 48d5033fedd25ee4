import { CHANNELS } from '../../src/core/channel';
import { DURATION_METRICS, METRICS } from '../../src/core/ports/observer';
import { resourcesOf, templateOf } from './template';

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly x: number;
  readonly y: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: ReadonlyArray<readonly unknown[]>;
  };
}

const template = templateOf('dev');
const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).map(
  ({ Properties }) => Properties,
);
const parts: ReadonlyArray<string | object> = dashboard?.DashboardBody['Fn::Join'][1];
/** References to resources stand as plain words. */
const body = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
const widgets: readonly Widget[] = JSON.parse(body).widgets;

test('the dashboard answers an operator\'s questions in order', () => {
  expect(widgets.flatMap(({ properties }) => properties.markdown ?? [])).toEqual([
    '## Are messages flowing?',
    '## How fast? (milliseconds)',
    '## What comes back?',
    '## What fails?',
    '## What does it cost?',
  ]);
});

test('it begins with the state of every alarm', () => {
  const [first] = widgets;
  expect(first?.type).toBe('alarm');
  expect(first?.properties.alarms).toHaveLength(Object.keys(resourcesOf(template, 'AWS::CloudWatch::Alarm')).length);
});

test('no figure is told in vain: each one is shown', () => {
  expect(
    [...METRICS, ...DURATION_METRICS].filter(
      (metric) => !body.includes(`"${metric}"`) && !body.includes(`\\"${metric}\\"`),
    ),
  ).toEqual([]);
});

test('messages, queues, speed and tokens are shown for each channel', () => {
  const graphs = {
    'Messages sent': 'MessageSent',
    'Waiting in the queue': 'ApproximateNumberOfMessagesVisible',
    'Accepted to sent, 95 %': 'AcceptedToSent',
    'Dead letters': 'ApproximateNumberOfMessagesVisible',
    'Tokens of the language model': 'ModelTokens',
  };
  const lines = Object.keys(graphs).map(
    (title) => widgets.find(({ properties }) => properties.title === title)?.properties.metrics,
  );
  const expected = (metric: string) => CHANNELS.map((channel) => [metric, channel]);
  expect(lines.map((graph) => graph?.map(([, metric, ...rest]) => [metric, labelOf(rest)]))).toEqual(
    Object.values(graphs).map(expected),
  );
});

test('widgets fill rows of 24 whole columns', () => {
  expect(widgets.filter(({ x, width }) => !Number.isInteger(x) || !Number.isInteger(width))).toEqual([]);
  const rows = new Map<number, number>();
  for (const { y, width } of widgets) rows.set(y, (rows.get(y) ?? 0) + width);
  expect([...rows.values()]).toEqual([...rows.values()].map(() => 24));
});

/** A line of a graph ends with its options. */
function labelOf(line: readonly unknown[]): unknown {
  const options = line.at(-1);
  return typeof options === 'object' && options !== null && 'label' in options ? options.label : undefined;
}
