import type { Vendors } from '../../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../../tools/vendor-simulators/start-vendors';

const TWILIO = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token', smsNumbers: ['+447700900101'] };

async function sendSms(vendors: Vendors): Promise<string> {
  const response = await fetch(`${vendors.twilio.url}/2010-04-01/Accounts/${TWILIO.accountSid}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${TWILIO.accountSid}:${TWILIO.authToken}`).toString('base64')}` },
    body: new URLSearchParams({ From: '+447700900101', To: '+447700900200', Body: 'Hello' }),
  });
  return response.status === 201 ? 'taken' : 'refused';
}

async function sendMail(vendors: Vendors): Promise<string> {
  const response = await fetch(`${vendors.sendgrid.url}/v3/mail/send`, {
    method: 'POST',
    headers: { 'authorization': 'Bearer SG.key', 'content-type': 'application/json' },
    body: JSON.stringify({
      personalizations: [{ to: [{ email: 'ada@example.com' }] }],
      from: { email: 'careers@example.org' },
      subject: 'Hi',
      content: [{ type: 'text/plain', value: 'Hello' }],
    }),
  });
  return response.status === 202 ? 'taken' : 'refused';
}

describe('the simulated vendors', () => {
  let vendors: Vendors;

  afterEach(async () => { await vendors.stop(); });

  it('start together, and show all messages in the order in which they were taken', async () => {
    let now = 1000;
    vendors = await startVendors({ now: () => now });
    vendors.twilio.registerAccount(TWILIO);
    vendors.sendgrid.registerKey({ apiKey: 'SG.key', verifiedSenders: ['careers@example.org'] });
    expect(await sendMail(vendors)).toBe('taken');
    now = 2000;
    expect(await sendSms(vendors)).toBe('taken');
    now = 3000;
    expect(await sendMail(vendors)).toBe('taken');
    expect(vendors.deliveries().map((delivery) => [delivery.channel, delivery.acceptedAt])).toEqual([
      ['email', 1000],
      ['sms', 2000],
      ['email', 3000],
    ]);
  });

  it('know no credentials but those that were registered', async () => {
    vendors = await startVendors();
    expect(await sendMail(vendors)).toBe('refused');
    expect(await sendSms(vendors)).toBe('refused');
    expect((await fetch(`${vendors.openai.url}/models`, { headers: { authorization: 'Bearer sk-1' } })).status).toBe(
      401,
    );
  });

  it('bring their receipts by themselves', async () => {
    vendors = await startVendors({ receiptDelayMilliseconds: 1 });
    vendors.twilio.registerAccount(TWILIO);
    await sendSms(vendors);
    while (vendors.deliveries()[0]?.status !== 'delivered') await new Promise((soon) => setTimeout(soon, 2));
    expect(vendors.deliveries()[0]?.status).toBe('delivered');
  });

  it('offer the models that they are told to offer', async () => {
    vendors = await startVendors({ models: ['gpt-sample'], modelDelayMilliseconds: 1 });
    vendors.openai.registerKey('sk-1');
    const answer = await (
      await fetch(`${vendors.openai.url}/models`, { headers: { authorization: 'Bearer sk-1' } })
    ).json();
    expect(answer).toMatchObject({ data: [{ id: 'gpt-sample' }] });
  });

  it('take fixed ports', async () => {
    const free = await startVendors();
    const ports = {
      openai: portOf(free.openai.url),
      twilio: portOf(free.twilio.url),
      sendgrid: portOf(free.sendgrid.url),
    };
    await free.stop();
    vendors = await startVendors({ ports });
    const { openai, twilio, sendgrid } = vendors;
    expect({ openai: portOf(openai.url), twilio: portOf(twilio.url), sendgrid: portOf(sendgrid.url) }).toEqual(ports);
  });

  it('answer nobody after they stopped', async () => {
    vendors = await startVendors();
    await vendors.stop();
    await expect(sendMail(vendors)).rejects.toThrow('fetch failed');
  });
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}
