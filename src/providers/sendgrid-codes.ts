import type { FailureReason } from '../core/lifecycle/failure';
import type { RetryRule } from '../core/ports/provider';
import type { CodeMeaning, VendorCode } from '../core/ports/vendor';

/** One entry of `errors` in SendGrid's answer. */
export interface SendGridError {
  readonly message: string;
  readonly field?: string | null | undefined;
}

/**
 * SendGrid has no codes of its own for refusals: these name its HTTP status and what it refused (API reference, "Mail
 * Send errors").
 */
export const SENDGRID_CODES = {
  '400-recipient': [
    'recipient_unreachable',
    'never',
    'SendGrid does not take the recipient for a valid address.',
    'Correct the address, then send the request again under a new request_id.',
  ],
  '400-sender': [
    'sender_misconfigured',
    'after_configuration',
    "SendGrid does not take the company's address for a valid one.",
    'Correct company_email in the company record.',
  ],
  '400-content': [
    'template_rejected',
    'never',
    'SendGrid refused the subject or the content, because a part is empty or out of order.',
    'Check that the template gives a subject and a text, and that neither can be filled with nothing.',
  ],
  '400': [
    'vendor_refused',
    'never',
    'SendGrid could not use the request.',
    "Look at the account's activity feed, and report the fault with the conversation's id.",
  ],
  '401-credits': [
    'vendor_daily_limit',
    'next_day',
    "The SendGrid plan's credits are used up.",
    'Choose a larger plan, or wait until the credits are renewed.',
  ],
  '401': [
    'sender_misconfigured',
    'after_configuration',
    'The API key is wrong, expired or revoked.',
    'Create a key with the scope Mail Send and store it in the credential secret.',
  ],
  '403-sender': [
    'sender_misconfigured',
    'after_configuration',
    "The company's address is not a verified sender of the SendGrid account.",
    'Verify the address or authenticate its domain in SendGrid (Settings, Sender Authentication).',
  ],
  '403': [
    'sender_misconfigured',
    'after_configuration',
    'The API key lacks the scope Mail Send, or the account may not send.',
    "Give the key the scope Mail Send, and check the account's state and its list of allowed addresses.",
  ],
  '404': [
    'sender_misconfigured',
    'after_configuration',
    "The address of SendGrid's API is wrong.",
    "Check the SendGrid base URL in the stage's settings.",
  ],
  '413': [
    'template_rejected',
    'never',
    'The mail is larger than SendGrid takes (30 MB).',
    'Make the template smaller; large pictures belong on a web server.',
  ],
  '429': [
    'vendor_busy',
    'soon',
    'The account sends faster than SendGrid allows.',
    'None: the message is tried again by itself. Ask SendGrid for a higher limit if it happens often.',
  ],
  'other': [
    'vendor_refused',
    'never',
    'SendGrid refused the request with a status that its documentation does not give for this call.',
    "Look at SendGrid's status page and the account's activity feed.",
  ],
} as const satisfies Readonly<Record<string, VendorCode>>;

export type SendGridCode = keyof typeof SENDGRID_CODES;

/**
 * What a refusal means for the message. Only SendGrid's field names and fixed phrases are looked at, never kept: its
 * messages may hold addresses.
 */
export function sendGridRefusal(
  status: number, errors: readonly SendGridError[],
): { readonly reason: FailureReason; readonly retry: RetryRule; readonly vendorCode: SendGridCode } {
  const vendorCode = codeOf(status, errors);
  const [reason, retry] = SENDGRID_CODES[vendorCode];
  return { reason, retry, vendorCode };
}

/** Undefined for what is no code of this table. */
export function sendGridMeaning(code: string): CodeMeaning | undefined {
  const known = Object.entries(SENDGRID_CODES).find(([name]) => name === code)?.[1];
  return known && { cause: known[2], action: known[3] };
}

function codeOf(status: number, errors: readonly SendGridError[]): SendGridCode {
  const fields = errors.map((error) => error.field ?? '');
  switch (status) {
    case 400:
      if (fields.some((field) => /^personalizations\.\d+\.to/.test(field))) return '400-recipient';
      if (fields.some((field) => /^from\b/.test(field))) return '400-sender';
      return fields.some((field) => /^(content|subject)\b/.test(field)) ? '400-content' : '400';
    case 401:
      return errors.some((error) => error.message.startsWith('Maximum credits exceeded')) ? '401-credits' : '401';
    case 403:
      return fields.some((field) => /^from\b/.test(field)) ? '403-sender' : '403';
    case 404:
    case 405:
      return '404';
    case 413:
      return '413';
    default:
      return 'other';
  }
}
