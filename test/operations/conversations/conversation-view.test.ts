import { shownLines, listedLines } from '../../../src/cli/conversations/conversation-page';
import { duration, moment } from '../../../src/cli/moments';
import { viewOf } from '../../../src/operations/conversations/conversation-view';
import { maskAddress } from '../../../src/operations/masking';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const message = {
  message_id: 'm',
  timestamp: '2026-11-02T09:00:01.000Z',
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
} as const;
const usage = { prompt_tokens: 280, completion_tokens: 32, total_tokens: 312 };
const conversation = sampleConversation({
  now: NOW,
  changes: {
    conversation_status: 'initial_message_sent',
    delivery_status: 'undelivered',
    failure_reason: 'recipient_unreachable',
    failure_detail: '30005',
    attempt_count: 1,
    vendor_message_id: 'SM1',
    sent_at: '2026-11-02T09:00:02.000Z',
    composition: {
      filled: { channel: 'sms', text: 'Hello Ada, which project?', segments: 1 },
      values: { first_name: 'Ada', question: 'which project?' },
      template_name: 'cv_question',
      template_version: 3,
      model: 'gpt-6-luna',
      instructions_version: '0',
      facts_hash: '0',
      verdicts: { first_name: 'copied', question: 'proved' },
      usage,
    },
    messages: [
      { ...message, role: 'assistant', content: 'Hello Ada, which project?' },
      { ...message, role: 'user', content: 'The one of 2021.' },
    ],
    history: [
      { at: '2026-11-02T09:00:00.000Z', status: 'initiated' },
      { at: '2026-11-02T09:00:02.500Z', status: 'initial_message_sent', by: 'Sam' },
    ],
  },
});
const PERSONAL = [
  'Ada',
  'Sample',
  '+447700900123',
  '7700900123',
  'ada.example',
  'which project',
  'The one of 2021',
  'Backend engineer',
];
const SETTING = { command: (...words: readonly string[]) => `engine ${words.join(' ')}`, now: NOW, columns: 200 };
const shown = (reveal: boolean, text: boolean) => {
  const view = viewOf(conversation, { reveal, text }, NOW);
  return [...shownLines(view, SETTING), ...listedLines(view, NOW), JSON.stringify(view)].join('\n');
};

test('unless it is asked for, nothing of the person or the message is shown', () => {
  for (const secret of PERSONAL) expect(shown(false, false)).not.toContain(secret);
});

test('the text is shown without the person, the person without the text', () => {
  expect(shown(false, true)).toContain('The one of 2021.');
  expect(shown(false, true)).not.toContain('+447700900123');
  expect(shown(true, false)).toContain('Backend engineer');
  expect(shown(true, false)).not.toContain('The one of 2021.');
});

test('everything an operator needs is on one page', () => {
  expect(shownLines(viewOf(conversation, { reveal: false, text: false }, NOW), SETTING)).toEqual([
    conversation.conversation_id,
    'sms to …23 (hidden), from Brightpath Recruitment, CV review',
    '',
    'State     initial_message_sent, undelivered',
    'Why       The address does not exist or cannot receive on this channel. (recipient_unreachable: 30005)',
    'Next      Correct the address or use another channel.',
    'Attempts  1 of 3, the vendor\'s SM1',
    'Template  cv_question version 3, gpt-6-luna',
    'Values    first_name copied, question proved',
    'Tokens    312 (280 in, 32 out)',
    'Useful    until 2026-11-03 09:00:00Z, in 24 h',
    'Replies   1',
    '',
    'Way',
    '  2026-11-02 09:00:00Z  initiated',
    '  2026-11-02 09:00:02Z  initial_message_sent, by Sam  +2.5 s',
  ]);
});

test('a record that has only just been made is shown as well', () => {
  const lines = shownLines(viewOf(sampleConversation({ now: NOW }), { reveal: true, text: true }, NOW), SETTING);
  expect(lines).toContain('sms to +447700900123 Ada Sample, from Brightpath Recruitment, CV review');
  expect(lines).toContain('State     initiated');
});

test('a mask keeps no more than tells two recipients apart', () => {
  expect([maskAddress('+447700900123'), maskAddress('ada.example@example.com'), maskAddress('')]).toEqual([
    '…23',
    'a…@…',
    '…',
  ]);
});

test('durations are told in words of their size', () => {
  expect([900, 100_000, 3_600_000, 50 * 3_600_000, 3 * 86_400_000].map(duration)).toEqual([
    '0.9 s',
    '100 s',
    '60 min',
    '2 days',
    '3 days',
  ]);
});

test('a moment says how far it is away, and what is not a moment stays as it is', () => {
  expect([480_000, -1000, 0].map((away) => moment(new Date(NOW + away).toISOString(), NOW)))
    .toEqual(['2026-11-02 09:08:00Z, in 8 min', '2026-11-02 08:59:59Z, 1.0 s ago', '2026-11-02 09:00:00Z, 0.0 s ago']);
  expect(moment('yesterday', NOW)).toBe('yesterday');
});

test('no line is wider than the terminal but for what is to be copied', () => {
  const lines = shownLines(viewOf(conversation, { reveal: false, text: false }, NOW), { ...SETTING, columns: 60 });
  const wide = lines.filter(
    (line) => line.length > 60 && line !== conversation.conversation_id && !line.startsWith('  engine '),
  );
  expect(wide).toEqual([]);
  expect(lines).toContain('          this channel. (recipient_unreachable: 30005)');
});
