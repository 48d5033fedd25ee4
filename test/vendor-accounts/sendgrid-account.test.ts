import { parseChannelSettings } from '../../src/core/company/company';
import { sendGridEventsUrl } from '../../src/providers/sendgrid-event-webhook';
import { httpVendorAccounts } from '../../src/vendor-accounts/http-vendor-accounts';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import { sampleCompany } from '../support/sample-message';

const BASE = 'https://api.example.com/dev';
const URL_TO_ENTER = sendGridEventsUrl(BASE, { companyId: 'brightpath', projectId: 'cv-review' });
const KEY = 'SG.sample';

let vendors: Vendors;
beforeEach(async () => { vendors = await startVendors({ scheduler: heldScheduler() }); });
afterEach(async () => { await vendors.stop(); });

/** What is found of the events of an account that posts them to this URL; `answer` stands in for SendGrid's own. */
async function verify(eventWebhookUrl: string | undefined, secret: object = {}, answer?: object) {
  vendors.sendgrid.registerKey({
    apiKey: KEY, verifiedSenders: ['talent@example.com'], ...(eventWebhookUrl === undefined ? {} : { eventWebhookUrl }),
  });
  const parsed = parseChannelSettings(sampleCompany(), 'email');
  if (!parsed.valid) throw new Error(JSON.stringify(parsed.faults));
  const { url } = vendors.sendgrid;
  const real = fetch;
  if (answer) {
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => (
      String(input).endsWith('/settings/all') ? Response.json(answer) : real(input, init)
    ));
  }
  const credentials = {
    sendgrid_api_key: KEY, sendgrid_webhook_public_key: vendors.sendgrid.publicKey(KEY), ...secret,
  };
  const accounts = httpVendorAccounts({ twilio: url, sendgrid: url, openai: url });
  const findings = await accounts.verifyChannel(parsed.value, credentials, URL_TO_ENTER);
  jest.restoreAllMocks();
  return findings.map(({ verdict, subject, words }) => `${verdict} ${subject}: ${words}`)
    .filter((line) => line.includes('SendGrid events'));
}

test('events that are posted to this engine, signed with the stored key, are well', async () => {
  expect(await verify(URL_TO_ENTER)).toEqual(['ok SendGrid events: are posted to this engine']);
  const other = sendGridEventsUrl(BASE, { companyId: 'brightpath', projectId: 'other' });
  expect(await verify(other)).toEqual(['ok SendGrid events: are posted to this engine']);
});

test.each([
  ['nowhere', undefined],
  ['elsewhere', 'https://hooks.example.org/events'],
  ['for another company', sendGridEventsUrl(BASE, { companyId: 'northwind', projectId: 'cv-review' })],
])('events that are posted %s are a fault', async (_where, url) => {
  expect(await verify(url)).toEqual([expect.stringMatching(/^fault .*no webhook of this engine.*enter https:\/\/api/)]);
});

test.each([
  ['switched off', { enabled: false }, /switched off/],
  ['without bounces and complaints', { bounce: false, spam_report: false }, /switch on bounce, spam_report/],
])('a webhook %s is a fault', async (_what, changes, expected) => {
  const answer = { webhooks: [{ enabled: true, url: URL_TO_ENTER, ...changes }] };
  expect(await verify(URL_TO_ENTER, {}, answer)).toEqual([expect.stringMatching(expected)]);
});

test('events that are signed with another key than the stored one are a fault, whatever form the key has', async () => {
  expect(await verify(URL_TO_ENTER, { sendgrid_webhook_public_key: 'MFkwEwYH' })).toEqual([
    expect.stringMatching(/^fault .*another key than the stored one/),
  ]);
  const pem = `-----BEGIN PUBLIC KEY-----\n${vendors.sendgrid.publicKey(KEY)}\n-----END PUBLIC KEY-----\n`;
  expect(await verify(URL_TO_ENTER, { sendgrid_webhook_public_key: pem })).toEqual([expect.stringMatching(/^ok/)]);
});

test('a key that may not read webhooks leaves them to a look by hand', async () => {
  expect(await verify(URL_TO_ENTER, {}, { errors: [{ message: 'access forbidden' }] })).toEqual([
    expect.stringMatching(/^warning .*could not be looked up.*https:\/\/api\.example\.com/),
  ]);
});
