import { REPLY_HAND_OFFS } from '../../src/core/lifecycle/hand-off-reasons';
import { chatRows } from '../../src/console/replies/chat-rows';
import { gapsIn, withCard } from '../../src/console/replies/card-draft';
import { HAND_OFF_WORDS, reasonWords } from '../../src/console/replies/reason-words';
import { excerptOf, factText } from '../../src/console/proof/excerpt';

const line = (sequence: number, minute: number) => ({ sequence, at: `2026-11-30T09:0${minute}:00.000Z` });
const words = (rows: ReturnType<typeof chatRows>) =>
  rows.map((row) => (row.kind === 'line' ? row.line.sequence : row.words));

test('what became of each message stands behind it, in plain words', () => {
  const rows = chatRows({
    lines: [line(2, 1), line(3, 3), line(4, 6)],
    history: [
      { at: '2026-11-30T09:02:00.000Z', event: 'replied' },
      { at: '2026-11-30T09:03:00.000Z', event: 'handed_off', reason: 'law' },
      { at: '2026-11-30T09:04:00.000Z', event: 'taken_over', by: 'Avery' },
      { at: '2026-11-30T09:05:00.000Z', event: 'returned', by: 'Avery' },
      { at: '2026-11-30T09:07:00.000Z', event: 'handed_off' },
      { at: '2026-11-30T09:09:00.000Z', event: 'closed' },
    ],
    silence: { at: '2026-11-30T09:08:00.000Z', reason: 'nothing_asked', sequence: 4 },
  });
  expect(words(rows)).toEqual([
    2, 3, 'Handed to a person: the recipient asks about rights, a contract, liability or data protection',
    'Avery took the chat over', 'Avery returned the chat to the engine', 4, 'Handed to a person',
    'The engine said nothing: nothing was asked', 'The recipient opted out',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('steps before the first line that is shown, and the silence behind a line that is not, are left out', () => {
  const rows = chatRows({
    lines: [line(9, 5)],
    history: [{ at: '2026-11-30T09:01:00.000Z', event: 'handed_off', reason: 'money' }],
    silence: { at: '2026-11-30T09:06:00.000Z', reason: 'answers_kept', sequence: 8 },
  });
  expect(words(rows)).toEqual([9]);
});

test('each reason for which a person gets a chat has words; one of a newer version is shown as it is', () => {
  expect(Object.keys(HAND_OFF_WORDS).sort()).toEqual([...REPLY_HAND_OFFS].sort());
  expect(reasonWords('off')).toBe('the project has no replies read');
  expect(reasonWords('of_tomorrow')).toBe('of tomorrow');
});

test('the words of a card go behind what was written, and what is to be filled in is named once', () => {
  expect(withCard(' ', 'We open {{hours}}.')).toBe('We open {{hours}}.');
  expect(withCard('Hello\n', 'We open at nine.')).toBe('Hello\n\nWe open at nine.');
  expect(gapsIn('We open {{hours}}, {{ hours }} and {{day_1}}.')).toEqual(['hours', 'day_1']);
  expect(gapsIn('Not {{this}, {that}} nor {{These Words}}.')).toEqual([]);
});

test('a long fact is shown around the stretch that proves', () => {
  const text = `${'a'.repeat(100)}June 2023${'b'.repeat(100)}`;
  const { before, words: middle, after } = excerptOf(text, 100, 109);
  expect([before, middle, after]).toEqual([`…${'a'.repeat(60)}`, 'June 2023', `${'b'.repeat(60)}…`]);
  expect(excerptOf('June 2023', 0, 9)).toEqual({ before: '', words: 'June 2023', after: '' });
});

test('a fact is found by its path, and a section by the facts in it', () => {
  const facts = [
    { path: 'knowledge.pay.amount', value: '21.5' }, { path: 'knowledge.pay.currency', value: 'GBP' },
    { path: 'knowledge.payday', value: 'Friday' },
  ];
  expect(factText(facts, 'knowledge.payday')).toEqual({ text: 'Friday', isSection: false });
  expect(factText(facts, 'knowledge.pay')).toEqual({ text: 'amount: 21.5, currency: GBP', isSection: true });
  expect(factText(facts, 'knowledge.p')).toBeUndefined();
});
