import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EngineEvent } from './engine-event';

/** Headers of a request: as Node.js gives them, or a `Headers` object. Names in lower case. */
export type EventHeaders = Readonly<Record<string, string | readonly string[] | undefined>> | Headers;

/** Why a request is not believed. */
export type UnverifiedReason = 'headers_missing' | 'too_old' | 'signature_wrong' | 'not_an_event';

/** The request was not made by the engine, or not now: answer it with 400, and do nothing. */
export class UnverifiedEvent extends Error {
  override readonly name = 'UnverifiedEvent';

  constructor(readonly reason: UnverifiedReason) {
    super(`Verifying an event failed: ${WORDS[reason]}.`);
  }
}

const WORDS: Readonly<Record<UnverifiedReason, string>> = {
  headers_missing: 'webhook-id, webhook-timestamp or webhook-signature is missing; give all headers of the request',
  too_old: 'it was signed more than five minutes ago or ahead; compare the clock of this machine',
  signature_wrong: 'no signature fits; give the raw body, unchanged, and every secret that is valid',
  not_an_event: 'the body is not an event; give the raw body, unchanged',
};

/** Seconds that a signature may be away from this machine's clock: a copy that is sent again later is refused. */
const TOLERANCE = 300;

/**
 * The event of a request, once its signature is found to be the engine's; throws `UnverifiedEvent` otherwise. `body` is
 * the raw body: a parsed and written one may differ. `secrets` are all that are valid, such as both of a rotation. The
 * same event may come more than once: `event.id` tells.
 */
export function verifyEvent(
  body: string | Uint8Array,
  headers: EventHeaders,
  secrets: string | readonly string[],
  now: number = Date.now(),
): EngineEvent {
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headerOf(headers, name),
  );
  if (!id || !time || !signatures || !/^\d{1,12}$/.test(time)) throw new UnverifiedEvent('headers_missing');
  if (Math.abs(Math.floor(now / 1000) - Number(time)) > TOLERANCE) throw new UnverifiedEvent('too_old');
  const raw = typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body);
  const signed = Buffer.concat([Buffer.from(`${id}.${time}.`, 'utf8'), raw]);
  const given = signatures.split(' ').filter((one) => one.startsWith('v1,')).map((one) => (
    Buffer.from(one.slice('v1,'.length), 'base64')
  ));
  const isGenuine = [secrets].flat().some((secret) => {
    const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).update(signed).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  if (!isGenuine) throw new UnverifiedEvent('signature_wrong');
  const event = parse(raw.toString('utf8'));
  if (event?.id !== id) throw new UnverifiedEvent('not_an_event');
  return event;
}

function headerOf(headers: EventHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** The engine signed it, so its fields are not checked again. */
function parse(text: string): EngineEvent | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'id' in parsed ? (parsed as EngineEvent) : undefined;
  } catch {
    return undefined;
  }
}
