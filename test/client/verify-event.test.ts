import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { verifyEvent } from '../../src/client/verify-event';
import type { EngineEvent } from '../../src/client/engine-event';
import type { EventType } from '../../src/core/events/event-types';
import { EVENT_TYPES } from '../../src/core/events/event-types';
import { newSigningSecret, signedHeaders } from '../../src/events/sign';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const ID = '0b0f5f0e-6d5c-5a7e-9d0a-0c6f6d7b1a11';
const BODY = JSON.stringify({ id: ID, type: 'message.sent', sequence: 4, data: { state: 'Grüße 🌍' } });
const secret = newSigningSecret();
const NOISE = randomBytes(8).toString('base64');
const signed = (change: Partial<Parameters<typeof signedHeaders>[0]> = {}) => (
  signedHeaders({ id: ID, now: NOW, body: BODY, secrets: [secret], ...change })
);

test('the client knows every type of event, and no other', () => {
  const sent: ReadonlyArray<EngineEvent['type']> = EVENT_TYPES;
  const known: readonly EventType[] = sent;
  expect(known).toEqual(EVENT_TYPES);
});

test('what the engine signs, the standard\'s own library believes, and the client too', () => {
  const headers = signedHeaders({ id: ID, now: Date.now(), body: BODY, secrets: [secret] });
  expect(new Webhook(secret).verify(BODY, { ...headers })).toEqual(JSON.parse(BODY));
  expect(verifyEvent(BODY, headers, secret)).toEqual(JSON.parse(BODY));
});

test('what the standard\'s own library signs, the client believes', () => {
  const at = new Date();
  const headers = {
    'webhook-id': ID,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(ID, at, BODY),
  };
  expect(verifyEvent(Buffer.from(BODY), new Headers(headers), [secret])).toEqual(JSON.parse(BODY));
});

test('while a secret is rotated, either one verifies', () => {
  const next = newSigningSecret();
  const headers = signed({ secrets: [next, secret] });
  for (const one of [secret, next]) expect(verifyEvent(BODY, headers, one, NOW).id).toBe(ID);
  expect(verifyEvent(BODY, signed(), [next, secret], NOW).id).toBe(ID);
});

test.each([
  ['another secret', BODY, signed(), newSigningSecret(), 'signature_wrong'],
  ['another body', BODY.replace('sent', 'read'), signed(), secret, 'signature_wrong'],
  ['another identifier', BODY, { ...signed(), 'webhook-id': 'other' }, secret, 'signature_wrong'],
  ['another moment', BODY, { ...signed(), 'webhook-timestamp': String(NOW / 1000 + 1) }, secret, 'signature_wrong'],
  ['a copy of six minutes ago', BODY, signed({ now: NOW - 360_000 }), secret, 'too_old'],
  ['one of tomorrow', BODY, signed({ now: NOW + 86_400_000 }), secret, 'too_old'],
  ['no signature', BODY, { ...signed(), 'webhook-signature': undefined }, secret, 'headers_missing'],
  ['a signature of another version', BODY, { ...signed(), 'webhook-signature': 'v2,AAAA' }, secret, 'signature_wrong'],
  ['noise', BODY, { ...signed(), 'webhook-signature': `v1,${NOISE}` }, secret, 'signature_wrong'],
  ['a moment that is none', BODY, { ...signed(), 'webhook-timestamp': '1e9' }, secret, 'headers_missing'],
])('%s is refused', (_name, body, headers, given, reason) => {
  expect(() => verifyEvent(body, headers, given, NOW)).toThrow(expect.objectContaining({ reason }));
});

test.each(['null', '[]', '"text"', 'no JSON', '{}', '{"id":"other"}'])('a signed %s is no event', (body) => {
  const refused = expect.objectContaining({ reason: 'not_an_event' });
  expect(() => verifyEvent(body, signed({ body }), secret, NOW)).toThrow(refused);
});
