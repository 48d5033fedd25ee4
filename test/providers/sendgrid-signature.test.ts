import { generateKeyPairSync } from 'node:crypto';
import type { WebhookCall } from '../../src/core/ports/receipt';
import { checkSendGridSignature } from '../../src/providers/sendgrid-signature';
import { sendGridKeys } from '../support/sample-webhook';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const BODY = '[{"event":"delivered"}]\r\n';

/** The example of SendGrid's own libraries' tests, with the key as SendGrid shows it. */
const EXAMPLE_KEY =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==';
const EXAMPLE: WebhookCall = {
  urls: [],
  query: {},
  headers: {
    'x-twilio-email-event-webhook-signature':
      'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
    'x-twilio-email-event-webhook-timestamp': '1600112502',
  },
  body: `${JSON.stringify([
    {
      'email': 'hello@world.com',
      'event': 'dropped',
      'reason': 'Bounced Address',
      'sg_event_id': 'ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA',
      'sg_message_id': 'LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0',
      'smtp-id': '<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>',
      'timestamp': 1600112492,
    },
  ])}\r\n`,
};

const keys = sendGridKeys();
const verdict = (call: WebhookCall, now = NOW, key = keys.publicKey) =>
  checkSendGridSignature(call, { sendgrid_webhook_public_key: key }, now);

describe('SendGrid\'s signature', () => {
  it('of SendGrid\'s own example is genuine', () => {
    expect(verdict(EXAMPLE, 1_600_112_510_000, EXAMPLE_KEY)).toEqual({ verdict: 'genuine' });
  });

  it('covers timestamp and raw body to the byte', () => {
    const call = keys.call({}, BODY, NOW);
    const later = { ...call.headers, 'x-twilio-email-event-webhook-timestamp': String(NOW / SECOND + 1) };
    expect(verdict(call)).toEqual({ verdict: 'genuine' });
    expect([
      verdict({ ...call, body: BODY.trim() }),
      verdict({ ...call, body: BODY.replace('delivered', 'bounce') }),
      verdict({ ...call, headers: later }),
    ]).toEqual([{ verdict: 'forged' }, { verdict: 'forged' }, { verdict: 'forged' }]);
  });

  it('of another company is none', () => {
    expect(verdict(keys.call({}, BODY, NOW), NOW, sendGridKeys().publicKey)).toEqual({ verdict: 'forged' });
  });

  it.each([
    ['a moment ago', 0, 'genuine'],
    ['24 hours ago, as SendGrid\'s last try may be', 24 * HOUR, 'genuine'],
    ['25 hours ago', 25 * HOUR, 'genuine'],
    ['longer ago: a replay', 25 * HOUR + SECOND, 'forged'],
    ['5 minutes ahead', -5 * 60 * SECOND, 'genuine'],
    ['further ahead', -5 * 60 * SECOND - SECOND, 'forged'],
  ])('made %s is %s', (_words, age, expected) => {
    expect(verdict(keys.call({}, BODY, NOW - age))).toEqual({ verdict: expected });
  });

  it.each(['', 'soon', '-1', '1e9', '99999999999999', ' 1762074000'])(
    'with the timestamp "%s" is none',
    (timestamp) => {
      const call = keys.call({}, BODY, NOW);
      expect(
        verdict({ ...call, headers: { ...call.headers, 'x-twilio-email-event-webhook-timestamp': timestamp } }),
      ).toEqual({ verdict: 'forged' });
    },
  );

  it.each(['', 'no base64!', 'AAAA'])('that reads "%s" is none', (signature) => {
    const call = keys.call({}, BODY, NOW);
    expect(
      verdict({ ...call, headers: { ...call.headers, 'x-twilio-email-event-webhook-signature': signature } }),
    ).toEqual({ verdict: 'forged' });
    expect(verdict({ ...call, headers: {} })).toEqual({ verdict: 'forged' });
  });

  const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64');
  it.each([
    ['no key', ''],
    ['what is not a key', 'AAAA'],
    ['a key of another curve', otherCurve],
  ])('cannot be checked with %s', (_words, key) => {
    expect(verdict(keys.call({}, BODY, NOW), NOW, key)).toEqual({
      verdict: 'unconfigured',
      field: 'sendgrid_webhook_public_key',
    });
    expect(checkSendGridSignature(keys.call({}, BODY, NOW), {}, NOW)).toMatchObject({ verdict: 'unconfigured' });
  });
});
