/**
 * How a receipt names the attempt that it belongs to: query parameters of Twilio's status callback, `custom_args` of SendGrid's events.
 * Neither value holds anything of the recipient's, since vendors do not treat these fields as personal data.
 */
export const RECEIPT_FIELDS = { conversation: 'conversation_id', attempt: 'attempt_id' } as const;

/** Twilio retries a callback once, and only where no connection came about, unless the URL's fragment asks for more. */
const RETRY_OVERRIDES = '#rc=5&rp=all';

export function twilioReceiptUrl(receiptUrl: string, conversationId: string, attemptId: string): string {
  const url = new URL(receiptUrl);
  url.searchParams.set(RECEIPT_FIELDS.conversation, conversationId);
  url.searchParams.set(RECEIPT_FIELDS.attempt, attemptId);
  url.hash = RETRY_OVERRIDES;
  return url.href;
}
