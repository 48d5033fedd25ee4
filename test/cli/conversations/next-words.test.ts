import { nextWords } from '../../../src/cli/conversations/next-words';
import { viewOf } from '../../../src/operations/conversations/conversation-view';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { explain, FAILURE_REASONS } from '../../../src/core/lifecycle/failure';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const command = (...words: readonly string[]) => `engine ${words.join(' ')}`;
const step = (changes: Partial<Conversation>) => {
  const view = viewOf(sampleConversation({ now: NOW, changes }), { reveal: false, text: false }, NOW);
  const { words, commands } = nextWords(view, { command }, NOW);
  return [words, ...commands].join('\n');
};

test.each<[string, Partial<Conversation>, string]>([
  ['is new', { conversation_status: 'initiated' }, 'None: it is queued'],
  [
    'is being worked',
    { conversation_status: 'processing', lease_until: '2026-11-02T09:01:00.000Z' },
    'None: a worker has it.',
  ],
  ['is composed', { conversation_status: 'composed' }, 'None: it is queued'],
  [
    'was claimed and left',
    { conversation_status: 'sending', send_deadline: '2026-11-02T08:59:00.000Z' },
    'the reconciler looks after it',
  ],
  [
    'is in doubt',
    { conversation_status: 'send_unknown', failure_reason: 'answer_lost' },
    'nothing is sent a second time meanwhile',
  ],
  [
    'waits for a person',
    { conversation_status: 'awaiting_review', failure_reason: 'proof_failed' },
    'engine handoff show 3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90 --text',
  ],
  ['is sent', { conversation_status: 'initial_message_sent' }, 'None: the message is sent.'],
  [
    'was never confirmed',
    { conversation_status: 'send_unconfirmed', failure_reason: 'never_confirmed' },
    '--as sent\nengine conversation resolve 3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90 --as resend',
  ],
  [
    'lacked a secret',
    { conversation_status: 'failed_secrets_fetch', failure_reason: 'secret_missing', failure_detail: 'a/b' },
    'This message has ended: send the request again under a new request_id.\nengine secret set credentials '
      + 'brightpath cv-review --channel sms',
  ],
  [
    "lacked the model's key",
    {
      conversation_status: 'failed_secrets_fetch',
      failure_reason: 'secret_missing',
      failure_detail: 'ai-multi-comms/openai-api-key/sms-dev',
    },
    '\nengine secret set model --channel sms',
  ],
  [
    'was refused its template',
    { conversation_status: 'failed_to_send_message', failure_reason: 'template_rejected' },
    '\nengine company verify brightpath cv-review',
  ],
  [
    'met a project that is off',
    { conversation_status: 'failed_unknown', failure_reason: 'project_inactive' },
    '\nengine company show brightpath cv-review',
  ],
  [
    'waits for settings',
    {
      conversation_status: 'initiated',
      failure_reason: 'company_record_incomplete',
      retry_at: '2026-11-02T09:10:00.000Z',
    },
    'It is tried again by itself: 2026-11-02 09:10:00Z, in 10 min.',
  ],
])('a message that %s', (_what, changes, words) => {
  expect(step(changes)).toContain(words);
});

test('an opt-out asks for nothing', () => {
  expect(step({ conversation_status: 'suppressed', failure_reason: 'recipient_opted_out' })).toBe(
    'None: the opt-out must be respected.',
  );
});

test('what was sent and did not arrive is not called ended', () => {
  const words = step({
    conversation_status: 'initial_message_sent',
    delivery_status: 'undelivered',
    failure_reason: 'recipient_unreachable',
  });
  expect(words).toBe('Correct the address or use another channel.');
});

test.each(FAILURE_REASONS)(
  '%s: its own action comes first, and it never says twice to send again',
  (failure_reason) => {
    const words = step({ conversation_status: 'failed_unknown', failure_reason, failure_detail: 'x' });
    expect(words.startsWith(explain(failure_reason).operator)).toBe(true);
    expect(words.match(/new request_id/g)?.length ?? 0).toBeLessThanOrEqual(1);
  },
);
