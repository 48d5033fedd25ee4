import type { Change } from '../../src/core/lifecycle/change';
import * as answers from '../../src/core/lifecycle/answer-transitions';
import * as cancellation from '../../src/core/lifecycle/cancel-transitions';
import * as erasure from '../../src/core/lifecycle/erasure';
import * as followUp from '../../src/core/lifecycle/follow-up-transitions';
import * as message from '../../src/core/lifecycle/message-transitions';
import * as modelCalls from '../../src/core/lifecycle/model-call-transitions';
import * as receipt from '../../src/core/lifecycle/receipt-transitions';
import * as reply from '../../src/core/lifecycle/reply-transitions';
import * as review from '../../src/core/lifecycle/review-transitions';
import * as send from '../../src/core/lifecycle/send-transitions';
import * as unknownSend from '../../src/core/lifecycle/unknown-send-transitions';

/** The moment (milliseconds since 1970) at which every transition is made. */
export const TRANSITION_TIME = Date.parse('2026-11-02T09:00:00.000Z');

const seen = {
  updated_at: 'seen',
  due_at: 'seen',
  last_change: 'seen',
  messages: [],
  history: [],
  request_id: '1',
  send_before: 'x',
  expected_answers: [{ name: 'shift', question: 'Which shift?', type: 'text', required: true }],
  answers_version: 1,
};

/** One order that every transition can be made by. */
const ORDER = {
  now: TRANSITION_TIME,
  dueAt: TRANSITION_TIME,
  retryAt: TRANSITION_TIME,
  acceptedAt: TRANSITION_TIME,
  waits: 1,
  amount: 1,
  owner: 'worker',
  by: 'operator',
  version: '1.0.0',
  channel: 'sms',
  attemptId: 'attempt',
  requestId: '1',
  detail: 'detail',
  reason: 'vendor_busy',
  status: 'expired',
  vendorMessageId: 'vendor',
  receipt: { attemptId: 'attempt', status: 'sent', failure: { reason: 'vendor_refused', detail: '1' } },
  decision: { decision: 'approved', reviewer: 'operator', at: 'x', held_for: 'review_requested' },
  composition: {},
  message: {},
  seen,
  held: seen,
  handOff: 'reply_received',
  asked: { request_id: '1' },
  reminderId: 'reminder',
  isRepeated: false,
  proved: { shift: { value: 'late', quote: 'late', message_id: '1' } },
};

/** Every transition that the modules of the lifecycle export, made of the sample order with these differences. */
export function everyTransition(differences: Readonly<Record<string, unknown>> = {}): readonly Change[] {
  const exported = Object.values<unknown>({
    ...message,
    ...modelCalls,
    ...send,
    ...receipt,
    ...unknownSend,
    ...review,
    ...reply,
    ...answers,
    ...followUp,
    ...erasure,
    ...cancellation,
  });
  const makers = exported.filter((value) => typeof value === 'function');
  return makers.map((make): unknown => make({ ...seen, ...ORDER, ...differences })).filter(isChange);
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'when' in value;
}
