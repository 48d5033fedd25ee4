import type { Change, Where } from './change';
import { timestamp } from './clock';
import type { ConversationMessage, ConversationStatus } from './conversation';
import { DELIVERY_STATUSES } from './conversation';
import type { Receipt } from './receipt';

/** States in which nobody knows, or nobody recorded, that an attempt went; a receipt that names the attempt proves it. */
const UNPROVEN = [
  'composed',
  'sending',
  'send_unknown',
  'send_unconfirmed',
  'suppressed',
  'expired',
  'failed_to_send_message',
] as const satisfies readonly ConversationStatus[];

interface Told {
  readonly receipt: Receipt;
  readonly now: number;
}

/** Rows 7, 11 and 14: the attempt went, whatever else the record says; a pending resend is off. */
export function proveSent({ receipt, now }: Told): Change {
  const at = timestamp(now);
  return {
    name: 'prove sent',
    when: [{ conversation_status: { oneOf: UNPROVEN }, attempt_ids: { contains: receipt.attemptId } }],
    set: { conversation_status: 'initial_message_sent', updated_at: at, sent_at: at, ...told(receipt) },
    remove: [
      'attention', 'due_at', 'retry_at', 'wait_count', 'lease_owner', 'lease_until', 'send_deadline',
      ...(receipt.failure ? [] : ['failure_reason', 'failure_detail'] as const),
    ],
    append: { history: { at, status: 'initial_message_sent' } },
  };
}

/** Row 14: a receipt only ever raises what is known of the delivery, in whatever order receipts come. */
export function raiseDelivery({ receipt, now }: Told): Change {
  const lower = DELIVERY_STATUSES.slice(0, DELIVERY_STATUSES.indexOf(receipt.status));
  const ours: Where = { conversation_status: { equals: 'initial_message_sent' }, attempt_ids: { contains: receipt.attemptId } };
  return {
    name: 'raise delivery',
    when: [
      { ...ours, delivery_status: { exists: false } },
      ...(lower.length > 0 ? [{ ...ours, delivery_status: { oneOf: lower } }] : []),
    ],
    set: { updated_at: timestamp(now), ...told(receipt) },
    remove: receipt.failure ? [] : ['failure_reason', 'failure_detail'],
  };
}

/** Appends what a person answered. `seen` identifiers keep a message that is told twice from standing twice. */
export function appendReply(reply: { readonly message: ConversationMessage; readonly vendorMessageId: string; readonly now: number; readonly handOff: boolean }): Change {
  return {
    name: 'append reply',
    when: [{ inbound_ids: { exists: false } }, { inbound_ids: { lacks: reply.vendorMessageId } }],
    set: {
      updated_at: timestamp(reply.now),
      ...(reply.handOff ? { hand_off_to_human: true, hand_off_to_human_reason: 'reply_received' } : {}),
    },
    append: { messages: reply.message, inbound_ids: reply.vendorMessageId },
  };
}

function told({ status, vendorMessageId, failure }: Receipt) {
  return {
    delivery_status: status,
    ...(vendorMessageId ? { vendor_message_id: vendorMessageId } : {}),
    ...(failure ? { failure_reason: failure.reason, failure_detail: failure.detail } : {}),
  };
}
