import type { ConversationRequest } from '../core/contract/request';
import { UNKNOWN_REQUEST } from './answer';
import { ECHO_LIMIT } from './answer-schema';
import { checkRequest } from './check-request';
import type { RequestBody } from './parse-body';
import { isObject, parseBody } from './parse-body';
import type { ShapeFault } from './shape-fault';

/** The body as a request, or every fault of it; `requestId` is what the answer names. */
export type ReadRequest =
  | { readonly valid: true; readonly requestId: string; readonly request: ConversationRequest }
  | { readonly valid: false; readonly requestId: string; readonly faults: readonly ShapeFault[] };

export function readRequest(received: RequestBody): ReadRequest {
  const body = parseBody(received);
  if (!body.valid) return { valid: false, requestId: UNKNOWN_REQUEST, faults: [body.fault] };
  return { requestId: requestIdOf(body.value), ...checkRequest(body.value) };
}

function requestIdOf(body: Readonly<Record<string, unknown>>): string {
  const requestId = isObject(body.request_data) ? body.request_data.request_id : undefined;
  return typeof requestId === 'string' && requestId !== '' && requestId.length <= ECHO_LIMIT
    ? requestId
    : UNKNOWN_REQUEST;
}
