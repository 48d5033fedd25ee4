import type { Change } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import { handOverUnsent } from '../core/lifecycle/hand-over-unsent';
import { expireSendWindow } from '../core/lifecycle/send-transitions';
import type { Metric } from '../core/ports/observer';
import { expireUnsent, stopChecking } from '../core/lifecycle/unknown-send-transitions';
import { nextAction } from '../core/lifecycle/next-action';
import { checkScheduledAt, isScheduled, queueDelay, wantedAt } from '../core/lifecycle/schedule';
import { followUp } from './follow-up';
import { resolveUnknownSend } from './resolve-unknown-send';
import type { ReconcilerPorts, ReconcileStep } from './reconciler-ports';
import { nextCheckAt } from './next-check';

/** Does what one due record asks for. */
export async function moveOn(ports: ReconcilerPorts, conversation: Conversation): Promise<ReconcileStep> {
  const now = ports.clock.now();
  const found = nextAction(conversation, now);
  switch (found.next) {
    case 'resolve_unknown_send':
      return resolveUnknownSend(ports, conversation);
    case 'follow_up':
      return followUp(ports, conversation);
    case 'expire_send_window':
      await handOverUnsent(ports, conversation, 'reply_not_sent');
      return commit(ports, conversation, expireSendWindow({ now }), { action: 'marked_unknown' }, 'SendUnknown');
    case 'take_up':
    case 'send':
      return isExpired(conversation, now) ? expire(ports, conversation, now) : requeue(ports, conversation);
    case 'wait_until':
      // A message that waits to be tried again, and expires before: there is nothing to wait for.
      if (isExpired(conversation, now) && conversation.conversation_status === 'initiated') {
        return expire(ports, conversation, now);
      }
      if (isScheduled(conversation)) return queueScheduled(ports, conversation);
      return { action: 'left', nextCheckAt: nextCheckAt(conversation, now, found.at) };
    case 'hand_off':
      return { action: 'left', nextCheckAt: nextCheckAt(conversation, now) };
    case 'none':
      return commit(ports, conversation, stopChecking(), { action: 'left' });
  }
}

/** Before the due moment moves on: a crash between the two queues it twice, which is harmless. */
async function requeue(ports: ReconcilerPorts, conversation: Conversation): Promise<ReconcileStep> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await ports.queue.enqueue({ channel, conversationId, company });
  return { action: 'requeued', nextCheckAt: nextCheckAt(conversation, ports.clock.now()) };
}

/** Queued ahead of its moment, so that it goes at that moment however many others are wanted then, too. */
async function queueScheduled(ports: ReconcilerPorts, conversation: Conversation): Promise<ReconcileStep> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  const now = ports.clock.now();
  const nextCheck = checkScheduledAt(wantedAt(conversation), now);
  const delaySeconds = queueDelay(conversation, now);
  if (delaySeconds === undefined) return { action: 'left', nextCheckAt: nextCheck };
  await ports.queue.enqueue({ channel, conversationId, company, delaySeconds });
  return { action: 'scheduled', nextCheckAt: nextCheck };
}

async function expire(ports: ReconcilerPorts, conversation: Conversation, now: number): Promise<ReconcileStep> {
  await handOverUnsent(ports, conversation, 'reply_not_sent');
  const detail = conversation.history.findLast(({ reason }) => reason !== undefined)?.reason;
  return commit(
    ports,
    conversation,
    expireUnsent({ now, ...(detail ? { detail } : {}) }),
    { action: 'expired' },
    'MessageExpired',
  );
}

/** Where the transition does not apply, a worker, a receipt or a person has moved the record on. */
async function commit(
  ports: ReconcilerPorts,
  conversation: Conversation,
  change: Change,
  step: ReconcileStep,
  metric?: Metric,
): Promise<ReconcileStep> {
  const { applied } = await ports.conversations.change(conversation, change);
  if (!applied) return { action: 'overtaken' };
  if (metric) ports.observer.count(metric, { channel: conversation.channel_method });
  if (metric === 'MessageExpired') ports.observer.count('MessageStopped', { reason: 'expired' });
  return step;
}

function isExpired(conversation: Conversation, now: number): boolean {
  return Date.parse(conversation.send_before) < now;
}
