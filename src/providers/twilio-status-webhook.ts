import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { DeliveryStatus } from '../core/lifecycle/conversation';
import type { Receipt, VendorWebhook, WebhookCall } from '../core/ports/receipt';
import { bareNumber, LARGEST_TWILIO_FORM, messageSid } from './twilio-address';
import { twilioRefusal } from './twilio-codes';
import { checkTwilioSignature, TWILIO_SIGNATURE } from './twilio-signature';

/** Twilio's statuses of an outgoing message; one that is not here says nothing about the delivery. */
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

/**
 * Status callbacks of SMS and WhatsApp (twilio.com/docs/messaging/guides/track-outbound-message-status). The attempt
 * stands in the signed query.
 */
export const twilioStatusWebhook = {
  path: '/webhooks/twilio/status',
  largestBody: LARGEST_TWILIO_FORM,
  claim: ({ [WEBHOOK_QUERY.conversation]: conversationId = '' }) => ({ conversationId }),
  check: checkTwilioSignature,
  read: (call) => {
    const receipt = readReceipt(call);
    return receipt && { kind: 'receipts', receipts: [receipt], ignored: 0 };
  },
  // Twilio reads the status alone.
  taken: { status: 204, headers: {}, body: '' },
  document: {
    operationId: 'takeTwilioStatus',
    summary: 'Twilio reports what became of a message',
    query: [WEBHOOK_QUERY.conversation, WEBHOOK_QUERY.attempt],
    headers: { 'X-Twilio-Signature': TWILIO_SIGNATURE },
    body: { form: ['MessageSid', 'MessageStatus'] },
  },
} satisfies VendorWebhook;

function readReceipt({ query, body }: WebhookCall): Receipt | undefined {
  const form = new URLSearchParams(body);
  const { [WEBHOOK_QUERY.conversation]: conversationId = '', [WEBHOOK_QUERY.attempt]: attemptId = '' } = query;
  const vendorMessageId = messageSid(form);
  const word = form.get('MessageStatus') ?? '';
  const status = Object.hasOwn(DELIVERY, word) ? DELIVERY[word] : undefined;
  if (!conversationId || !attemptId || !vendorMessageId || !status) return undefined;
  const failure = status === 'undelivered' ? readFailure(form) : undefined;
  const recipientAlias = form.get('ExternalUserId');
  const sentFrom = bareNumber(form.get('From') ?? '');
  return {
    conversationId,
    attemptId,
    vendorMessageId,
    status,
    ...(recipientAlias ? { recipientAlias } : {}),
    ...(sentFrom ? { sentFrom } : {}),
    ...(failure ? { failure } : {}),
    ...(failure?.reason === 'recipient_opted_out' ? { optOutEvent: `${vendorMessageId}-${status}` } : {}),
  };
}

function readFailure(form: URLSearchParams): NonNullable<Receipt['failure']> {
  const code = Number(form.get('ErrorCode'));
  if (!Number.isSafeInteger(code) || code <= 0) {
    return { reason: 'vendor_refused', detail: form.get('MessageStatus') ?? '' };
  }
  const { reason, vendorCode } = twilioRefusal(code, bareNumber(form.get('To') ?? ''));
  // The vendor's word is here, so nothing of ours was lost: it does not know either (30008).
  return { reason: reason === 'answer_lost' ? 'recipient_unavailable' : reason, detail: vendorCode };
}
