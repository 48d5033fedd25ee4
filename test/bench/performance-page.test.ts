import { quantile, readable, spread } from './figures';
import { between } from './performance-page';
import { stackedBars } from './svg-chart';

test('a part of the page is replaced between its markers and nothing else changes', () => {
  const page = between(between('# Page\n\nWords.\n', 'start', ['one', '']), 'router', ['other', '']);
  const again = between(page, 'start', ['two', '']);
  expect(again).toBe(page.replace('one', 'two'));
  expect(again).toContain('Words.');
});

test('figures are told by three digits, median and quartiles lie where they should', () => {
  expect([0.012345, 1.2345, 12.345, 123.45, 12_345, 0].map(readable)).toEqual([
    '0.0123',
    '1.23',
    '12.3',
    '123',
    '12,345',
    '0',
  ]);
  expect(spread([4, 1, 3, 2, 5])).toEqual({ median: 3, lower: 2, upper: 4, count: 5 });
  expect(quantile([], 0.5)).toBe(0);
});

test('a chart draws each part to scale and escapes its words', () => {
  const chart = stackedBars('Cost <all>', '$', [
    {
      label: 'a & b',
      parts: [
        { name: 'one', value: 1 },
        { name: 'two', value: 3 },
      ],
    },
    { label: 'c', parts: [{ name: 'one', value: 2 }] },
  ]);
  const widths = [...chart.matchAll(/width="([\d.]+)" height="22"/g)].map(([, width]) => Number(width));
  expect(widths[1]).toBeCloseTo((widths[0] ?? 0) * 3, 0);
  expect(widths[2]).toBeCloseTo((widths[0] ?? 0) * 2, 0);
  expect(chart).toContain('Cost &lt;all&gt;');
  expect(chart).toContain('a &amp; b');
});
