import type { RefusalCode } from '../core/contract/refusal';
import { BODY_LIMIT, DEPTH_LIMIT } from '../router/parse-body';

const FAULTY = 'Correct what `details` names; the same request would be refused again.';

/** What each code means and what a client does about it. */
export const REFUSAL_MEANINGS: Readonly<Record<RefusalCode, string>> = {
  INVALID_REQUEST: `The body is no JSON object in UTF-8, or it nests deeper than ${DEPTH_LIMIT} levels.`,
  MISSING_COMPANY_DATA: '`company_data` is missing.',
  MISSING_RECIPIENT_DATA: '`recipient_data` or one of the names in it is missing.',
  MISSING_REQUEST_DATA: '`request_data` is missing.',
  INVALID_COMPANY_DATA_TYPE: '`company_data` is no object.',
  INVALID_RECIPIENT_DATA_TYPE: '`recipient_data` is no object, or one of the names in it is no usable name.',
  INVALID_PROJECT_DATA_TYPE: '`project_data` is no object, or holds a value that cannot be kept exactly.',
  INVALID_REQUEST_DATA_TYPE: '`request_data` is no object.',
  MISSING_IDENTIFIERS: '`company_id` or `project_id` is missing or no text.',
  MISSING_REQUEST_ID: '`request_id` is missing.',
  INVALID_REQUEST_ID: '`request_id` is no UUID of version 4 in its canonical spelling.',
  MISSING_CHANNEL_METHOD: '`channel_method` is missing.',
  UNSUPPORTED_CHANNEL: '`channel_method` names no channel of the engine.',
  MISSING_INITIAL_REQUEST_TIMESTAMP: '`initial_request_timestamp` is missing.',
  INVALID_TIMESTAMP: '`initial_request_timestamp` is no existing date and time in ISO 8601.',
  MISSING_RECIPIENT_TEL: 'The channel needs `recipient_tel`.',
  INVALID_RECIPIENT_TEL: '`recipient_tel` is no telephone number in E.164 form.',
  MISSING_RECIPIENT_EMAIL: 'The channel needs `recipient_email`.',
  INVALID_RECIPIENT_EMAIL: '`recipient_email` is no e-mail address.',
  MISSING_COMMS_CONSENT: '`comms_consent` is missing.',
  INVALID_COMMS_CONSENT_TYPE: '`comms_consent` is neither true nor false.',
  PAYLOAD_TOO_LARGE: `The body is larger than ${BODY_LIMIT / 1024} KB.`,
  FORBIDDEN: 'The key is missing, unknown, expired or revoked. Ask the operator for one.',
  PROJECT_INACTIVE: 'The project is switched off. Ask the operator.',
  CHANNEL_NOT_ALLOWED: 'The project may not use this channel. Use another, or ask the operator.',
  CONSENT_REQUIRED: '`comms_consent` is false: nobody is written to without it.',
  RECIPIENT_OPTED_OUT: 'The recipient has asked this sender not to write. Respect it.',
  COMPANY_NOT_FOUND: 'There is no such company and project, or they are not the key\'s. The two cannot be told apart.',
  CONVERSATION_NOT_FOUND: 'There is no such conversation, or it is not the key\'s. The two cannot be told apart.',
  IDEMPOTENCY_CONFLICT: 'This `request_id` was accepted before with another body. Send what is new under a new one.',
  RATE_LIMIT_EXCEEDED: 'The key\'s rate or the project\'s limit is used up. Send the same request again after `Retry-After` seconds.',
  CONFIGURATION_ERROR: 'The project is not configured completely; its operator has been told. Send the same request again later.',
  DATABASE_ERROR: 'The records could not be reached. Send the same request again; the same `request_id` makes that safe.',
  QUEUE_ERROR: 'The message could not be queued. Send the same request again; the same `request_id` makes that safe.',
  INTERNAL_ERROR: 'The engine met a fault of its own. Send the same request again; the same `request_id` makes that safe.',
};

/** What is said once of a whole status. */
export const STATUS_MEANINGS: Readonly<Record<number, string>> = {
  400: `The request's shape is faulty. Every fault is named at once; the first in the order of this list decides \`error_code\`. ${FAULTY}`,
  403: 'The request is understood and not allowed.',
  404: 'There is nothing of that name for this key.',
  409: 'The request contradicts an earlier one.',
  429: 'A limit is used up for now.',
  500: 'Nothing is wrong with the request. No inner detail leaves the engine.',
};
