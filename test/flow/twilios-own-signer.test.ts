import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from './local-stage-of-tests';

const TOKEN = 'sample-twilio-token';
const IDENTIFIER = 'GB.13491208655302741918';

/** Calls as Twilio makes them, signed by Twilio's own library and by nothing of ours, over HTTP to the whole stack. */
describe('what Twilio itself signs', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('twilios-own-signer'); });
  afterAll(async () => { await stage.stop(); });

  const call = async (change: Readonly<Record<string, string>>, token = TOKEN) => {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const form = {
      AccountSid: SAMPLE.accountSid, ApiVersion: '2010-04-01', MessageSid: sid, SmsMessageSid: sid, SmsSid: sid,
      SmsStatus: 'received', NumMedia: '0', NumSegments: '1', ProfileName: 'Sample Person', MessageType: 'text',
      To: `whatsapp:${SAMPLE.whatsappNumber}`, ...change,
    };
    const [url = ''] = twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'whatsapp' }).split('#');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': getExpectedTwilioSignature(token, url, form),
      },
      body: new URLSearchParams(form).toString(),
    });
    return { status: response.status, body: await response.text() };
  };
  const TAKEN = { status: 200, body: '<Response/>' };
  /** What the recipient reads on WhatsApp, once, in the language of the template. */
  const words = 'You will get no more messages from us. To allow them again, write START.';
  const CONFIRMED = { status: 200, body: `<Response><Message>${words}</Message></Response>` };

  const write = async (person: string) => {
    const { requestId, body } = request('whatsapp', recipient('whatsapp', { recipient_tel: person }));
    const answer = await postRequest(stage.url, stage.apiKey, body);
    return { requestId, answer };
  };
  const sendTo = async (person: string) => {
    const { requestId, answer } = await write(person);
    expect(answer).toMatchObject({ status: 200 });
    expect(await awaitOutcome(stage, requestId)).toMatchObject({ conversation_status: 'initial_message_sent' });
  };
  const REFUSED = { status: 403, body: { error_code: 'RECIPIENT_OPTED_OUT' } };

  test('is refused with another token', async () => {
    const answer = await call({ From: 'whatsapp:+447700900350', Body: 'STOP' }, 'another-token');
    expect(answer).toMatchObject({ status: 403 });
  });

  test.each([`whatsapp:${IDENTIFIER}`, '12345', 'rcs:+447700900351', 'rcs:agent_1', 'Anonymous', 'messenger:1349120'])(
    'a stop from %s is taken, so that Twilio does not repeat it', async (From) => {
      expect(await call({ From, Body: 'STOP' })).toEqual(TAKEN);
    },
  );

  test('a stop under the identifier that stood beside the number holds for the number', async () => {
    const person = '+447700900352';
    await sendTo(person);
    const own = 'GB.20000000000000000001';
    expect(await call({ From: `whatsapp:${person}`, ExternalUserId: own, Body: 'Which gap?' })).toEqual(TAKEN);
    expect(await call({ From: `whatsapp:${own}`, Body: 'STOP' })).toEqual(CONFIRMED);
    expect(await call({ From: `whatsapp:${own}`, Body: 'STOP' })).toEqual(TAKEN);
    expect((await write(person)).answer).toMatchObject(REFUSED);
  });

  // No range of these countries is reserved for fiction: the numbers reach the simulator alone.
  test.each([
    ['Mexico', '+525512345678', '+5215512345678'],
    ['Argentina', '+541123456789', '+5491123456789'],
    ['Brazil', '+5511987654321', '+551187654321'],
  ])('a stop from the other spelling of a number of %s holds for the number', async (_where, person, spelling) => {
    await sendTo(person);
    expect(await call({ From: `whatsapp:${spelling}`, Body: 'STOP' })).toEqual(CONFIRMED);
    expect((await write(person)).answer).toMatchObject(REFUSED);
  });

  test.each([
    [
      'a button with a word of its own', { Body: 'Not for me', ButtonText: 'Not for me', ButtonPayload: 'STOP' },
      '+447700900358',
    ],
    ['a button', { Body: 'Stop promotions', ButtonText: 'Stop promotions', ButtonPayload: 'STOP' }, '+447700900353'],
    ['a polite word', { Body: 'STOP please' }, '+447700900354'],
    ['a word above a signature', { Body: 'STOP\n\nSent from my iPhone' }, '+447700900355'],
    ['Twilio\'s own verdict on a foreign word', { Body: 'ARRET', OptOutType: 'STOP' }, '+447700900356'],
  ])('a stop by %s is one', async (_how, form, person) => {
    await sendTo(person);
    // What Twilio has understood it has answered itself.
    const answer = 'OptOutType' in form ? TAKEN : CONFIRMED;
    expect(await call({ From: `whatsapp:${person}`, ...form })).toEqual(answer);
    expect((await write(person)).answer).toMatchObject(REFUSED);
  });

  test('an answer by a button that means no stop is none', async () => {
    const person = '+447700900357';
    await sendTo(person);
    const button = { Body: 'Yes', ButtonText: 'Yes', ButtonPayload: 'yes' };
    expect(await call({ From: `whatsapp:${person}`, ...button })).toEqual(TAKEN);
    await sendTo(person);
  });
});
