import type { ChannelSettings, Project } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId, senderIdentity } from '../core/lifecycle/conversation';
import { ATTEMPTS, TIMES } from '../core/lifecycle/message-transitions';
import type { Work } from './processing';
import type { Obstacle } from './obstacle';
import { checkSettings } from './company-settings';

export type Readiness =
  | { readonly ready: true; readonly project: Project; readonly channelSettings: ChannelSettings }
  | { readonly ready: false; readonly obstacle: Obstacle };

/** All that may stand in a message's way before anything is paid for it, cheapest first: settings, expiry, attempts, opt-out. */
export async function checkReadiness(work: Work, conversation: Conversation): Promise<Readiness> {
  const settings = checkSettings(work);
  const expiry = expiryObstacle(work, conversation);
  // A withdrawn permission says more than an expiry, an expiry more than a record that waits to be repaired.
  const early = settings.ready || settings.obstacle.kind === 'wait' ? (expiry ?? attemptsObstacle(conversation)) : undefined;
  if (early) return { ready: false, obstacle: early };
  if (!settings.ready) return settings;
  if (conversation.conversation_status === 'processing' && wasJustAdmitted(work, conversation)) return settings;
  const optOut = await optOutObstacle(work, conversation, settings.channelSettings);
  return optOut ? { ready: false, obstacle: optOut } : settings;
}

/**
 * The router asked who has opted out, and the worker asks again right before the send; within a worker's life the model need not wait for a third
 * answer.
 */
function wasJustAdmitted(work: Work, conversation: Conversation): boolean {
  return work.ports.clock.now() < Date.parse(conversation.created_at) + TIMES.lease;
}

/**
 * Undefined if the recipient may be written to. An opt-out counts for the sender that the request was accepted with and for the one that the
 * company record names now.
 */
export async function optOutObstacle(work: Work, conversation: Conversation, settings: ChannelSettings): Promise<Obstacle | undefined> {
  const optedOutOf = await work.ports.directory.optedOutOf(conversation.primary_channel);
  const accepted = parseConversationId(conversation.conversation_id)?.sender;
  const senders = [accepted, senderIdentity(settings.sender)];
  if (!optedOutOf.some((sender) => senders.includes(sender))) return undefined;
  return { kind: 'end', status: 'suppressed', reason: 'recipient_opted_out' };
}

function expiryObstacle(work: Work, conversation: Conversation): Obstacle | undefined {
  if (work.ports.clock.now() <= Date.parse(conversation.send_before)) return undefined;
  const lastReason = conversation.history.findLast((entry) => entry.reason !== undefined)?.reason;
  return { kind: 'end', status: 'expired', reason: 'expired', ...(lastReason ? { detail: lastReason } : {}) };
}

function attemptsObstacle(conversation: Conversation): Obstacle | undefined {
  if (conversation.attempt_count < ATTEMPTS) return undefined;
  return { kind: 'end', status: 'failed_to_send_message', reason: 'attempts_exhausted' };
}
