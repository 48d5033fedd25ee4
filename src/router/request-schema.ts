import * as z from 'zod/mini';
import { parseChannel, CHANNELS } from '../core/channel';
import { TEST_REPLY_LIMIT } from '../core/contract/request';
import { TEST_OUTCOMES } from '../core/lifecycle/client-wishes';
import { ANSWER_LIMITS } from '../core/company/expected-answer';
import { TRUNK_ZERO, withoutTrunkZero } from '../core/recipient/telephone';
import {
  DATE_TIME,
  EMAIL_PATTERN,
  EMAIL_LENGTH,
  isEmailAddress,
  isTimestamp,
  MOMENT,
  PERSON_NAME,
  TELEPHONE_NUMBER,
  UUID_V4,
} from './field-formats';

const text = () => z.string('must be text');
/** Nothing is trimmed: what is stored is what the client sent. */
const notBlank = () => text().check(z.regex(/\S/, 'must not be blank'));

/** Characters of a name at most. */
const NAME_LENGTH = 100;
const personName = () =>
  text().check(
    z.maxLength(NAME_LENGTH, `must have at most ${NAME_LENGTH} characters`),
    z.refine((name) => /\S/.test(name), 'must not be blank'),
    z.refine((name) => /^\P{Cc}*$/u.test(name), 'must not hold line breaks or other control characters'),
    z.meta({ pattern: PERSON_NAME.source }),
  );

const moment = () =>
  text().check(z.regex(MOMENT, 'must be a moment in ISO 8601 with its offset, such as 2026-11-22T09:30:00+01:00'));

const testPlay = () =>
  z.object(
    {
      outcome: z.optional(z.enum(TEST_OUTCOMES, `must be one of ${TEST_OUTCOMES.join(', ')}`)),
      reply: z.optional(
        z.string('must be text').check(
          z.regex(/\S/, 'must not be blank'),
          z.maxLength(TEST_REPLY_LIMIT, `must have at most ${TEST_REPLY_LIMIT} characters`),
        ),
      ),
    },
    'must be an object',
  );

const TELEPHONE_RULE = 'must be a phone number in E.164 form, such as +447700900123';
/** Networks drop the zero or refuse the number, and the person behind it would be known by two spellings. */
function trunkZeroRule(number: string): string {
  return `must not have a zero after the country code: send ${withoutTrunkZero(number) ?? 'the number without it'}`;
}
const EMAIL_RULE = `must be an e-mail address of at most ${EMAIL_LENGTH} characters`;

/** An answer that the template expects, and some of its choices. */
export const wantedAnswer = () =>
  z.object(
    {
      name: text(),
      choices: z.optional(
        z.array(text(), 'must be a list of texts').check(
          z.maxLength(ANSWER_LIMITS.choices, `must have at most ${ANSWER_LIMITS.choices} entries`),
        ),
      ),
    },
    'must be an object',
  );

/**
 * The body of POST /initiate-conversation. Fields that it does not name are dropped. What a check of our own judges
 * is given to the API's document as metadata, made of what that check uses.
 */
export const requestSchema = z.object(
  {
    company_data: z.object({ company_id: notBlank(), project_id: notBlank() }, 'must be an object'),
    recipient_data: z.object(
      {
        recipient_first_name: z.optional(personName()),
        recipient_last_name: z.optional(personName()),
        recipient_tel: z.optional(
          text().check(
            z.regex(TELEPHONE_NUMBER, TELEPHONE_RULE),
            z.refine((number) => withoutTrunkZero(number) === undefined, {
              error: ({ input }) => trunkZeroRule(String(input)),
            }),
            z.meta({ pattern: `^(?!${TRUNK_ZERO})${TELEPHONE_NUMBER.source.slice(1)}` }),
          ),
        ),
        recipient_email: z.optional(
          text().check(
            z.refine(isEmailAddress, EMAIL_RULE),
            z.meta({ pattern: EMAIL_PATTERN, maxLength: EMAIL_LENGTH }),
          ),
        ),
        comms_consent: z.boolean('must be true or false'),
      },
      'must be an object',
    ),
    project_data: z._default(z.record(z.string(), z.unknown(), 'must be an object'), {}),
    request_data: z.object(
      {
        request_id: text().check(z.regex(UUID_V4, 'must be a UUID version 4 in lower case with hyphens')),
        channel_method: text().check(
          z.refine((word) => parseChannel(word) !== undefined, `must be one of ${CHANNELS.join(', ')}`),
          z.meta({ enum: CHANNELS }),
        ),
        initial_request_timestamp: text().check(
          z.refine(
            isTimestamp,
            'must be an existing date in ISO 8601, with or without a time, such as 2026-11-22T09:30:00Z',
          ),
          z.meta({ pattern: DATE_TIME.source }),
        ),
        expected_answers: z.optional(
          z.array(wantedAnswer(), 'must be a list').check(
            z.minLength(1, 'must name an answer, or be left out'),
            z.maxLength(ANSWER_LIMITS.answers, `must have at most ${ANSWER_LIMITS.answers} entries`),
          ),
        ),
        send_at: z.optional(moment()),
        send_before: z.optional(moment()),
        test: z.optional(testPlay()),
      },
      'must be an object',
    ),
  },
  'must be an object',
);
