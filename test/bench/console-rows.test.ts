import { consoleRows, SKIPPED } from './console-rows';

test('a figure that needs a browser is said to be skipped where there is none', () => {
  expect(consoleRows([['first screen, ms', 812.4], ['between two reviews, ms', undefined]])).toEqual([
    ['first screen, ms', '812'], ['between two reviews, ms', SKIPPED],
  ]);
});
