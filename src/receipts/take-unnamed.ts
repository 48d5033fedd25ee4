import { senderIdentity } from '../core/lifecycle/conversation-id';
import type { ChannelAccess, UnnamedReceipt } from '../core/ports/receipt';
import type { WebhookPorts } from './receipt-ports';
import { takeReceipt } from './take-receipt';
import type { WebhookOwner } from './webhook-owner';

/** Milliseconds after a send in which mail systems still return a mail; a later report is another mail's. */
const RETURNED_WITHIN = 7 * 24 * 60 * 60_000;

/**
 * Takes reports that name a recipient and no attempt, as mail systems return mails that they had taken. Each counts for
 * the newest message of this company's to that recipient; without one it is counted and left.
 */
export async function takeUnnamed(
  unnamed: readonly UnnamedReceipt[],
  owner: WebhookOwner & { readonly access: ChannelAccess },
  ports: WebhookPorts,
): Promise<void> {
  let ignored = 0;
  for (const receipt of unnamed) if (!(await takeOne(receipt, owner, ports))) ignored += 1;
  if (ignored > 0) ports.observer.count('ReceiptIgnored', { channel: owner.channel }, ignored);
}

async function takeOne(
  { recipient, status, failure }: UnnamedReceipt,
  { companyId: company, channel, access }: WebhookOwner & { readonly access: ChannelAccess },
  ports: WebhookPorts,
): Promise<boolean> {
  const key = await ports.recipients.newest({ recipient, sender: senderIdentity(access.sender), company });
  const conversation = key && (await ports.conversations.find(key));
  const { attempt_id: attemptId, sent_at: sentAt, conversation_id: conversationId } = conversation ?? {};
  if (!conversation || attemptId === undefined || conversationId === undefined || sentAt === undefined) return false;
  const isRecent = ports.clock.now() <= Date.parse(sentAt) + RETURNED_WITHIN;
  if (conversation.channel_method !== channel || !isRecent) return false;
  await takeReceipt({ conversationId, attemptId, status, ...(failure ? { failure } : {}) }, conversation, ports);
  return true;
}
