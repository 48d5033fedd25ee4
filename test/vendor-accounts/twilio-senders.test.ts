import type { ChannelSettings } from '../../src/core/company/company';
import { parseChannelSettings } from '../../src/core/company/company';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { httpVendorAccounts } from '../../src/vendor-accounts/http-vendor-accounts';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import type { TwilioAccount } from '../../tools/vendor-simulators/twilio-messages/account';
import { TWILIO_CREDENTIALS } from '../providers/sample-message';
import { sampleCompany } from '../support/sample-message';

const BASE = 'https://api.example.com/dev';
const OWNER = { companyId: 'brightpath', projectId: 'cv-review', channel: 'sms' } as const;
const URL_TO_ENTER = twilioInboundUrl(BASE, OWNER);
const OF_ANOTHER_PROJECT = twilioInboundUrl(BASE, { ...OWNER, projectId: 'other' });
const OF_ANOTHER_COMPANY = twilioInboundUrl(BASE, { ...OWNER, companyId: 'northwind' });
const WHATSAPP_URL = twilioInboundUrl(BASE, { ...OWNER, channel: 'whatsapp' });
const NUMBER = '+447700900101';
const SERVICE = `MG${'a'.repeat(32)}`;

let vendors: Vendors;
beforeEach(async () => { vendors = await startVendors({ scheduler: heldScheduler() }); });
afterEach(async () => { await vendors.stop(); });

function settings(channel: 'sms' | 'whatsapp', sender: string, template: object = {}): ChannelSettings {
  const company = sampleCompany();
  const own = company.channel_config[channel];
  const field = channel === 'sms' ? 'company_sms_number' : 'company_whatsapp_number';
  const parsed = parseChannelSettings({
    ...company,
    channel_config: { [channel]: { ...own, [field]: sender, template: { ...own.template, ...template } } },
  }, channel);
  if (!parsed.valid) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

async function verify(
  account: Partial<TwilioAccount>, chosen = settings('sms', NUMBER), webhookUrl = URL_TO_ENTER,
): Promise<readonly string[]> {
  vendors.twilio.registerAccount({
    accountSid: TWILIO_CREDENTIALS.twilio_account_sid,
    authToken: TWILIO_CREDENTIALS.twilio_auth_token,
    smsNumbers: [NUMBER],
    ...account,
  });
  const { url } = vendors.twilio;
  const accounts = httpVendorAccounts({ twilio: url, sendgrid: url, openai: url });
  const findings = await accounts.verifyChannel(chosen, TWILIO_CREDENTIALS, webhookUrl);
  return findings.map(({ verdict, subject, words }) => `${verdict} ${subject}: ${words}`);
}

const entered = (url: string, fallbackUrl = url) => ({ webhooks: { [NUMBER]: { url, fallbackUrl } } });

test('a number that posts to this engine, with a fallback, is well', async () => {
  expect(await verify(entered(URL_TO_ENTER))).toEqual([
    expect.stringMatching(/^ok Twilio account/),
    expect.stringMatching(/^ok sender .*can send SMS$/),
    'ok incoming messages: the number ("A message comes in") posts to this engine',
    'ok incoming messages, fallback: the number ("A message comes in") has a fallback URL',
  ]);
});

test.each([
  ['at which nothing is entered', {}, /^fault incoming messages: nothing is entered at the number.*enter https:\/\/api/],
  [
    'that posts elsewhere',
    entered('https://hooks.example.org/sms?token=secret'),
    /^fault incoming messages: .*posts to https:\/\/hooks\.example\.org\/sms, not to this engine/,
  ],
  [
    'that posts for another company',
    entered(OF_ANOTHER_COMPANY),
    /^warning incoming messages: .*for the company northwind: stops count, and replies .* are not matched; enter/,
  ],
  ['that posts to what is no URL', entered('nonsense'), /^fault incoming messages: .*something that is not a URL/],
  [
    'that posts for another channel',
    entered(WHATSAPP_URL),
    /^fault incoming messages: .*the channel whatsapp, not for this one/,
  ],
  [
    'that posts without retries',
    entered(URL_TO_ENTER.replace(/#.*/, '')),
    /^warning incoming messages: .*without the retries/,
  ],
  [
    'without a fallback',
    { webhooks: { [NUMBER]: { url: URL_TO_ENTER } } },
    /^warning incoming messages, fallback: .*no fallback URL.*outage/,
  ],
])('a number %s is told, without secrets', async (_what, account, expected) => {
  const found = await verify(account);
  expect(found).toContainEqual(expect.stringMatching(expected));
  expect(found.join()).not.toContain('secret');
});

test('a number that projects share posts for any of them', async () => {
  expect(await verify(entered(OF_ANOTHER_PROJECT))).toContainEqual(expect.stringMatching(/^ok incoming messages: /));
});

describe('a number that belongs to a Messaging Service', () => {
  test('is judged by what the service posts', async () => {
    const services = [{ sid: SERVICE, numbers: [NUMBER], inboundUrl: 'https://hooks.example.org/' }];
    expect(await verify({ ...entered(URL_TO_ENTER), services })).toContainEqual(
      expect.stringMatching(/^fault incoming messages: the Messaging Service MGa+ .*posts to https:\/\/hooks\.example/),
    );
  });

  test('is judged by its own where the service leaves it to the number', async () => {
    const services = [{ sid: SERVICE, numbers: [NUMBER], usesNumbersUrl: true }];
    expect(await verify({ ...entered(URL_TO_ENTER), services })).toContainEqual(
      expect.stringMatching(/^ok incoming messages: the number/),
    );
  });

  test('of other numbers says nothing of it', async () => {
    const services = [{ sid: SERVICE, numbers: ['+447700900199'], inboundUrl: 'https://hooks.example.org/' }];
    expect(await verify({ ...entered(URL_TO_ENTER), services })).toContainEqual(
      expect.stringMatching(/^ok incoming messages: the number/),
    );
  });
});

describe('a Messaging Service as the sender', () => {
  const chosen = settings('sms', SERVICE);

  test.each([
    ['that is well', { services: [{ sid: SERVICE, numbers: [NUMBER], inboundUrl: URL_TO_ENTER }] }, /^ok incoming/],
    ['that the account has not', {}, /^fault sender MGa+: the account has no such Messaging Service/],
    ['without numbers', { services: [{ sid: SERVICE, numbers: [] }] }, /^fault sender MGa+: has no numbers/],
    [
      'that posts nothing',
      { services: [{ sid: SERVICE, numbers: [NUMBER] }] },
      /^fault incoming messages: nothing is entered at the Messaging Service/,
    ],
    [
      'that leaves it to its numbers',
      { services: [{ sid: SERVICE, numbers: [NUMBER], usesNumbersUrl: true }] },
      /^fault incoming messages: the service leaves incoming messages to its numbers/,
    ],
  ])('%s', async (_what, account, expected) => {
    expect(await verify(account, chosen)).toContainEqual(expect.stringMatching(expected));
  });
});

test('a name can be looked up nowhere, and hears nothing', async () => {
  expect(await verify({}, settings('sms', 'Brightpath'))).toContainEqual(
    expect.stringMatching(/^warning sender Brightpath: .*neither replies nor STOP/),
  );
});

describe('a WhatsApp sender', () => {
  const approved = { contentSid: TWILIO_CREDENTIALS.twilio_template_sid, body: 'Hello {{1}}, {{2}}', sampleValues: {} };
  const chosen = (template: object = {}) =>
    settings('whatsapp', NUMBER, { content_sid: approved.contentSid, ...template });
  const account = (url: string) => ({
    whatsappNumbers: [NUMBER],
    webhooks: { [`whatsapp:${NUMBER}`]: { url, fallbackUrl: url } },
  });

  beforeEach(() => { vendors.twilio.registerTemplate(approved); });

  test('is judged by its own callback', async () => {
    expect(await verify(account(WHATSAPP_URL), chosen(), WHATSAPP_URL)).toContainEqual(
      expect.stringMatching(/^ok incoming messages: the WhatsApp sender/),
    );
    expect(await verify(account('https://hooks.example.org/'), chosen(), WHATSAPP_URL)).toContainEqual(
      expect.stringMatching(/^fault incoming messages: the WhatsApp sender .*not to this engine/),
    );
  });

  test.each([
    ['no time to live', {}, /^warning template HX.*no time to live at WhatsApp.*at most 1440 minutes/],
    ['one that is too long', { whatsapp_ttl_minutes: 2_000 }, /^warning template HX.*lives 2000 minutes.*at most 1440/],
    ['one that fits', { whatsapp_ttl_minutes: 60 }, /^ok template HX.*lives 60 minutes/],
    ['one beyond the template\'s use', { whatsapp_ttl_minutes: 60, valid_for_minutes: 30 }, /^warning template HX.*30 min/],
  ])('with a template that has %s', async (_what, template, expected) => {
    const found = await verify(account(WHATSAPP_URL), chosen(template), WHATSAPP_URL);
    expect(found).toContainEqual(expect.stringMatching(expected));
  });
});
