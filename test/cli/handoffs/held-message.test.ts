import { listedLines, rulesIn, shownLines } from '../../../src/cli/handoffs/held-page';
import { heldMessage } from '../../../src/operations/handoffs/held-message';
import { REVIEW_LIMIT } from '../../../src/core/lifecycle/review-transitions';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
const conversation = sampleConversation({
  now: NOW,
  changes: {
    conversation_status: 'awaiting_review',
    failure_reason: 'proof_failed',
    failure_detail: 'question: unknown_link, too_long',
    due_at: new Date(NOW).toISOString(),
    composition: {
      filled: { channel: 'sms', text: 'Hello Ada, {{question}}', segments: 1 },
      values: { first_name: 'Ada' },
      verdicts: { first_name: 'copied' },
      template_name: 't',
      template_version: 1,
      instructions_version: '',
      facts_hash: '',
      usage,
    },
  },
});
const command = (...words: readonly string[]) => `engine ${words.join(' ')}`;
const setting = (now: number) => ({ command, now, columns: 200 });
const lines = (shows: { reveal: boolean; text: boolean }, later = 60_000) =>
  shownLines(heldMessage(conversation, shows, NOW + later), setting(NOW + later)).join('\n');

test('a person sees why a message waits, in plain words, and what to type', () => {
  const shown = lines({ reveal: false, text: false });
  expect(shown).toContain(
    'Waits     60 s of 4 h, since 2026-11-02 09:00:00Z, 60 s ago; useful until 2026-11-03 09:00:00Z, in 24 h',
  );
  expect(shown).toContain('unknown_link: The value holds a link or web address');
  expect(shown).toContain(`\n  engine handoff approve ${conversation.request_id}\n`);
});

test('words and person are shown only if they are asked for', () => {
  for (const secret of ['Ada', '+447700900123', 'Backend engineer']) {
    expect(lines({ reveal: false, text: false })).not.toContain(secret);
  }
  expect(lines({ reveal: false, text: true })).toContain('Hello Ada, {{question}}');
  expect(lines({ reveal: false, text: true })).toContain('first_name (copied): Ada');
  expect(lines({ reveal: true, text: false })).toContain('Backend engineer');
});

test('what has waited as long as the alarm allows is called overdue', () => {
  const [before, after] = [REVIEW_LIMIT - 1, REVIEW_LIMIT].map((waited) =>
    listedLines(heldMessage(conversation, { reveal: false, text: false }, NOW + waited), NOW + waited),
  );
  expect(before?.join()).not.toContain('OVERDUE');
  expect(after?.[0]).toMatch(/^4 h of 4 h, OVERDUE {2}sms {2}proof_failed {2}to …23$/);
});

test('a detail\'s rules are found once each, and other words are not taken for rules', () => {
  expect(rulesIn('first_name: unknown_link; question: unknown_link, too_long; template')).toEqual([
    'unknown_link',
    'too_long',
  ]);
});

test('a message without words is shown as well', () => {
  const { composition: _none, failure_reason: _reason, due_at: _due, ...bare } = conversation;
  expect(shownLines(heldMessage(bare, { reveal: false, text: true }, NOW), setting(NOW)).join('\n')).toContain(
    '(review_requested)',
  );
});

test('what was never written says so, and approval is said to have it composed', () => {
  const { composition } = conversation;
  const held = { ...conversation, composition: composition && { ...composition, unwritten: ['question', 'closing'] } };
  const shown = shownLines(heldMessage(held, { reveal: false, text: true }, NOW), setting(NOW)).join('\n');
  for (const name of held.composition?.unwritten ?? []) {expect(shown).toContain(`${name} (not written yet: a fact is missing`);}
  expect(shown).toMatch(/Next {6}Approve it with --set .*the rest is composed then/);
  expect(lines({ reveal: false, text: true })).not.toContain('not written');
});
