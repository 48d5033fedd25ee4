import { twilio } from '../../src/providers/twilio';
import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { findTwilioMessages } from '../../src/providers/twilio-lookup';
import type { HeldScheduler } from '../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import { startWebhookReceiver } from '../tools/vendor-simulators/webhook-receiver';
import { connectionTo, outgoing, TWILIO_CREDENTIALS } from './sample-message';

const SERVICE = `MG${'a'.repeat(32)}`;
const EMPTY_SERVICE = `MG${'b'.repeat(32)}`;
const SMS = { channel: 'sms', text: 'Hello Ada', segments: 1 } as const;
const WHATSAPP = { channel: 'whatsapp', text: 'Hello Ada', variables: { 1: 'Ada', 2: 'the gap' } } as const;

let vendors: Vendors;
let scheduler: HeldScheduler;

beforeEach(async () => {
  scheduler = heldScheduler();
  vendors = await startVendors({ scheduler });
  vendors.twilio.registerAccount({
    accountSid: TWILIO_CREDENTIALS.twilio_account_sid,
    authToken: TWILIO_CREDENTIALS.twilio_auth_token,
    smsNumbers: ['+447700900101', '+447700900102'],
    whatsappNumbers: ['+447700900103'],
    services: [
      { sid: SERVICE, numbers: ['+447700900102', '+447700900103'] },
      { sid: EMPTY_SERVICE, numbers: [] },
    ],
  });
  vendors.twilio.registerTemplate({
    contentSid: TWILIO_CREDENTIALS.twilio_template_sid,
    body: 'Hello {{1}}, a word about {{2}}.',
    sampleValues: {},
  });
});

afterEach(async () => { await vendors.stop(); });

const send = (change: Parameters<typeof outgoing>[1], message: typeof SMS | typeof WHATSAPP = SMS) =>
  twilio.send(outgoing(message, change), connectionTo(vendors.twilio.url));
const parameters = () => vendors.twilio.received().at(-1)?.parameters ?? {};

describe('a Messaging Service', () => {
  test('sends SMS by a number that it chooses', async () => {
    expect(await send({ sender: SERVICE })).toMatchObject({ outcome: 'accepted' });
    expect(parameters()).toMatchObject({ MessagingServiceSid: SERVICE, To: '+447700900200' });
    expect(parameters()).not.toHaveProperty('From');
    expect(vendors.deliveries()).toMatchObject([{ from: '+447700900102', to: '+447700900200' }]);
  });

  test('sends WhatsApp by its WhatsApp sender', async () => {
    expect(await send({ sender: SERVICE }, WHATSAPP)).toMatchObject({ outcome: 'accepted' });
    expect(parameters()).toMatchObject({ MessagingServiceSid: SERVICE, To: 'whatsapp:+447700900200' });
    expect(vendors.deliveries()).toMatchObject([{ channel: 'whatsapp', from: '+447700900103' }]);
  });

  test.each([
    ['that does not exist', `MG${'c'.repeat(32)}`, '21701'],
    ['without numbers', EMPTY_SERVICE, '21703'],
  ])('%s is a fault of the configuration', async (_what, sender, vendorCode) => {
    expect(await send({ sender })).toEqual({
      outcome: 'refused', reason: 'sender_misconfigured', retry: 'after_configuration', vendorCode,
    });
  });

  test('is found in the list by its own identifier, whichever number sent', async () => {
    const { vendorMessageId } = await send({ sender: SERVICE }) as { vendorMessageId: string };
    await send({ sender: '+447700900102' });
    const query = {
      channel: 'sms', recipient: '+447700900200', text: 'Hello Ada', since: 0, until: Number.MAX_SAFE_INTEGER,
      credentials: TWILIO_CREDENTIALS,
    } as const;
    const found = await findTwilioMessages({ ...query, sender: SERVICE }, connectionTo(vendors.twilio.url));
    expect(found).toEqual({ outcome: 'listed', vendorMessageIds: [vendorMessageId], otherMessageIds: [] });
  });

  test('is named by what its numbers receive, and a stop counts for all of them', async () => {
    const receiver = await startWebhookReceiver();
    const { parameters: posted } = await vendors.twilio.receiveInbound({
      from: '+447700900200', to: '+447700900102', body: 'STOP', url: receiver.url,
    });
    await receiver.stop();
    const body = new URLSearchParams(posted).toString();
    const read = twilioInboundWebhook.read({ urls: [], query: {}, headers: {}, body });
    expect(read).toMatchObject({ kind: 'inbound', message: { to: '+447700900102', service: SERVICE } });
    expect(await send({ sender: SERVICE })).toMatchObject({ outcome: 'refused', reason: 'recipient_opted_out' });
    expect(await send({ sender: '+447700900101' })).toMatchObject({ outcome: 'accepted' });
  });
});

describe('a name', () => {
  test('sends SMS as itself', async () => {
    expect(await send({ sender: 'Brightpath' })).toMatchObject({ outcome: 'accepted' });
    expect(parameters()).toMatchObject({ From: 'Brightpath' });
    expect(vendors.deliveries()).toMatchObject([{ from: 'Brightpath' }]);
  });

  test('reaches no network of North America', async () => {
    expect(await send({ sender: 'Brightpath', recipient: '+12025550123' })).toMatchObject({
      outcome: 'refused', reason: 'recipient_unreachable', vendorCode: '21612',
    });
  });
});
