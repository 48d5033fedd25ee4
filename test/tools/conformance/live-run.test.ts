import { liveGuard, TWILIO_TEST_RECIPIENTS, TWILIO_TEST_SENDER } from '../../../tools/conformance/live-guard';
import { LIVE_VARIABLES, runLive } from '../../../tools/conformance/live-run';
import type { Recorder } from '../../../tools/conformance/recorder';
import { startRecorder } from '../../../tools/conformance/recorder';
import type { RecordedRequest } from '../../../tools/conformance/recorded-request';
import { isFaultless, reportLines } from '../../../tools/conformance/report';

const SID = `AC${'1'.repeat(32)}`;
const ENVIRONMENT = {
  ENGINE_LIVE_TWILIO_ACCOUNT_SID: SID,
  ENGINE_LIVE_TWILIO_AUTH_TOKEN: 'token',
  ENGINE_LIVE_SENDGRID_API_KEY: 'SG.live-key',
  ENGINE_LIVE_SENDGRID_SENDER: 'careers@example.org',
  ENGINE_LIVE_OPENAI_API_KEY: 'sk-live',
};

let recorder: Recorder;

beforeEach(async () => {
  recorder = await startRecorder();
  const { twilio, sendgrid, openai } = recorder.vendors;
  twilio.registerAccount({ accountSid: SID, authToken: 'token' });
  sendgrid.registerKey({ apiKey: 'SG.live-key', verifiedSenders: ['careers@example.org'] });
  openai.registerKey('sk-live');
});

afterEach(async () => { await recorder.stop(); });

async function live(environment: Readonly<Record<string, string>> = ENVIRONMENT) {
  let results: Awaited<ReturnType<typeof runLive>> = [];
  const sent = await recorder.record('live', async () => { results = await runLive(environment, recorder.fetch); });
  return { results, sent };
}

const of = (sent: readonly RecordedRequest[], vendor: string) => sent.filter((request) => request.vendor === vendor);

test('with credentials each vendor gets what reaches nobody, and does what is expected', async () => {
  const { results, sent } = await live();
  expect(reportLines([], results)).toEqual([
    '', 'twilio itself: 4 requests',
    '  ok    an SMS to Twilio\'s test number +15005550010: accepted',
    '  ok    an SMS to Twilio\'s test number +15005550001: refused 21211',
    '  ok    an SMS to Twilio\'s test number +15005550009: refused 21614',
    '  ok    an SMS to Twilio\'s test number +15005550004: refused 21610',
    'sendgrid itself: 1 requests', '  ok    a mail in SendGrid\'s sandbox: HTTP 200',
    'openai itself: 1 requests', '  ok    values for one variable, of made-up facts: values',
  ]);
  expect(isFaultless([], results)).toBe(true);
  const forms = of(sent, 'twilio').map(({ body }) => new URLSearchParams(body));
  expect(forms.map((form) => form.get('From'))).toEqual(Array(4).fill(TWILIO_TEST_SENDER));
  expect(forms.map((form) => form.get('To'))).toEqual(Object.values(TWILIO_TEST_RECIPIENTS));
  expect(of(sent, 'sendgrid').map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { mail_settings: { sandbox_mode: { enable: true }, footer: { enable: false } } },
  ]);
  expect(recorder.vendors.sendgrid.deliveries()).toEqual([]);
});

test.each(Object.entries(LIVE_VARIABLES).flatMap(([vendor, names]) => names.map((name) => [name, vendor])))(
  'without %s nothing is sent to %s', async (name, vendor) => {
    const { results, sent } = await live({ ...ENVIRONMENT, [name]: '' });
    const part = results.find((one) => one.vendor === vendor);
    expect(part).toEqual({ vendor, notRun: `Set ${name} to run it.`, steps: [] });
    expect(of(sent, vendor)).toEqual([]);
    expect(of(sent, vendor === 'openai' ? 'sendgrid' : 'openai')).toHaveLength(1);
  },
);

test('what a vendor answers otherwise is a fault', async () => {
  const { results } = await live({
    ...ENVIRONMENT, ENGINE_LIVE_TWILIO_AUTH_TOKEN: 'other', ENGINE_LIVE_OPENAI_API_KEY: 'sk-no',
  });
  expect(isFaultless([], results)).toBe(false);
  expect(reportLines([], results)).toEqual(expect.arrayContaining([
    '  FAULT an SMS to Twilio\'s test number +15005550010: refused 20003, expected accepted',
    '  FAULT values for one variable, of made-up facts: misconfigured (invalid_api_key), expected values',
  ]));
});

describe('the guard lets nothing through', () => {
  const TO = `https://api.twilio.com/2010-04-01/Accounts/${SID}/Messages.json`;
  const allowed = { From: TWILIO_TEST_SENDER, To: TWILIO_TEST_RECIPIENTS.accepted, Body: 'x' };
  const attempt = async (url: string, body: string | undefined, method = 'POST') => {
    const left: unknown[] = [];
    const guard = liveGuard(async (...call) => {
      left.push(call);
      return Promise.resolve(new Response('{}'));
    });
    const outcome = await guard.fetch(url, { method, ...(body === undefined ? {} : { body }) })
      .then(() => 'sent', (error: unknown) => String(error));
    return { outcome, left: left.length };
  };
  const form = (change: object) => new URLSearchParams({ ...allowed, ...change }).toString();

  test('but test numbers', async () => {
    expect(await attempt(TO, form({}))).toEqual({ outcome: 'sent', left: 1 });
  });

  test.each([
    ['a person\'s number', TO, form({ To: '+447700900200' })],
    ['a number on WhatsApp', TO, form({ To: `whatsapp:${allowed.To}` })],
    ['an own sender', TO, form({ From: '+447700900100' })],
    ['a service as sender', TO, form({ MessagingServiceSid: `MG${'1'.repeat(32)}` })],
    ['two recipients', TO, `${form({})}&To=%2B447700900200`],
    ['another resource', TO.replace('Messages', 'Calls'), form({})],
    ['another host', TO.replace('api.', 'api2.'), form({})],
    ['another method', TO, undefined, 'DELETE'],
    ['a mail that is none', 'https://api.sendgrid.com/v3/mail/send', 'x'],
    ['another path of SendGrid\'s', 'https://api.sendgrid.com/v3/mail/send/', '{}'],
    ['another path of OpenAI\'s', 'https://api.openai.com/v1/files', '{}'],
    ['anywhere', 'https://example.com/', '{}'],
  ])('such as %s', async (_what, url, body, ...[method]) => {
    const { outcome, left } = await attempt(url, body, method);
    expect(outcome).toMatch(/it is none of the vendors' test numbers and sandboxes/);
    expect(left).toBe(0);
  });

  test('and a mail that switches the sandbox off is sent with it on', async () => {
    let body = '';
    const guard = liveGuard(async (_url, init) => {
      body = String(init?.body);
      return Promise.resolve(new Response(null, { status: 204 }));
    });
    const mail = JSON.stringify({ mail_settings: { sandbox_mode: { enable: false } } });
    await guard.fetch('https://api.sendgrid.com/v3/mail/send', { method: 'POST', body: mail });
    expect(JSON.parse(body)).toEqual({ mail_settings: { sandbox_mode: { enable: true } } });
    expect(guard.answers).toEqual([{ status: 204, body: '' }]);
  });
});
