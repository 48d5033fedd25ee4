import { deadLetterAction } from '../../../src/cli/dead-letters/dead-letter-action';
import type { ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function inState(conversation_status: ConversationStatus) {
  return { ...sampleConversation({ now: NOW }), conversation_status };
}

describe('what to do about a dead letter', () => {
  it.each([
    ['initiated', 'Mend the fault'],
    ['composed', 'Mend the fault'],
    ['processing', 'Mend the fault'],
    ['sending', 'Mend the fault'],
    ['send_unknown', 'the reconciler settle it'],
    ['awaiting_review', 'A person has to see'],
    ['initial_message_sent', 'None: the message is sent. The letter itself has nothing left to do'],
  ] as const)('whose message is %s', (status, words) => {
    expect(deadLetterAction(inState(status), NOW)).toContain(words);
  });

  it('whose message ended with a reason: the reason\'s own action', () => {
    expect(deadLetterAction({ ...inState('failed_secrets_fetch'), failure_reason: 'secret_missing' }, NOW)).toMatch(/^Create the secret named in failure_detail\. The letter/);
  });

  it('that leads to no record', () => {
    expect(deadLetterAction(undefined, NOW)).toContain('counts and drops it');
  });
});
