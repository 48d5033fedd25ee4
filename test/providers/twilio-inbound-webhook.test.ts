import { twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { checkTwilioSignature } from '../../src/providers/twilio-signature';

const FORM = {
  MessageSid: `SM${'2'.repeat(32)}`,
  From: '+447700900123',
  To: '+447700900100',
  Body: 'I was on leave & away.\nTwo months.',
  NumMedia: '0',
};
const read = (form: Readonly<Record<string, string>>) => {
  const content = twilioInboundWebhook.read({
    urls: [],
    query: {},
    headers: {},
    body: new URLSearchParams(form).toString(),
  });
  return content?.kind === 'inbound' ? content.message : undefined;
};

describe('an incoming message of Twilio', () => {
  it('is read as it was written', () => {
    expect(read(FORM)).toEqual({
      from: '+447700900123',
      to: '+447700900100',
      text: FORM.Body,
      attachments: 0,
      vendorMessageId: FORM.MessageSid,
    });
  });

  it('by WhatsApp has the same numbers', () => {
    expect(read({ ...FORM, From: 'whatsapp:+447700900123', To: 'whatsapp:+447700900100' })).toMatchObject({
      from: '+447700900123',
      to: '+447700900100',
    });
  });

  it('may be pictures without a word', () => {
    expect(
      read({ MessageSid: `SM${'2'.repeat(32)}`, From: '+447700900123', To: '+447700900100', NumMedia: '2' }),
    ).toMatchObject({ text: '', attachments: 2 });
    expect([read({ ...FORM, NumMedia: '-1' }), read({ ...FORM, NumMedia: 'x' })]).toMatchObject([
      { attachments: 0 },
      { attachments: 0 },
    ]);
  });

  it('carries what Twilio took it for in another language', () => {
    expect([read({ ...FORM, OptOutType: 'STOP' })?.command, read({ ...FORM, OptOutType: 'START' })?.command]).toEqual([
      'stop',
      'start',
    ]);
    expect(
      [read({ ...FORM, OptOutType: 'HELP' }), read({ ...FORM, OptOutType: 'toString' })].map(
        (inbound) => inbound?.command,
      ),
    ).toEqual([undefined, undefined]);
  });

  it('carries the button that was pressed, with its label for a text where there is none', () => {
    expect(read({ ...FORM, Body: 'Yes', ButtonPayload: 'confirm', ButtonText: 'Yes' })).toMatchObject({
      text: 'Yes', button: { payload: 'confirm', text: 'Yes' },
    });
    expect(read({ ...FORM, Body: '', ButtonPayload: '', ButtonText: 'Stop promotions' })).toMatchObject({
      text: 'Stop promotions', button: { payload: '', text: 'Stop promotions' },
    });
  });

  it.each(['MessageSid', 'From', 'To'] as const)('without %s tells nothing', (field) => {
    expect(read({ ...FORM, [field]: '' })).toBeUndefined();
  });

  it('is checked by Twilio\'s signature', () => {
    expect(twilioInboundWebhook.check).toBe(checkTwilioSignature);
  });
});
