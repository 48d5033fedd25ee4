import { approvedWords, decidedBy, rejectedWords } from '../../../src/console-api/routes/decided-words';
import { RULES } from '../../../src/proof/rules/rules';
import { NOW } from '../console-world';
import { sampleConversation } from '../../support/sample-message';

const conversation = sampleConversation({ now: NOW, changes: { conversation_status: 'composed' } });
const reviewed = sampleConversation({
  now: NOW,
  changes: {
    review: {
      decision: 'approved', reviewer: 'Sam', at: '2026-11-30T09:00:00.000Z', held_for: 'proof_failed', edited: [],
    },
  },
});

test('who decided is named where a person did, and the state otherwise', () => {
  expect(decidedBy(reviewed)).toBe('Sam approved it at 2026-11-30T09:00:00.000Z');
  expect(decidedBy(conversation)).toBe('it is composed now');
});

test('what goes, or is composed first, is said in words', () => {
  expect(approvedWords({ outcome: 'approved', conversation })).toEqual({ words: 'Approved: it goes to the channel.' });
  expect(approvedWords({ outcome: 'sent_to_composition', conversation }).words).toContain('composed now');
  expect(rejectedWords({ outcome: 'rejected', conversation }).words).toContain('not sent');
});

test('words that cannot be proved name variable and rule; without them, the detail', () => {
  const unproved = { outcome: 'unproved', conversation, detail: 'template: no such fact' } as const;
  const faults = [{ variable: 'question', rules: ['unknown_link'] }, { rules: ['too_long'] }] as const;
  const { fault } = approvedWords({ ...unproved, faults });
  expect(fault).toEqual({
    status: 422,
    code: 'UNPROVED',
    message: `Nothing was sent: question: ${RULES.unknown_link} the message: ${RULES.too_long}`,
  });
  expect(approvedWords({ ...unproved, faults: [] }).fault?.message).toBe('Nothing was sent: template: no such fact');
});

test('an incomplete company record is named by what it lacks', () => {
  const faults = [
    { code: 'MISSING', path: 'ai_config', message: 'is missing' },
    { code: 'MISSING', path: 'channel_config.sms', message: 'is missing' },
  ];
  const { fault } = approvedWords({ outcome: 'company_record_incomplete', conversation, faults });
  expect(fault).toMatchObject({ status: 422, code: 'COMPANY_RECORD_INCOMPLETE' });
  expect(fault?.message).toContain('lacks ai_config, channel_config.sms. Ask the operator');
});

test.each([
  [approvedWords({ outcome: 'approved_before', conversation: reviewed }), 409, 'DECIDED', 'decided before: Sam'],
  [rejectedWords({ outcome: 'rejected_before', conversation: reviewed }), 409, 'DECIDED', 'decided before: Sam'],
  [approvedWords({ outcome: 'expired', conversation }), 409, 'EXPIRED', 'Nothing was sent'],
  [approvedWords({ outcome: 'not_found' }), 404, 'NOT_FOUND', 'no such conversation'],
  [rejectedWords({ outcome: 'not_found' }), 404, 'NOT_FOUND', 'no such conversation'],
  [approvedWords({ outcome: 'not_waiting', conversation }), 409, 'DECIDED', 'it is composed now'],
  [rejectedWords({ outcome: 'held_again', conversation }), 409, 'CHANGED', 'Look again'],
])('a decision that was not taken is a fault: %j', (said, status, code, words) => {
  expect(said.words).toBeUndefined();
  expect(said.fault).toMatchObject({ status, code });
  expect(said.fault?.message).toContain(words);
});
