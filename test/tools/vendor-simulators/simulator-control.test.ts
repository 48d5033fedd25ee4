import type { Vendors } from '../../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../../tools/vendor-simulators/start-vendors';

describe('a simulator that another process sets up', () => {
  let vendors: Vendors;
  beforeAll(async () => { vendors = await startVendors({ receiptDelayMilliseconds: 1 }); });
  afterAll(async () => { await vendors.stop(); });

  const put = async (simulator: string, word: string, body: unknown) => {
    const response = await fetch(`${simulator}/simulator/${word}`, { method: 'PUT', body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  };

  test('knows the account from then on, and tells what was delivered', async () => {
    const account = {
      accountSid: 'AC00000000000000000000000000000009',
      authToken: 'token',
      smsNumbers: ['+447700900151'],
      whatsappNumbers: [],
    };
    const send = async () =>
      (
        await fetch(`${vendors.twilio.url}/2010-04-01/Accounts/${account.accountSid}/Messages.json`, {
          method: 'POST',
          headers: {
            'authorization': `Basic ${Buffer.from(`${account.accountSid}:token`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams({ From: '+447700900151', To: '+447700900333', Body: 'Hello' }).toString(),
        })
      ).status;
    expect(await send()).toBe(401);
    expect(await put(vendors.twilio.url, 'accounts', account)).toEqual({ status: 200, body: {} });
    expect(await send()).toBe(201);
    expect((await put(vendors.twilio.url, 'deliveries', {})).body).toMatchObject([
      { channel: 'sms', to: '+447700900333', text: 'Hello' },
    ]);
  });

  test('answers the key of a mail account\'s events', async () => {
    const account = {
      apiKey: 'SG.other',
      verifiedSenders: ['careers@example.com'],
      eventWebhookUrl: 'http://127.0.0.1:9/events',
    };
    expect(await put(vendors.sendgrid.url, 'accounts', account)).toEqual({
      status: 200,
      body: { inboundPublicKey: expect.any(String), publicKey: vendors.sendgrid.publicKey('SG.other') },
    });
  });

  test('refuses what it does not know or cannot read', async () => {
    expect(await put(vendors.twilio.url, 'numbers', {})).toMatchObject({
      status: 404,
      body: { error: 'The simulator knows accounts, templates, deliveries, replies.' },
    });
    expect(await put(vendors.sendgrid.url, 'accounts', { apiKey: 7 })).toMatchObject({ status: 400 });
  });
});
