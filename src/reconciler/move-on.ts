import type { Change } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import { expireSendWindow } from '../core/lifecycle/send-transitions';
import type { Metric } from '../core/ports/observer';
import { expireUnsent, stopChecking } from '../core/lifecycle/unknown-send-transitions';
import { nextAction } from '../core/lifecycle/next-action';
import { resolveUnknownSend } from './resolve-unknown-send';
import type { ReconcilerPorts, Step } from './reconciler-ports';
import { patience } from './patience';

/** Does what one due record asks for. */
export async function moveOn(ports: ReconcilerPorts, conversation: Conversation): Promise<Step> {
  const now = ports.clock.now();
  const found = nextAction(conversation, now);
  switch (found.next) {
    case 'resolve_unknown_send':
      return resolveUnknownSend(ports, conversation);
    case 'expire_send_window':
      return write(ports, conversation, expireSendWindow({ now }), { action: 'marked_unknown' }, 'SendUnknown');
    case 'take_up':
    case 'send':
      return isExpired(conversation, now) ? expire(ports, conversation, now) : requeue(ports, conversation);
    case 'wait_until':
      // A message that waits to be tried again, and expires before: nobody waits for that.
      return isExpired(conversation, now) && conversation.conversation_status === 'initiated'
        ? expire(ports, conversation, now)
        : { action: 'left', lookAgainAt: patience(conversation, now, found.at) };
    case 'hand_off':
      return { action: 'left', lookAgainAt: patience(conversation, now) };
    case 'none':
      return write(ports, conversation, stopChecking(), { action: 'left' });
  }
}

/** Before the due moment moves on: a crash between the two queues it twice, which is harmless. */
async function requeue(ports: ReconcilerPorts, conversation: Conversation): Promise<Step> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await ports.queue.enqueue({ channel, conversationId, company });
  return { action: 'requeued', lookAgainAt: patience(conversation, ports.clock.now()) };
}

async function expire(ports: ReconcilerPorts, conversation: Conversation, now: number): Promise<Step> {
  const detail = conversation.history.findLast(({ reason }) => reason !== undefined)?.reason;
  return write(ports, conversation, expireUnsent({ now, ...(detail ? { detail } : {}) }), { action: 'expired' }, 'MessageExpired');
}

/** Where the change does not apply, somebody else has moved the record on. */
async function write(ports: ReconcilerPorts, conversation: Conversation, change: Change, step: Step, metric?: Metric): Promise<Step> {
  const { applied } = await ports.conversations.change(conversation, change);
  if (!applied) return { action: 'overtaken' };
  if (metric) ports.observer.count(metric, { channel: conversation.channel_method });
  if (metric === 'MessageExpired') ports.observer.count('MessageStopped', { reason: 'expired' });
  return step;
}

function isExpired(conversation: Conversation, now: number): boolean {
  return Date.parse(conversation.send_before) < now;
}
