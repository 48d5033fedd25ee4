import { resourcesOf, templateOf } from './synthesised';
import { CHANNELS } from '../../src/core/channel';
import { DURATION_METRICS, METRICS } from '../../src/core/observer';

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly markdown?: string; readonly title?: string; readonly alarms?: readonly string[] };
}

const template = templateOf('dev');
const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).map(({ Properties }) => Properties);
const parts: ReadonlyArray<string | object> = dashboard?.DashboardBody['Fn::Join'][1];
/** References to resources stand as plain words. */
const body = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
const widgets: readonly Widget[] = JSON.parse(body).widgets;

test('the dashboard answers an operator\'s questions in order', () => {
  expect(widgets.flatMap(({ properties }) => properties.markdown ?? [])).toEqual([
    '## Are messages flowing?', '## How fast? (milliseconds)', '## What fails?', '## What does it cost?',
  ]);
});

test('it begins with the state of every alarm', () => {
  const [first] = widgets;
  expect(first?.type).toBe('alarm');
  expect(first?.properties.alarms).toHaveLength(Object.keys(resourcesOf(template, 'AWS::CloudWatch::Alarm')).length);
});

test('no figure is told in vain: each one is shown', () => {
  expect([...METRICS, ...DURATION_METRICS].filter((metric) => !body.includes(`"${metric}"`) && !body.includes(`\\"${metric}\\"`))).toEqual([]);
});

test('messages, queues, speed and tokens are shown for each channel', () => {
  const graphs = ['Messages sent', 'Waiting in the queue', 'Accepted to sent, 95 %', 'Dead letters', 'Tokens of the language model'];
  const shown = graphs.map((title) => JSON.stringify(widgets.find(({ properties }) => properties.title === title)));
  expect(shown.flatMap((graph, index) => CHANNELS.filter((channel) => !graph?.includes(`"label":"${channel}"`)).map((channel) => [graphs[index], channel]))).toEqual([]);
});

test('widgets fill rows of 24 columns', () => {
  const rows = new Map<number, number>();
  for (const { y, width } of widgets) rows.set(y, (rows.get(y) ?? 0) + width);
  expect([...rows.values()]).toEqual([...rows.values()].map(() => 24));
});
