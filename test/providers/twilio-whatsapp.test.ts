import type { SendOutcome } from '../../src/core/ports/provider';
import type { FilledMessage } from '../../src/core/company/template';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import { sendByTwilio } from '../../src/providers/twilio-send';
import { connectionTo, outgoing, registerSampleAccount, TWILIO_CREDENTIALS } from './sample-message';

const OTHER_SID = `HX${'b'.repeat(32)}`;
const MESSAGE: FilledMessage<'whatsapp'> = {
  channel: 'whatsapp',
  text: 'Hello Ada, a word about the gap.',
  variables: { 1: 'Ada', 2: 'the gap' },
};

describe('WhatsApp through Twilio', () => {
  let vendors: Vendors;

  beforeEach(async () => {
    vendors = await startVendors({ scheduler: heldScheduler() });
    registerSampleAccount(vendors);
  });

  afterEach(async () => { await vendors.stop(); });

  const send = async (
    message: FilledMessage = MESSAGE,
    change: Parameters<typeof outgoing>[1] = {},
  ): Promise<SendOutcome> => sendByTwilio(outgoing(message, change), connectionTo(vendors.twilio.url));

  it('reaches the recipient as the template and exactly its variables say', async () => {
    const outcome = await send();
    const [delivery] = vendors.deliveries();
    expect(delivery).toMatchObject({
      channel: 'whatsapp',
      from: '+447700900100',
      to: '+447700900200',
      text: MESSAGE.text,
    });
    expect(outcome).toEqual({ outcome: 'accepted', vendorMessageId: delivery?.vendorMessageId });
    expect(vendors.twilio.violations()).toEqual([]);
    expect(vendors.twilio.received()[0]?.parameters).toEqual({
      From: 'whatsapp:+447700900100',
      To: 'whatsapp:+447700900200',
      ContentSid: TWILIO_CREDENTIALS.twilio_template_sid,
      ContentVariables: '{"1":"Ada","2":"the gap"}',
      ValidityPeriod: '600',
    });
  });

  it('prefers the template\'s own content identifier to the secret\'s', async () => {
    vendors.twilio.registerTemplate({ contentSid: OTHER_SID, body: 'Other: {{1}} {{2}}', sampleValues: {} });
    const own = { ...MESSAGE, content_sid: OTHER_SID };
    await send(own);
    expect(vendors.deliveries()[0]?.text).toBe('Other: Ada the gap');
  });

  it('asks for no send without any content identifier', async () => {
    const credentials = { ...TWILIO_CREDENTIALS, twilio_template_sid: '' };
    expect(await send(MESSAGE, { credentials })).toEqual({
      outcome: 'refused',
      reason: 'secret_malformed',
      retry: 'after_configuration',
      vendorCode: 'template_sid_missing',
    });
    const { twilio_template_sid: _left, ...rest } = TWILIO_CREDENTIALS;
    expect(await send(MESSAGE, { credentials: rest })).toMatchObject({ vendorCode: 'template_sid_missing' });
    expect(vendors.twilio.received()).toEqual([]);
  });

  it.each([
    [
      'an unknown template',
      { message: { ...MESSAGE, content_sid: OTHER_SID } },
      'template_rejected',
      'after_configuration',
      '21655',
    ],
    [
      'an empty variable',
      { message: { ...MESSAGE, variables: { 1: '', 2: 'x' } } },
      'template_rejected',
      'never',
      '21656',
    ],
    [
      'a sender that is not on WhatsApp',
      { sender: '+447700900555' },
      'sender_misconfigured',
      'after_configuration',
      '63007',
    ],
  ])('is refused with %s', async (_what, change, reason, retry, vendorCode) => {
    expect(await send(MESSAGE, change)).toEqual({ outcome: 'refused', reason, retry, vendorCode });
  });

  it.each([
    [63_013, 'content_rejected'],
    [63_016, 'conversation_window_closed'],
    [63_021, 'template_rejected'],
  ])('understands %d, should Twilio answer it at once', async (code, reason) => {
    vendors.twilio.next({ kind: 'refused', refusal: { status: 400, code, message: 'no' } });
    expect(await send()).toMatchObject({ outcome: 'refused', reason, vendorCode: String(code) });
  });

  it('leaves open whether it was sent when the answer is lost', async () => {
    expect(await send(MESSAGE, { recipient: '+447700900915' })).toEqual({
      outcome: 'unknown',
      detail: 'connection lost (ECONNRESET)',
    });
    expect(vendors.deliveries()).toHaveLength(1);
  });

  it('throws for a message of another channel, which only a bug can bring', async () => {
    await expect(send(MESSAGE, { message: { channel: 'email', subject: 'x', text: 'x' } })).rejects.toThrow(
      'filled for email',
    );
  });
});
