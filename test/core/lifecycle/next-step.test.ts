import { STATUSES } from '../../../src/core/lifecycle/conversation';
import { clientStep, deadLetterStep, operatorStep } from '../../../src/core/lifecycle/next-step';
import type { ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { FAILURE_REASONS } from '../../../src/core/lifecycle/failure';
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
    ['send_unknown', 'the reconciler resolves it'],
    ['awaiting_review', 'A person has to see'],
    ['initial_message_sent', 'None: the message is sent. The letter itself has nothing left to do'],
  ] as const)('whose message is %s', (status, words) => {
    expect(deadLetterStep(inState(status), NOW)).toContain(words);
  });

  it('whose message ended with a reason: the reason\'s own action', () => {
    expect(deadLetterStep({ ...inState('failed_secrets_fetch'), failure_reason: 'secret_missing' }, NOW)).toMatch(
      /^Create the secret named in failure_detail\. The letter/,
    );
  });

  it('that leads to no record', () => {
    expect(deadLetterStep(undefined, NOW)).toContain('counts and drops it');
  });
});

describe('a record of an earlier engine', () => {
  const old = { ...inState('failed_unknown'), failure_reason: 'Failed to fetch secret of Ada Example' as never };

  it('whose reason is free text has next steps', () => {
    expect(operatorStep(old, NOW)).toMatchObject({
      position: 'ended',
      words: expect.stringContaining("vendor's console"),
      needsNewRequest: true,
    });
    expect(clientStep(old)).toMatch(/^Ask the operator/);
    expect(deadLetterStep(old, NOW)).toContain('a redrive clears it away');
  });

  it('whose state is another word has ended', () => {
    const unknown = { ...old, conversation_status: 'initial_message_failed' as never };
    expect(operatorStep(unknown, NOW).position).toBe('ended');
  });
});

it.each(FAILURE_REASONS)('%s: client and operator are given a sentence in every state', (failure_reason) => {
  for (const status of STATUSES) {
    const conversation = { ...inState(status), failure_reason };
    for (const words of [
      clientStep(conversation),
      operatorStep(conversation, NOW).words,
      deadLetterStep(conversation, NOW),
    ]) {
      expect(words).toMatch(/^[A-Z].*\.$/);
    }
  }
});
