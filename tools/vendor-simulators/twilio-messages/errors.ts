import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';

/** A refusal in Twilio's words. */
export interface TwilioRefusal {
  /** HTTP status. */
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/**
 * What Twilio refuses at once, with its messages (twilio.com/docs/api/errors). Codes that come later are in
 * magic-numbers.ts.
 */
export const REFUSALS = {
  wrongCredentials: { status: 401, code: 20003, message: 'Authenticate' },
  toMissing: { status: 400, code: 21604, message: "A 'To' phone number is required." },
  fromMissing: { status: 400, code: 21603, message: "A 'From' phone number is required." },
  bodyMissing: { status: 400, code: 21602, message: 'Message body is required.' },
  bodyTooLong: { status: 400, code: 21617, message: 'The concatenated message body exceeds the 1600 character limit.' },
  channelMismatch: {
    status: 400,
    code: 21910,
    message: 'Invalid From and To pair. From and To should be of the same channel',
  },
  sameNumber: { status: 400, code: 21266, message: "'To' and 'From' number cannot be the same" },
  contentSidMissing: {
    status: 400,
    code: 21654,
    message: 'A ContentSid must be specified if ContentVariables are provided in the request.',
  },
  contentSidInvalid: { status: 400, code: 21655, message: 'The ContentSid is Invalid' },
  contentVariablesInvalid: { status: 400, code: 21656, message: 'The Content Variables Parameter is invalid' },
  variableTooLong: { status: 400, code: 21658, message: 'Parameter exceeded character limit' },
  invalidParameter: {
    status: 400,
    code: 20422,
    message: 'Invalid Parameter: ValidityPeriod must be between 1 and 36000.',
  },
  senderNotChannel: {
    status: 400,
    code: 63007,
    message: 'Twilio could not find a Channel with the specified From address',
  },
  toInvalid: { status: 400, code: 21211, message: "The 'To' number is not a valid phone number." },
  toUnroutable: {
    status: 400,
    code: 21612,
    message: "The 'To' phone number is not currently reachable using the 'From' phone number via SMS.",
  },
  toNotMobile: { status: 400, code: 21614, message: "'To' number is not a valid mobile number" },
  regionNotPermitted: {
    status: 400,
    code: 21408,
    message: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number.",
  },
  optedOut: { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' },
  fromInvalid: {
    status: 400,
    code: 21212,
    message: "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID.",
  },
  fromNotOwned: {
    status: 400,
    code: 21606,
    message:
      "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination.",
  },
  serviceMissing: { status: 404, code: 21701, message: 'The Messaging Service does not exist' },
  serviceEmpty: {
    status: 400,
    code: 21703,
    message: 'The Messaging Service does not have a phone number available to send a message to this destination',
  },
  queueFull: {
    status: 429,
    code: 21611,
    message: "This 'From' number has exceeded the maximum number of queued messages",
  },
  callbackInvalid: { status: 400, code: 21609, message: "The 'StatusCallback' URL is not a valid URL." },
  accountSuspended: { status: 401, code: 20005, message: 'Account not active' },
} as const satisfies Readonly<Record<string, TwilioRefusal>>;

export function twilioError(refusal: TwilioRefusal, headers: Readonly<Record<string, string>> = {}): VendorAnswer {
  const { code, message, status } = refusal;
  const authentication: Readonly<Record<string, string>> =
    status === 401 ? { 'www-authenticate': 'Basic realm="Twilio API"' } : {};
  return jsonAnswer(
    status,
    { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    { ...authentication, ...headers },
  );
}

export function notFound(path: string): VendorAnswer {
  return twilioError({ status: 404, code: 20404, message: `The requested resource ${path} was not found` });
}

/** Error 20429: Twilio has not processed the request. */
export function tooManyRequests(retryAfterSeconds: number): VendorAnswer {
  return twilioError(
    { status: 429, code: 20429, message: 'Too Many Requests' },
    { 'retry-after': String(retryAfterSeconds) },
  );
}

/** Error 20500: Twilio does not say whether it processed the request. */
export function internalError(): VendorAnswer {
  return twilioError({ status: 500, code: 20500, message: 'An internal server error has occurred' });
}
