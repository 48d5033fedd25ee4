import type { ChannelQueue } from '../../core/ports/channel-queue';
import type { Conversation } from '../../core/lifecycle/conversation';
import { ATTEMPTS } from '../../core/lifecycle/limits';
import { resolveAsSent, resolveToResend } from '../../core/lifecycle/unknown-send-transitions';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';

export const RESOLUTIONS = ['sent', 'resend'] as const;

export interface Resolution {
  readonly as: (typeof RESOLUTIONS)[number];
  readonly actor: Actor;
  /** What the vendor calls the message, where it was found there. */
  readonly vendorMessageId?: string;
}

export type ResolveResult =
  | { readonly outcome: 'resolved'; readonly conversation: Conversation }
  /** It is not send_unconfirmed, or is so no longer. */
  | { readonly outcome: 'not_unconfirmed'; readonly status: string }
  | { readonly outcome: 'attempts_used'; readonly allowed: number }
  /** The record is gone. */
  | { readonly outcome: 'gone' };

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'queue'>;

/**
 * Ends the doubt about a send that no vendor confirmed, by what a person found at the vendor. Nothing happens twice.
 */
export async function resolveUnconfirmed(
  ports: Ports,
  seen: Conversation,
  resolution: Resolution,
): Promise<ResolveResult> {
  const { as, actor, vendorMessageId } = resolution;
  const { attempt_id: attemptId = '', request_id: requestId, conversation_status: status } = seen;
  if (status !== 'send_unconfirmed') return { outcome: 'not_unconfirmed', status };
  if (as === 'resend' && seen.attempt_count >= ATTEMPTS) return { outcome: 'attempts_used', allowed: ATTEMPTS };
  const now = ports.clock.now();
  const change =
    as === 'sent'
      ? resolveAsSent({ attemptId, now, by: actor.id, vendorMessageId, asked: seen })
      : resolveToResend({ attemptId, now, by: actor.id, requestId });
  const { applied, conversation } = await ports.conversations.change(seen, change);
  if (!conversation) return { outcome: 'gone' };
  if (!applied) return { outcome: 'not_unconfirmed', status: conversation.conversation_status };
  // After the record: a queue message that met the old state would be dropped. If this fails, the reconciler queues it.
  if (as === 'resend') await enqueue(ports.queue, conversation);
  return { outcome: 'resolved', conversation };
}

async function enqueue(queue: ChannelQueue, conversation: Conversation): Promise<void> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await queue.enqueue({ channel, conversationId, company });
}
