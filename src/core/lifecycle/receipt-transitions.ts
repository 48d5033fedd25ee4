import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import { timestamp } from '../ports/clock';
import type { Timestamp } from '../ports/clock';
import type { Receipt } from '../ports/receipt';
import type { Change, Where } from './change';
import type { Conversation, ConversationStatus, DeliveryStatus, HistoryEntry } from './conversation';
import { DELIVERY_STATUSES } from './conversation';
import type { Asked } from './follow-up';
import { whenSent } from './follow-up';
import type { ReplyHandOff } from './hand-off-reasons';
import { waitForPerson } from './reply-transitions';
import { CLEARED_ON_PROGRESS, statusIs, step } from './transition';

/**
 * States in which it is not known, or not recorded, that an attempt went; a receipt that names the attempt proves it.
 */
export const UNPROVEN = [
  'composed',
  'sending',
  'send_unknown',
  'send_unconfirmed',
  'suppressed',
  'expired',
  'cancelled',
  'superseded',
  'failed_secrets_fetch',
  'failed_to_process_ai',
  'failed_to_send_message',
  'failed_unknown',
] as const satisfies readonly ConversationStatus[];

interface Reported {
  readonly receipt: Pick<Receipt, 'attemptId' | 'vendorMessageId' | 'status' | 'failure'>;
  readonly now: number;
  /** Absent: any whose deliveries are reported in the usual order. */
  readonly channel?: Channel;
  /** The record that it is about. */
  readonly asked: Asked;
}

/** The attempt went, whatever else the record says: a pending resend is cancelled. */
export function proveSent({ receipt, now, asked }: Reported): Change {
  const { set, history } = step('initial_message_sent', now);
  const watched = whenSent(asked, now);
  const { vendorMessageId } = receipt;
  return {
    name: 'prove sent',
    when: [{ ...statusIs(...UNPROVEN), attempt_ids: { contains: receipt.attemptId } }],
    set: {
      ...set, ...watched.set, sent_at: set.updated_at, ...reported(receipt), vendor_message_id: vendorMessageId,
    },
    remove: [...watched.remove, 'wait_count', ...(receipt.failure ? [] : CLEARED_ON_PROGRESS)],
    append: { history: isNews(receipt) ? { ...history, delivery: receipt.status } : history },
  };
}

/** What becomes of a message that a vendor has is an entry; that it has it is none. */
function isNews({ status }: Pick<Receipt, 'status'>): boolean {
  return status === 'undelivered' || status === 'delivered' || status === 'read';
}

/**
 * A receipt only ever raises what is known of the delivery, in whatever order receipts come. The vendor's
 * identifier stays: it came with the answer or with the first receipt.
 */
export function raiseDelivery({ receipt, now, channel }: Omit<Reported, 'asked'>): Change {
  const rank = deliveryRank(receipt.status, channel);
  const lower = DELIVERY_STATUSES.filter((status) => deliveryRank(status, channel) < rank);
  const ours: Where = { ...statusIs('initial_message_sent'), attempt_ids: { contains: receipt.attemptId } };
  return {
    name: 'raise delivery',
    when: [
      { ...ours, delivery_status: { exists: false } },
      ...(lower.length > 0 ? [{ ...ours, delivery_status: { oneOf: lower } }] : []),
    ],
    set: { updated_at: timestamp(now), ...reported(receipt) },
    remove: receipt.failure ? [] : CLEARED_ON_PROGRESS,
    append: isNews(receipt) ? { history: deliveryEntry(receipt, now) } : {},
  };
}

function deliveryEntry({ status: delivery, failure }: Reported['receipt'], now: number): HistoryEntry {
  return { at: timestamp(now), status: 'initial_message_sent', delivery, reason: failure?.reason };
}

/**
 * Vendor's identifiers of replies that a record holds at most: some 35 KB of the 400 KB that an item may have. Further
 * replies are kept in the thread and not counted.
 */
const COUNTED_REPLIES = 1_000;

/** Whether a record counts no more replies. */
export function isFullOfReplies({ inbound_ids: ids = [] }: Pick<Conversation, 'inbound_ids'>): boolean {
  return ids.length >= COUNTED_REPLIES;
}

/** Notes that the recipient answered, once however often the vendor reports it. The thread holds the words. */
export function noteReply(reply: {
  readonly vendorMessageId: string;
  readonly now: number;
  /** A person is to see it, and why. */
  readonly handOff?: ReplyHandOff | undefined;
  /** False if the record is full of replies. */
  readonly isCounted: boolean;
  /** Since when replies before this one wait for a person. */
  readonly waitSince?: Timestamp | undefined;
}): Change {
  const at = timestamp(reply.now);
  return {
    name: 'note reply',
    when: [{ inbound_ids: { lacks: reply.vendorMessageId } }],
    set: { updated_at: at, ...(reply.handOff ? waitForPerson(reply.handOff, reply.waitSince ?? at) : {}) },
    append: reply.isCounted ? { inbound_ids: reply.vendorMessageId } : {},
  };
}

function reported({ status, failure }: Reported['receipt']) {
  return {
    delivery_status: status,
    failure_reason: failure?.reason,
    failure_detail: failure?.detail,
  };
}

/**
 * Position of a delivery status in the vendor's own order: receipts only ever raise it. A mail server may accept a mail
 * and return it later, so on such a channel a failure stands above everything.
 */
export function deliveryRank(status: DeliveryStatus, channel?: Channel): number {
  const isLast = status === 'undelivered' && channel !== undefined && CHANNEL_DEFINITIONS[channel].failsAfterDelivery;
  return isLast ? DELIVERY_STATUSES.length : DELIVERY_STATUSES.indexOf(status);
}
