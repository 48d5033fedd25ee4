import type { WebhookAnswer } from '../core/ports/receipt';
import { REFUSAL_STATUS } from '../core/contract/refusal';
import type { RefusalCode } from '../core/contract/refusal';

/**
 * One answer for a forged call, an unknown company and a call that cannot be checked, so that an unknown caller learns
 * nothing.
 */
export const REFUSED = error('FORBIDDEN', 'Forbidden');

/** Refused before anything of the call is read. */
export const TOO_LARGE = error('PAYLOAD_TOO_LARGE', 'The body is too large.');

/** The vendor sends it again. */
export const LATER = error('INTERNAL_ERROR', 'The call could not be processed. Send it again.');

function error(code: RefusalCode, message: string): WebhookAnswer {
  return {
    status: REFUSAL_STATUS[code],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'error', error_code: code, message, request_id: 'unknown' }),
  };
}
