import { createHash } from 'node:crypto';
import type { ConversationRequest } from '../core/contract/request';
import { isObject } from './parse-body';

/** SHA-256 (hex) of what the engine knows of a request: unknown fields and the order of fields do not change it. */
export function hashRequest(request: ConversationRequest): string {
  return sha256(JSON.stringify(sorted(request)));
}

/** SHA-256 of a text, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  const fields = given.sort(([one], [other]) => (one < other ? -1 : 1));
  // As pairs: an object would put names that look like numbers first again, in their own order.
  return { object: fields.map(([name, part]) => [name, sorted(part)]) };
}
