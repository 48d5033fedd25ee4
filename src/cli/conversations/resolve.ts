import type { ConversationStore } from '../../core/lifecycle/change';
import type { ChannelQueue } from '../../core/ports/channel-queue';
import type { Conversation } from '../../core/lifecycle/conversation';
import { ATTEMPTS } from '../../core/lifecycle/limits';
import { resolveAsSent, resolveToResend } from '../../core/lifecycle/unknown-send-transitions';
import { awsFailure, CommandError } from '../command-error';

export const RESOLUTIONS = ['sent', 'resend'] as const;

export interface Resolution {
  readonly as: (typeof RESOLUTIONS)[number];
  readonly by: string;
  readonly now: number;
  readonly vendorMessageId?: string;
}

export interface ResolvePorts {
  readonly conversations: Pick<ConversationStore, 'change'>;
  readonly queue: ChannelQueue;
}

/** Ends the doubt about a send that no vendor confirmed, by what a person found at the vendor. One conditional write; nothing happens twice. */
export async function resolveConversation(ports: ResolvePorts, seen: Conversation, resolution: Resolution): Promise<Conversation> {
  const attempted = `Resolving ${seen.conversation_id}`;
  const { attempt_id: attemptId = '', request_id: requestId } = seen;
  refuseUnfit(attempted, seen, resolution);
  const { now, by, vendorMessageId } = resolution;
  const change = resolution.as === 'sent'
    ? resolveAsSent({ attemptId, now, by, ...(vendorMessageId === undefined ? {} : { vendorMessageId }) })
    : resolveToResend({ attemptId, now, by, requestId });
  try {
    const { applied, conversation } = await ports.conversations.change(seen, change);
    if (!applied) {
      throw new CommandError(`${attempted} failed: it has become ${conversation?.conversation_status ?? 'none'} meanwhile; look at it again with conversation show.`);
    }
    // After the record: a queue message that met the old state would be dropped. If this fails, the reconciler queues it within two minutes.
    if (resolution.as === 'resend') await enqueue(ports, conversation);
    return conversation;
  } catch (error) {
    throw awsFailure(attempted, error);
  }
}

async function enqueue({ queue }: ResolvePorts, conversation: Conversation): Promise<void> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await queue.enqueue({ channel, conversationId, company });
}

function refuseUnfit(attempted: string, { conversation_status: status, attempt_count: attempts }: Conversation, { as }: Resolution): void {
  if (status !== 'send_unconfirmed') {
    const what = status === 'send_unknown' ? 'its vendor may still tell, so wait until it is send_unconfirmed' : 'only a message that is send_unconfirmed can be resolved';
    throw new CommandError(`${attempted} failed: it is ${status}; ${what}.`);
  }
  if (as === 'resend' && attempts >= ATTEMPTS) {
    throw new CommandError(`${attempted} failed: all ${ATTEMPTS} attempts are used; send the request again under a new request_id.`);
  }
}
