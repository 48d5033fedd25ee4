import type { RefusalCode } from './refusal';
import {
  BODY_LIMIT,
  DEPTH_LIMIT,
  FACT_TEXT_LIMIT,
  LONGEST_SCHEDULE_DAYS,
  SHORTEST_USE_SECONDS,
  VALUES_LIMIT,
} from './request';

/** Why a request was refused, in plain words, and what its client does next. */
interface RefusalMeaning {
  readonly cause: string;
  readonly client: string;
}

const CORRECT_IT = 'Correct what `details` names; the same request would be refused again.';
const REPEAT_IT = 'Send the same request again; the same `request_id` makes that safe.';

const faulty = (cause: string): RefusalMeaning => ({ cause, client: CORRECT_IT });

/** What each refusal means. Why an accepted message does not go is in core/lifecycle/failure.ts. */
export const REFUSAL_MEANINGS: Readonly<Record<RefusalCode, RefusalMeaning>> = {
  INVALID_REQUEST: faulty(`The body is not a JSON object in UTF-8, or it nests deeper than ${DEPTH_LIMIT} levels; or a parameter of the query is not valid.`),
  MISSING_COMPANY_DATA: faulty('`company_data` is missing.'),
  MISSING_RECIPIENT_DATA: faulty('`recipient_data` is missing.'),
  MISSING_REQUEST_DATA: faulty('`request_data` is missing.'),
  INVALID_COMPANY_DATA_TYPE: faulty('`company_data` is not an object.'),
  INVALID_RECIPIENT_DATA_TYPE: faulty('`recipient_data` is not an object, or one of the names in it is not usable.'),
  INVALID_PROJECT_DATA_TYPE: faulty('`project_data` is not an object, or holds a value that cannot be kept exactly.'),
  INVALID_REQUEST_DATA_TYPE: faulty('`request_data` is not an object.'),
  MISSING_IDENTIFIERS: faulty('`company_id` or `project_id` is missing or not a text.'),
  MISSING_REQUEST_ID: faulty('`request_id` is missing.'),
  INVALID_REQUEST_ID: faulty('`request_id` is not a UUID of version 4 in its canonical spelling.'),
  MISSING_CHANNEL_METHOD: faulty('`channel_method` is missing.'),
  UNSUPPORTED_CHANNEL: faulty('`channel_method` does not name a channel of the engine.'),
  MISSING_INITIAL_REQUEST_TIMESTAMP: faulty('`initial_request_timestamp` is missing.'),
  INVALID_TIMESTAMP: faulty('`initial_request_timestamp` is not an existing date in ISO 8601.'),
  MISSING_RECIPIENT_TEL: faulty('The channel needs `recipient_tel`.'),
  INVALID_RECIPIENT_TEL: faulty('`recipient_tel` is not a telephone number in E.164 form.'),
  MISSING_RECIPIENT_EMAIL: faulty('The channel needs `recipient_email`.'),
  INVALID_RECIPIENT_EMAIL: faulty('`recipient_email` is not an e-mail address.'),
  MISSING_COMMS_CONSENT: faulty('`comms_consent` is missing.'),
  INVALID_COMMS_CONSENT_TYPE: faulty('`comms_consent` is neither true nor false.'),
  INVALID_EXPECTED_ANSWERS: faulty(
    '`expected_answers` is not a list of names and choices, or the template does not expect what it names; '
      + '`GET /templates` lists what each template expects.',
  ),
  INVALID_SEND_AT: faulty(
    `\`send_at\` is not a moment in ISO 8601 with its offset, or is more than ${LONGEST_SCHEDULE_DAYS} days ahead.`,
  ),
  INVALID_SEND_BEFORE: faulty(
    '`send_before` is not a moment in ISO 8601 with its offset, or leaves the message of use for less than ' +
      `${SHORTEST_USE_SECONDS} seconds or more than ${LONGEST_SCHEDULE_DAYS} days.`,
  ),
  INVALID_TEST: faulty('`test` is not an object, or says something else than a test can play.'),
  PAYLOAD_TOO_LARGE: faulty(
    `The body is larger than ${BODY_LIMIT / 1024} KB, holds more than ${VALUES_LIMIT} fields and elements, or one of ` +
      `its facts has more than ${FACT_TEXT_LIMIT} characters.`,
  ),
  MISSING_FACTS: faulty(
    'The template needs facts that the request lacks; `GET /templates` lists what each template needs.',
  ),
  FORBIDDEN: { cause: 'The key is missing, unknown, expired or revoked.', client: 'Ask the operator for a key.' },
  TEST_KEY_REQUIRED: {
    cause: 'The request says what a test plays (`test`), and its key is not a test key: its message would really go.',
    client: 'Leave `test` out, or use a test key.',
  },
  SENDING_KEY_REQUIRED: {
    cause: 'The key is a test key and the conversation is not a test: the reply would really be sent.',
    client: 'Answer by a key that sends, or answer a conversation of the test key.',
  },
  PROJECT_INACTIVE: { cause: 'The project is switched off.', client: 'Ask the operator.' },
  CHANNEL_NOT_ALLOWED: {
    cause: 'The project may not use this channel.',
    client: 'Use another channel, or ask the operator.',
  },
  CONSENT_REQUIRED: {
    cause: '`comms_consent` is false.',
    client: 'Write to the person only once they have agreed to it.',
  },
  RECIPIENT_OPTED_OUT: { cause: 'The recipient has asked this sender not to write.', client: 'Respect it.' },
  COMPANY_NOT_FOUND: {
    cause: "There is no such company and project, or they are not the key's. The two cannot be distinguished.",
    client: 'Check `company_id`, `project_id` and the key.',
  },
  CONVERSATION_NOT_FOUND: {
    cause: "There is no such conversation, or it is not the key's. The two cannot be distinguished.",
    client: 'Check the identifier and the key.',
  },
  ENDPOINT_NOT_FOUND: {
    cause: "There is no such endpoint, or it is not for the key's projects alone. The two cannot be distinguished.",
    client: 'List the endpoints of the key.',
  },
  EVENT_NOT_FOUND: {
    cause: "There is no such event any more, or it is not of the key's projects. The two cannot be distinguished.",
    client: 'List the events of the key.',
  },
  IDEMPOTENCY_CONFLICT: {
    cause: 'This `request_id` was accepted before with another body, or by a key of the other kind (test or not).',
    client: 'Send what is new under a new `request_id`.',
  },
  NOT_CANCELLABLE: {
    cause: 'The message was sent, is being sent, or has ended already.',
    client: 'Read the conversation: its state says what became of the message.',
  },
  NOTHING_TO_ANSWER: {
    cause: 'The recipient has written nothing in this conversation.',
    client: 'Wait for a reply, or ask for a message by `POST /initiate-conversation`.',
  },
  CONVERSATION_TAKEN: {
    cause: 'A person or another project has taken over what is written with this recipient, or it waits for a person.',
    client: 'Agree with whoever has it; the operator can return it.',
  },
  CONVERSATION_CHANGED: {
    cause: 'The conversation changed again and again while it was to be taken over or returned.',
    client: 'Send the same request again.',
  },
  WINDOW_CLOSED: {
    cause: 'WhatsApp takes free words for 24 hours after the recipient has written, and those are over.',
    client: 'Ask for a message of an approved template by `POST /initiate-conversation`.',
  },
  REPLIES_UNREAD: {
    cause: 'The conversation has another number of replies than was acknowledged.',
    client: 'Read the conversation again, deal with what came since, and acknowledge the new number.',
  },
  TOO_MANY_ENDPOINTS: {
    cause: 'The company has as many endpoints as it may have.',
    client: 'Remove one that is not needed any more.',
  },
  ENDPOINT_CHANGED: {
    cause: 'Another rotation of the secret came in between.',
    client: 'Rotate again if you do not have the answer of that one.',
  },
  RATE_LIMIT_EXCEEDED: {
    cause: "The key's rate or the project's limit is used up.",
    client: 'Send the same request again after `Retry-After` seconds.',
  },
  CONFIGURATION_ERROR: {
    cause: 'The project is not configured completely; its operator was notified.',
    client: 'Send the same request again later.',
  },
  DATABASE_ERROR: { cause: 'The records could not be reached.', client: REPEAT_IT },
  QUEUE_ERROR: { cause: 'The message could not be queued.', client: REPEAT_IT },
  INTERNAL_ERROR: { cause: 'The engine met a fault of its own.', client: REPEAT_IT },
};

/** What is true of every refusal with an HTTP status. */
export const STATUS_MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request\'s shape is faulty. Every fault is named at once; '
    + `the first in the order of this list decides \`error_code\`. ${CORRECT_IT}`,
  403: 'The request is understood and not allowed.',
  404: 'Nothing of that name exists for this key.',
  409: 'The request contradicts an earlier one.',
  429: 'A limit is used up for now.',
  500: 'Nothing is wrong with the request. No inner detail leaves the engine.',
};
