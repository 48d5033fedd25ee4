import { REFUSAL_STATUS } from '../core/contract/refusal';
import type { RefusalCode } from '../core/contract/refusal';

/** What a vendor is answered. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Vendors read the status alone. */
export const TAKEN: WebhookAnswer = { status: 204, headers: {}, body: '' };

/** TwiML that answers nothing; Twilio would report any other body as an error of the webhook. */
export const SILENT_REPLY: WebhookAnswer = { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: '<Response/>' };

/** One answer for a forged call, an unknown company and a call that nobody can check, so that a stranger learns nothing. */
export const REFUSED = error('FORBIDDEN', 'Forbidden');

/** The vendor tells it again. */
export const LATER = error('INTERNAL_ERROR', 'The call could not be processed. Send it again.');

function error(code: RefusalCode, message: string): WebhookAnswer {
  return {
    status: REFUSAL_STATUS[code],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'error', error_code: code, message, request_id: 'unknown' }),
  };
}
