import { timestamp } from '../../../src/core/ports/clock';
import type { Conversation, ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { STATUSES } from '../../../src/core/lifecycle/conversation';
import { nextAction } from '../../../src/core/lifecycle/next-action';
import { sampleConversation } from '../../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const SECOND = 1000;

const stands = (status: ConversationStatus, changes: Partial<Conversation> = {}) =>
  nextAction(sampleConversation({ now: NOW, changes: { conversation_status: status, ...changes } }), NOW);

const AT_WORK = ['initiated', 'processing', 'composed', 'sending', 'send_unknown', 'awaiting_review'];

test.each(STATUSES.filter((status) => !AT_WORK.includes(status)))('a message that is %s asks for nothing', (status) => {
  expect(stands(status)).toEqual({ next: 'none' });
});

test('a message that waits for a person may not have reached one yet', () => {
  expect(stands('awaiting_review')).toEqual({ next: 'hand_off' });
});

test.each([
  ['initiated', { retry_at: timestamp(NOW + 30 * SECOND) }],
  ['processing', { lease_until: timestamp(NOW + 30 * SECOND) }],
  ['composed', { retry_at: timestamp(NOW + 30 * SECOND) }],
  ['sending', { send_deadline: timestamp(NOW + 30 * SECOND) }],
] as const)('a message that is %s is left alone until just after the moment in its record', (status, changes) => {
  expect(stands(status, changes)).toEqual({ next: 'wait_until', at: NOW + 30 * SECOND + 1 });
});

test('a message that is new, or that waited long enough, is to be taken up', () => {
  expect(stands('initiated')).toEqual({ next: 'take_up' });
  expect(stands('initiated', { retry_at: timestamp(NOW) })).toEqual({ next: 'take_up' });
});

test('a message is to be taken up once its worker\'s lease has run out, and not before', () => {
  expect(stands('processing', { lease_until: timestamp(NOW - 1) })).toEqual({ next: 'take_up' });
  expect(stands('processing', { lease_until: timestamp(NOW) })).toEqual({ next: 'wait_until', at: NOW + 1 });
});

test('a send whose answer was lost is to be settled', () => {
  expect(stands('send_unknown')).toEqual({ next: 'resolve_unknown_send' });
});

test('composed words are to be sent, as soon as a wait is over', () => {
  expect(stands('composed')).toEqual({ next: 'send' });
  expect(stands('composed', { retry_at: timestamp(NOW) })).toEqual({ next: 'send' });
});

test('a message that expired while it waited does not wait on', () => {
  const until = { retry_at: timestamp(NOW + 30 * SECOND) };
  expect(stands('composed', { ...until, send_before: timestamp(NOW - 1) })).toEqual({ next: 'send' });
  expect(stands('composed', { ...until, send_before: timestamp(NOW) })).toMatchObject({ next: 'wait_until' });
});

test('a send is overdue only once its deadline has passed', () => {
  expect(stands('sending', { send_deadline: timestamp(NOW - 1) })).toEqual({ next: 'expire_send_window' });
  expect(stands('sending', { send_deadline: timestamp(NOW) })).toEqual({ next: 'wait_until', at: NOW + 1 });
});
