import type { ConversationRequest } from '../core/contract/request';
import { identityOf } from '../core/recipient/identity';
import { sha256 } from '../core/sha256';
import { isObject } from './parse-body';

/**
 * SHA-256 (hex) of what the engine knows of a request: unknown fields, the order of fields and the spelling of the
 * recipient's addresses do not change it.
 */
export function hashRequest(request: ConversationRequest): string {
  const { recipient_tel: telephone, recipient_email: email, ...person } = request.recipient_data;
  return hashAsWritten({
    ...request,
    recipient_data: {
      ...person,
      recipient_tel: telephone && identityOf(telephone),
      recipient_email: email && identityOf(email),
    },
  });
}

/** The hash of requests that were accepted before spellings were compared by identity. */
export function hashAsWritten(request: ConversationRequest): string {
  return sha256(JSON.stringify(sorted(request)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  const fields = given.sort(([one], [other]) => (one < other ? -1 : 1));
  // As pairs: an object would put names that look like numbers first again, in their own order.
  return { object: fields.map(([name, part]) => [name, sorted(part)]) };
}
