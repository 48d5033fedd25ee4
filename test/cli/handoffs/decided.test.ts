import { approvedOrRefused, rejectedOrRefused } from '../../../src/cli/handoffs/decided';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { ApproveResult, RejectResult } from '../../../src/review/decision';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const review: Conversation['review'] = {
  decision: 'approved',
  reviewer: 'Robin',
  at: '2026-11-02T09:00:00.000Z',
  held_for: 'proof_failed',
};
const conversation = sampleConversation({ now: NOW, changes: { review } });

test.each<[ApproveResult, RegExp]>([
  [{ outcome: 'approved', conversation }, /^c: approved by Robin; it goes to the channel now\.$/],
  [{ outcome: 'sent_to_composition', conversation }, /approved by Robin; it is composed now/],
  [{ outcome: 'approved_before', conversation }, /approved before, by Robin; nothing was changed/],
])('an approval is told: $outcome', (result, sentence) => {
  expect(approvedOrRefused('c', result)).toMatchObject({
    conversationId: 'c',
    outcome: result.outcome,
    sentence: expect.stringMatching(sentence),
  });
});

test.each<[ApproveResult, RegExp]>([
  [{ outcome: 'expired', conversation }, /it was of use until 2026-11-03.*new request_id/],
  [
    {
      outcome: 'unproved',
      conversation,
      detail: '5: unknown_link',
      faults: [{ variable: '5', rules: ['unknown_link'] }],
    },
    /failed: 5: The value holds a link .*\(unknown_link\) Give values/,
  ],
  [
    { outcome: 'unproved', conversation, detail: 'message: text_too_long', faults: [{ rules: ['text_too_long'] }] },
    /the message: The whole message is too long/,
  ],
  [
    { outcome: 'unproved', conversation, detail: 'template: body unused', faults: [] },
    /its words do not hold \(template: body unused\)/,
  ],
  [
    { outcome: 'company_record_incomplete', conversation, faults: [{ path: 'company_name', message: 'is missing' }] },
    /\(company_name is missing\); mend it, then approve again/,
  ],
  [{ outcome: 'not_found' }, /holds no such conversation/],
  [{ outcome: 'not_waiting', conversation }, /it is initiated and does not wait for a decision/],
  [{ outcome: 'held_again', conversation }, /other words wait now/],
])('an approval that is refused says why and what to do: $outcome', (result, sentence) => {
  expect(() => approvedOrRefused('c', result)).toThrow(sentence);
});

test.each<[RejectResult, RegExp]>([
  [{ outcome: 'rejected', conversation }, /rejected by Robin; it is not sent/],
  [{ outcome: 'rejected_before', conversation }, /rejected before, by Robin/],
])('a rejection is told: $outcome', (result, sentence) => {
  expect(rejectedOrRefused('c', result).sentence).toMatch(sentence);
});

test('a rejection of what waits for nobody is refused', () => {
  expect(() => rejectedOrRefused('c', { outcome: 'not_waiting', conversation })).toThrow(/^Rejecting c failed/);
});
