import { generateKeyPairSync, sign } from 'node:crypto';
import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import { checkInboundSignature } from '../../src/providers/sendgrid-signature';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { inboundParseBody } from '../../tools/vendor-simulators/sendgrid-mail/inbound-parse';

const RAW = Buffer.from('From: Jo <jo@example.com>\r\n\r\ncong\xe9\r\n', 'latin1');
const posted = inboundParseBody({ raw: RAW, to: ['reply+1@reply.example.com'], from: 'jo@example.com' });
const call = (body: Buffer, contentType: string, headers: Readonly<Record<string, string>> = {}) => ({
  urls: [], query: {}, headers: { 'content-type': contentType, ...headers }, body: body.toString('utf8'), bytes: body,
});

describe('what Inbound Parse posts', () => {
  test('is the mail in its sender\'s bytes, with the two ends of its way', async () => {
    expect(await sendGridInboundWebhook.read(call(posted.body, posted.contentType))).toEqual({
      kind: 'mail',
      mail: { content: RAW, recipients: ['reply+1@reply.example.com'], returnPath: 'jo@example.com' },
    });
  });

  test.each([
    ['no form', Buffer.from('Hello'), 'text/plain'], ['a form without its boundary', posted.body, 'multipart/form-data'],
    ['nothing', Buffer.alloc(0), posted.contentType],
    ['a form that ends within a field', posted.body.subarray(0, 150), posted.contentType],
    ['a mail that SendGrid took apart', Buffer.from('--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nHello\r\n--x--\r\n'),
      'multipart/form-data; boundary=x'],
  ])('is not read from %s', async (_what, body, contentType) => {
    expect(await sendGridInboundWebhook.read(call(body, contentType))).toBeUndefined();
  });

  test('is read without its envelope', async () => {
    const body = Buffer.from(posted.body.toString('latin1').replace('{"to"', '{to'), 'latin1');
    const read = await sendGridInboundWebhook.read(call(body, posted.contentType));
    expect(read).toMatchObject({ mail: { recipients: [] } });
  });
});

describe('the signature of a security policy', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const NOW = Date.parse('2026-11-30T09:00:00Z');
  const signed = (age: number) => {
    const timestamp = String((NOW - age) / 1000);
    const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), posted.body]), privateKey).toString('base64');
    const headers = {
      [EventWebhookHeader.SIGNATURE().toLowerCase()]: signature,
      [EventWebhookHeader.TIMESTAMP().toLowerCase()]: timestamp,
    };
    return { timestamp, signature, call: call(posted.body, posted.contentType, headers) };
  };
  const HOUR = 60 * 60_000;

  test('is what SendGrid\'s own library takes for genuine, too', () => {
    const { timestamp, signature, call: made } = signed(0);
    const own = new EventWebhook();
    expect(own.verifySignature(own.convertPublicKeyToECDSA(key), posted.body.toString('latin1'), signature, timestamp))
      .toBe(checkInboundSignature({ ...made, bytes: Buffer.from(posted.body.toString('latin1'), 'utf8') },
        { sendgrid_inbound_public_key: key }, NOW).verdict === 'genuine');
    expect(checkInboundSignature(made, { sendgrid_inbound_public_key: key }, NOW)).toEqual({ verdict: 'genuine' });
  });

  test.each([[72 * HOUR, 'genuine'], [74 * HOUR, 'forged']])('%i ms old is %s: SendGrid repeats for three days', (age, verdict) => {
    expect(checkInboundSignature(signed(age).call, { sendgrid_inbound_public_key: key }, NOW)).toEqual({ verdict });
  });

  test('by the key of the event webhook proves nothing', () => {
    expect(checkInboundSignature(signed(0).call, { sendgrid_webhook_public_key: key }, NOW)).toEqual({
      verdict: 'unconfigured', field: 'sendgrid_inbound_public_key',
    });
  });
});
