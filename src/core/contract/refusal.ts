/**
 * Every answer other than acceptance, with its HTTP status; within 400 the order decides which fault names the answer.
 */
export const REFUSAL_STATUS = {
  INVALID_REQUEST: 400,
  MISSING_COMPANY_DATA: 400,
  MISSING_RECIPIENT_DATA: 400,
  MISSING_REQUEST_DATA: 400,
  INVALID_COMPANY_DATA_TYPE: 400,
  INVALID_RECIPIENT_DATA_TYPE: 400,
  INVALID_PROJECT_DATA_TYPE: 400,
  INVALID_REQUEST_DATA_TYPE: 400,
  MISSING_IDENTIFIERS: 400,
  MISSING_REQUEST_ID: 400,
  INVALID_REQUEST_ID: 400,
  MISSING_CHANNEL_METHOD: 400,
  UNSUPPORTED_CHANNEL: 400,
  MISSING_INITIAL_REQUEST_TIMESTAMP: 400,
  INVALID_TIMESTAMP: 400,
  MISSING_RECIPIENT_TEL: 400,
  INVALID_RECIPIENT_TEL: 400,
  MISSING_RECIPIENT_EMAIL: 400,
  INVALID_RECIPIENT_EMAIL: 400,
  MISSING_COMMS_CONSENT: 400,
  INVALID_COMMS_CONSENT_TYPE: 400,
  INVALID_EXPECTED_ANSWERS: 400,
  INVALID_SEND_AT: 400,
  INVALID_SEND_BEFORE: 400,
  INVALID_TEST: 400,
  PAYLOAD_TOO_LARGE: 400,
  MISSING_FACTS: 400,
  FORBIDDEN: 403,
  TEST_KEY_REQUIRED: 403,
  SENDING_KEY_REQUIRED: 403,
  PROJECT_INACTIVE: 403,
  CHANNEL_NOT_ALLOWED: 403,
  CONSENT_REQUIRED: 403,
  RECIPIENT_OPTED_OUT: 403,
  COMPANY_NOT_FOUND: 404,
  CONVERSATION_NOT_FOUND: 404,
  ENDPOINT_NOT_FOUND: 404,
  EVENT_NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  NOT_CANCELLABLE: 409,
  NOTHING_TO_ANSWER: 409,
  CONVERSATION_TAKEN: 409,
  CONVERSATION_CHANGED: 409,
  WINDOW_CLOSED: 409,
  REPLIES_UNREAD: 409,
  TOO_MANY_ENDPOINTS: 409,
  ENDPOINT_CHANGED: 409,
  RATE_LIMIT_EXCEEDED: 429,
  CONFIGURATION_ERROR: 500,
  DATABASE_ERROR: 500,
  QUEUE_ERROR: 500,
  INTERNAL_ERROR: 500,
} as const;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** In the contract's order. */
export const REFUSAL_CODES = Object.keys(REFUSAL_STATUS).filter(isRefusalCode);

export function isRefusalCode(word: string): word is RefusalCode {
  return Object.hasOwn(REFUSAL_STATUS, word);
}

/** One fault of a request: `path` in dotted notation (`recipient_data.recipient_tel`), `message` in plain words. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Why a request was not accepted, as the client reads it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly details?: readonly Fault[];
  /** For 429: seconds after which the same request can be accepted. */
  readonly retryAfterSeconds?: number;
}

/** The same for no key and for one that is not known, as API Gateway answers. */
export const FORBIDDEN: Refusal = { code: 'FORBIDDEN', message: 'Forbidden' };
