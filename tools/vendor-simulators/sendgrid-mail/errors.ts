import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';

/** One fault of a request, as SendGrid names it. */
export interface SendGridFault {
  readonly message: string;
  readonly field: string | null;
  readonly help: string | null;
}

/** A fault with SendGrid's link to its explanation. */
export function fault(message: string, field: string): SendGridFault {
  return {
    message,
    field,
    help: `http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.${field.replace(/\.\d+/g, '')}`,
  };
}

export function sendGridErrors(
  status: number,
  faults: readonly SendGridFault[],
  headers: Readonly<Record<string, string>> = {},
): VendorAnswer {
  return jsonAnswer(status, { errors: faults }, headers);
}

export function plainError(status: number, message: string): VendorAnswer {
  return sendGridErrors(status, [{ message, field: null, help: null }]);
}

export function unverifiedSender(): VendorAnswer {
  const message =
    'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. ' +
    'Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity '
    + 'requirements';
  return sendGridErrors(403, [{ message, field: 'from', help: null }]);
}

export function tooManyRequests(retryAfterSeconds: number, now: number): VendorAnswer {
  return sendGridErrors(429, [{ message: 'too many requests', field: null, help: null }], {
    'retry-after': String(retryAfterSeconds),
    'x-ratelimit-limit': '600',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(now / 1000) + retryAfterSeconds),
  });
}
