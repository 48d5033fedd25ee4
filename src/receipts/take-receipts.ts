import { parseConversationId } from '../core/lifecycle/conversation-id';
import { deliveryRank } from '../core/lifecycle/receipt-transitions';
import { WEBHOOK_LIMITS } from '../core/contract/webhook-query';
import type { Receipt } from '../core/ports/receipt';
import type { WebhookPorts } from './receipt-ports';
import { takeReceipt } from './take-receipt';
import type { WebhookOwner } from './webhook-owner';

/** Conversations whose receipts are written at once. */
const TOGETHER = 10;

/**
 * Takes what a call reports, conversation by conversation, whose record is read once. Goes through the whole batch even
 * if some of it fails, so that a repetition finds less to do each time. Answers how many receipts name an attempt that
 * is not this company's.
 */
export async function takeReceipts(
  receipts: readonly Receipt[],
  owner: WebhookOwner,
  ports: WebhookPorts,
): Promise<{ readonly unknown: number }> {
  const groups = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    groups.set(receipt.conversationId, [...(groups.get(receipt.conversationId) ?? []), receipt]);
  }
  const waiting = groups.entries();
  const failures: unknown[] = [];
  let unknown = 0;
  const work = async () => {
    for (const [conversationId, group] of waiting) {
      try {
        const own = await takeGroup(conversationId, group, owner, ports);
        unknown += own;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  if (unknown > 0) ports.observer.count('ReceiptIgnored', { channel: owner.channel }, unknown);
  if (failures.length > 0) throw failures[0];
  return { unknown };
}

/** The highest first: where it is written, the others carry no news and write nothing. */
async function takeGroup(
  conversationId: string,
  group: readonly Receipt[],
  owner: WebhookOwner,
  ports: WebhookPorts,
): Promise<number> {
  let seen = await findConversation(conversationId, owner, ports);
  if (seen?.channel_method !== owner.channel) return group.length;
  const rank = ({ status }: Receipt) => deliveryRank(status, owner.channel);
  let unknown = 0;
  for (const receipt of [...group].sort((one, other) => rank(other) - rank(one))) {
    const { outcome, conversation } = await takeReceipt(receipt, seen, ports);
    seen = conversation;
    if (outcome === 'unknown_attempt') unknown += 1;
  }
  return unknown;
}

async function findConversation(
  conversationId: string,
  owner: WebhookOwner,
  { directory, conversations }: WebhookPorts,
) {
  if (owner.conversation) return owner.conversation;
  const identity = parseConversationId(conversationId);
  // Before any read: an account's webhook reports all that it sends, and one company's key proves nothing of another's
  // messages.
  if (identity?.companyId !== owner.companyId || Buffer.byteLength(conversationId) > WEBHOOK_LIMITS.identifier) {
    return undefined;
  }
  const { idempotency } = await directory.loadForProcessing(identity);
  return idempotency?.conversation.conversation_id === conversationId
    ? conversations.find(idempotency.conversation)
    : undefined;
}
