import type { Conversation } from '../../core/conversation';
import { ATTEMPTS } from '../../core/message-life';
import { resolveAsSent, resolveToResend } from '../../core/settle-life';
import { enqueueConversation } from '../channel-queues';
import { awsFailure, CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';
import { stageRecords } from '../stage-records';

export const RESOLUTIONS = ['sent', 'resend'] as const;

export interface Resolution {
  readonly as: (typeof RESOLUTIONS)[number];
  readonly by: string;
  readonly now: number;
  readonly vendorMessageId?: string;
}

/** Ends the doubt about a send that no vendor confirmed, by what a person found at the vendor. One conditional write; nothing happens twice. */
export async function resolveConversation(clients: StageClients, seen: Conversation, resolution: Resolution): Promise<Conversation> {
  const attempted = `Resolving ${seen.conversation_id}`;
  const { attempt_id: attemptId = '', request_id: requestId } = seen;
  refuseUnfit(attempted, seen, resolution);
  const { now, by, vendorMessageId } = resolution;
  const change = resolution.as === 'sent'
    ? resolveAsSent({ attemptId, now, by, ...(vendorMessageId === undefined ? {} : { vendorMessageId }) })
    : resolveToResend({ attemptId, now, by, requestId });
  try {
    const { applied, conversation } = await stageRecords(clients).conversations.change(seen, change);
    if (!applied) {
      throw new CommandError(`${attempted} failed: it has become ${conversation?.conversation_status ?? 'none'} meanwhile; look at it again with conversation show.`);
    }
    // After the record: a queue message that met the old state would be dropped. If this fails, the reconciler queues it within two minutes.
    if (resolution.as === 'resend') await enqueueConversation(clients, conversation);
    return conversation;
  } catch (error) {
    throw awsFailure(attempted, error);
  }
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
