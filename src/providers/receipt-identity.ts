import { TWILIO_RETRIES, WEBHOOK_QUERY } from '../core/contract/webhook-paths';

/**
 * How a receipt names the attempt that it belongs to: query parameters of Twilio's status callback, `custom_args` of SendGrid's events.
 * Neither value holds anything of the recipient's, since vendors do not treat these fields as personal data.
 */
export const RECEIPT_FIELDS = { conversation: WEBHOOK_QUERY.conversation, attempt: WEBHOOK_QUERY.attempt } as const;

export function twilioReceiptUrl(receiptUrl: string, conversationId: string, attemptId: string): string {
  const url = new URL(receiptUrl);
  url.searchParams.set(RECEIPT_FIELDS.conversation, conversationId);
  url.searchParams.set(RECEIPT_FIELDS.attempt, attemptId);
  url.hash = TWILIO_RETRIES;
  return url.href;
}
