import type { DeliveryStatus } from '../core/lifecycle/conversation';
import type { Receipt, VendorWebhook } from '../core/ports/receipt';
import { RECEIPT_FIELDS } from './receipt-identity';
import { twilioRefusal } from './twilio-codes';
import { checkTwilioSignature } from './twilio-signature';

/** Twilio's statuses of an outgoing message; one that is not here tells nothing of the delivery. */
const DELIVERY: Readonly<Record<string, DeliveryStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'undelivered',
  failed: 'undelivered',
  canceled: 'undelivered',
};

/** Status callbacks of SMS and WhatsApp (twilio.com/docs/messaging/guides/track-outbound-message-status). The attempt stands in the signed query. */
export const twilioReceipts: VendorWebhook<Receipt> = {
  check: checkTwilioSignature,
  read: ({ query, body }) => {
    const form = new URLSearchParams(body);
    const { [RECEIPT_FIELDS.conversation]: conversationId = '', [RECEIPT_FIELDS.attempt]: attemptId = '' } = query;
    const vendorMessageId = form.get('MessageSid') ?? '';
    const word = form.get('MessageStatus') ?? '';
    const status = Object.hasOwn(DELIVERY, word) ? DELIVERY[word] : undefined;
    if (!conversationId || !attemptId || !vendorMessageId || !status) return undefined;
    const failure = status === 'undelivered' ? readFailure(form) : undefined;
    return {
      conversationId,
      attemptId,
      vendorMessageId,
      status,
      ...(failure ? { failure } : {}),
      ...(failure?.reason === 'recipient_opted_out' ? { optOutEvent: `${vendorMessageId}-${status}` } : {}),
    };
  },
};

function readFailure(form: URLSearchParams): NonNullable<Receipt['failure']> {
  const code = Number(form.get('ErrorCode'));
  if (!Number.isSafeInteger(code) || code <= 0) return { reason: 'vendor_refused', detail: form.get('MessageStatus') ?? '' };
  const { reason, vendorCode } = twilioRefusal(code, bareNumber(form.get('To') ?? ''));
  // The vendor's word is here, so nothing of ours was lost: it does not know either (30008).
  return { reason: reason === 'answer_lost' ? 'recipient_unavailable' : reason, detail: vendorCode };
}

/** Twilio writes a WhatsApp address as `whatsapp:` and the number. */
export function bareNumber(address: string): string {
  return address.replace(/^whatsapp:/, '');
}
