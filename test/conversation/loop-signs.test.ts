import { findLoopSigns } from '../../src/conversation/loop-signs';
import { timestamp } from '../../src/core/ports/clock';
import type { ThreadLine } from '../../src/core/ports/threads';

const NOW = Date.parse('2026-11-30T12:00:00Z');

/** `> text`: the recipient; `< card`: the engine; `< `: another message of the company. Seconds before now. */
function lines(...said: ReadonlyArray<readonly [seconds: number, words: string]>): readonly ThreadLine[] {
  return said.map(([seconds, words], index): ThreadLine => {
    const base = { sequence: index + 1, message_id: `m${index}`, timestamp: timestamp(NOW - seconds * 1000), conversation: 'c' };
    const [, from, text = ''] = /^([<>]) (.*)$/.exec(words) ?? [];
    return from === '>'
      ? { ...base, role: 'user', content: text }
      : { ...base, role: 'assistant', content: '', ...(text === '' ? {} : { card: text }) };
  });
}

test('the same words count however they are spelled, for a day', () => {
  const said = lines([90_000, '> Thank you!'], [300, '> thank you'], [200, '> THANK  YOU.'], [100, '> Thank you']);
  expect(findLoopSigns(said, NOW).sameText).toBe(3);
  expect(findLoopSigns(lines([2, '> yes'], [1, '> no']), NOW).sameText).toBe(1);
});

test('answers within three seconds count in a row, the newest ones alone', () => {
  const bots = lines([20, '< a'], [19, '> How can I help?'], [12, '< b'], [10, '> How may I help?'], [4, '< a'], [2, '> Hi']);
  expect(findLoopSigns(bots, NOW).quickAnswers).toBe(3);
  const slow = lines([20, '< a'], [19, '> Hi'], [12, '< b'], [9, '> Hello'], [4, '< a'], [2, '> Hi']);
  expect(findLoopSigns(slow, NOW).quickAnswers).toBe(1);
});

test('only what answers the engine shows a loop, and further messages of a burst show nothing', () => {
  expect(findLoopSigns(lines([3, '< '], [2, '> Hi']), NOW).quickAnswers).toBe(0);
  expect(findLoopSigns(lines([9, '< a'], [8, '> Hi'], [7, '> there']), NOW).quickAnswers).toBe(1);
  expect(findLoopSigns([], NOW)).toEqual({ sameText: 0, quickAnswers: 0 });
});
