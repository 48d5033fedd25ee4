import { isService } from '../core/channels/sender-form';
import { timestamp } from '../core/ports/clock';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { proveSent, raiseDelivery, deliveryRank } from '../core/lifecycle/receipt-transitions';
import type { Receipt } from '../core/ports/receipt';
import type { ReceiptPorts } from './receipt-ports';

/**
 * `raised`: the delivery went on. `proved`: the record did not know that the message went, and does now. `known`:
 * reported before, or overtaken by a later state. `unknown_attempt`: the attempt is not one of this conversation's,
 * so it proves nothing.
 */
export type ReceiptOutcome = 'raised' | 'proved' | 'known' | 'unknown_attempt';

/** What came of a receipt, and the record as it was last seen. */
export interface TakenReceipt {
  readonly outcome: ReceiptOutcome;
  readonly conversation: Conversation;
}

/**
 * Raising the delivery fails if the send is not recorded yet; proving the send fails if it was recorded a moment ago.
 * The third try applies after either.
 */
const TRIES = [raiseDelivery, proveSent, raiseDelivery] as const;

/** Writes a vendor's receipt into the record that was found for it. May be repeated at any time and in any order. */
export async function takeReceipt(
  receipt: Receipt,
  conversation: Conversation,
  ports: ReceiptPorts,
): Promise<TakenReceipt> {
  if (!isOurs(receipt, conversation)) return { outcome: 'unknown_attempt', conversation };
  // First: after the record's step a repetition would find nothing to do.
  if (receipt.optOutEvent !== undefined) await applyOptOut(receipt.optOutEvent, conversation, ports);
  let seen = conversation;
  for (const change of TRIES) {
    if (isKnown(receipt, seen)) break;
    const { channel_method: channel } = conversation;
    const step = change({ receipt, now: ports.clock.now(), channel, asked: seen });
    const result = await ports.conversations.change(conversation, step);
    if (result.applied) {
      await learnNames(receipt, result.conversation, ports);
      return {
        outcome: report(receipt, result.conversation, change === proveSent, ports),
        conversation: result.conversation,
      };
    }
    if (!result.conversation) break;
    seen = result.conversation;
  }
  return { outcome: 'known', conversation: seen };
}

/** Of the recipient, and of a service's number, which no record of the company names. */
async function learnNames(
  { recipientAlias: alias, sentFrom }: Receipt,
  conversation: Conversation,
  { aliases, clock, senders }: ReceiptPorts,
): Promise<void> {
  const { company_id: company, primary_channel: address, conversation_id: id } = conversation;
  const at = timestamp(clock.now());
  if (alias) await aliases.learn({ company, address, alias, at });
  if (sentFrom && isService(parseConversationId(id)?.sender ?? '')) await senders.note(sentFrom, at);
}

function isOurs({ attemptId }: Receipt, conversation: Conversation): boolean {
  return conversation.attempt_ids?.includes(attemptId) ?? false;
}

function isKnown(
  { status }: Receipt,
  { conversation_status: state, delivery_status: delivery, channel_method: channel }: Conversation,
): boolean {
  if (state !== 'initial_message_sent' || delivery === undefined) return false;
  // The vendor that has accepted a message sends it: only what becomes of it is news, and each news costs a write.
  if (delivery === 'accepted' && status === 'sent') return true;
  return deliveryRank(delivery, channel) >= deliveryRank(status, channel);
}

function report(receipt: Receipt, after: Conversation, proved: boolean, { observer }: ReceiptPorts): ReceiptOutcome {
  const channel = after.channel_method;
  const reported = {
    conversation_id: after.conversation_id,
    channel,
    attempt_id: receipt.attemptId,
    delivery_status: receipt.status,
  };
  observer.count('ReceiptTaken', { channel });
  if (proved) observer.count('MessageSent', { channel });
  // That a delivery went on as it should stands in the record and in the count; a line of log would cost more than
  // the write.
  if (!proved && !receipt.failure) return 'raised';
  observer.info(proved ? 'a receipt proved that the message went' : 'the delivery failed', {
    ...reported, ...(receipt.failure ? { reason: receipt.failure.reason, detail: receipt.failure.detail } : {}),
  });
  return proved ? 'proved' : 'raised';
}

async function applyOptOut(
  event: string,
  conversation: Conversation,
  { directory, clock, observer }: ReceiptPorts,
): Promise<void> {
  const sender = parseConversationId(conversation.conversation_id)?.sender;
  if (sender === undefined) return;
  await directory.addOptOut({
    recipient: conversation.primary_channel,
    sender,
    at: timestamp(clock.now()),
    source: 'vendor',
    event,
  });
  observer.count('OptOutHeard', { channel: conversation.channel_method });
}
