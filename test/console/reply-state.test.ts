import { holderWords, isOnItsWay, ownerWords, silenceWords, writable, writerWords } from '../../src/console/replies/reply-state';

const ENGINE = { owner: 'engine', mine: false } as const;
const MINE = { owner: 'person', takenBy: 'avery@example.com', mine: true } as const;
const THEIRS = { ...MINE, mine: false } as const;
const NOBODY = { owner: 'nobody', mine: false } as const;
const WAITS = { owner: 'person', mine: false } as const;
const NOW = Date.parse('2026-11-30T09:00:00.000Z');

test.each([
  [ENGINE, 'The engine reads it'],
  [MINE, 'You have it'],
  [THEIRS, 'avery@example.com has it'],
  [{ ...THEIRS, takenBy: 'client:sales' }, "the client's own system (project sales) has it"],
  [WAITS, 'A person is to answer; nobody has it yet'],
  [NOBODY, 'Nobody: the recipient has opted out'],
])('%j is said as %s', (held, words) => {
  expect(ownerWords(held)).toBe(words);
});

test('a list says who has a chat, and does not say nobody where it does not know', () => {
  expect(holderWords('avery@example.com', 'robin@example.com', true)).toBe('avery@example.com');
  expect(holderWords('avery@example.com', 'avery@example.com', false)).toBe('you');
  expect(holderWords('client:sales', '', true)).toBe("the client's own system (project sales)");
  expect(holderWords(undefined, 'robin@example.com', true)).toBe('nobody yet');
  expect(holderWords(undefined, 'robin@example.com', false)).toBe('open it to see');
  expect(writerWords('clients@example.com')).toBe('clients@example.com');
});

test('silence is said where a person has the chat, and what may still leave', () => {
  expect(silenceWords(MINE)).toBe('The engine is silent');
  expect(silenceWords({ ...THEIRS, leaving: 'reply-1' })).toContain('One reply is already leaving');
  for (const held of [ENGINE, WAITS, NOBODY]) expect(silenceWords(held)).toBeUndefined();
});

test.each([
  [{ thread: MINE }, 'yes'],
  [{ thread: MINE, writeUntil: '2026-11-30T09:00:00.001Z' }, 'yes'],
  [{ thread: MINE, writeUntil: '2026-11-30T09:00:00.000Z' }, 'window_closed'],
  [{ thread: THEIRS }, 'not_taken'],
  [{ thread: ENGINE }, 'not_taken'],
  [{ thread: NOBODY, writeUntil: '2026-11-29T09:00:00.000Z' }, 'opted_out'],
  [{}, 'no_chat'],
] as const)('in %j the person may write: %s', (view, state) => {
  expect(writable(view, NOW)).toBe(state);
});

test('an answer is asked after until it has ended', () => {
  expect(['composed', 'processing', 'sending', 'send_unknown'].every(isOnItsWay)).toBe(true);
  expect(['initial_message_sent', 'superseded', 'failed_to_send_message', 'expired'].some(isOnItsWay)).toBe(false);
});
