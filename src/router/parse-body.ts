import { BODY_LIMIT, DEPTH_LIMIT, VALUES_LIMIT } from '../core/contract/request';
import type { ShapeFault } from './shape-fault';
import { walkJson } from './walk-json';

export interface RequestBody {
  /** As API Gateway hands it over; absent where the client sent none. */
  readonly body: string | undefined;
  readonly isBase64: boolean;
}

export type ParsedBody =
  | { readonly valid: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly fault: ShapeFault };

/**
 * Reads the body as one JSON object. Of a field that occurs twice the last counts, as in the engine that this one
 * replaces.
 */
export function parseBody(received: RequestBody): ParsedBody {
  const { body } = received;
  if (!body) return invalid('is missing');
  if (body.length > BODY_LIMIT * 2) return TOO_LARGE;
  const text = received.isBase64 ? decode(body) : { bytes: Buffer.byteLength(body), text: body };
  if (text === undefined) return invalid('is not base64');
  if (text.bytes > BODY_LIMIT) return TOO_LARGE;
  if (text.text === undefined) return invalid('is not UTF-8');
  return parseText(text.text.replace(/^\uFEFF/, ''));
}

const TOO_LARGE: ParsedBody = {
  valid: false,
  fault: { code: 'PAYLOAD_TOO_LARGE', path: 'body', message: `is larger than ${BODY_LIMIT / 1024} KB` },
};

const TOO_MANY: ParsedBody = {
  valid: false,
  fault: { code: 'PAYLOAD_TOO_LARGE', path: 'body', message: `holds more than ${VALUES_LIMIT} fields and elements` },
};

function invalid(message: string, path = 'body'): ParsedBody {
  return { valid: false, fault: { code: 'INVALID_REQUEST', path, message } };
}

function decode(body: string): { readonly bytes: number; readonly text?: string } | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) return undefined;
  const bytes = Buffer.from(body, 'base64');
  try {
    return { bytes: bytes.length, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { bytes: bytes.length };
  }
}

function parseText(text: string): ParsedBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('is not JSON');
  }
  if (!isObject(value)) return invalid('must be a JSON object');
  let values = 0;
  for (const place of walkJson(value, '', DEPTH_LIMIT)) {
    values += 1;
    if (values > VALUES_LIMIT) return TOO_MANY;
    if (place.depth >= DEPTH_LIMIT && typeof place.value === 'object' && place.value !== null) {
      return invalid(`nests deeper than ${DEPTH_LIMIT} levels`);
    }
    // API Gateway replaces bytes that are no UTF-8 in a body that it hands over as text.
    if (isReplaced(place.value) || isReplaced(place.field)) {
      return invalid('holds a replacement character (U+FFFD): some bytes were no UTF-8');
    }
    if (isBroken(place.value) || isBroken(place.field)) {
      return invalid('holds half of a character (an unpaired surrogate)');
    }
  }
  return { valid: true, value };
}

function isBroken(text: unknown): boolean {
  return typeof text === 'string' && /\p{Surrogate}/u.test(text);
}

function isReplaced(text: unknown): boolean {
  return typeof text === 'string' && text.includes('\uFFFD');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
