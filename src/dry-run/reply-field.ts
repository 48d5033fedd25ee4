import type { Refusal } from '../core/contract/refusal';
import type { RequestBody } from '../router/parse-body';
import { parseBody } from '../router/parse-body';

/** The field of a dry run's body that a request does not have: what the recipient might answer. */
export const REPLY_FIELD = 'reply';

/** Characters of a reply that is tried. */
export const REPLY_LIMIT = 8_000;

/** What is to be tried beside the message; undefined where the body has no such field, or is none. */
export function replyIn(call: RequestBody): { readonly text: string } | { readonly refusal: Refusal } | undefined {
  const body = parseBody(call);
  const given = body.valid ? body.value[REPLY_FIELD] : undefined;
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given === 'string' && given.length <= REPLY_LIMIT) return { text: given };
  const message = `must be a text of at most ${REPLY_LIMIT} characters`;
  return {
    refusal: {
      code: 'INVALID_REQUEST', message: `${REPLY_FIELD} ${message}.`, details: [{ path: REPLY_FIELD, message }],
    },
  };
}
