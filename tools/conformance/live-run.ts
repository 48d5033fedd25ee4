import { openAiModel } from '../../src/ai/openai-model';
import { DEFAULT_MODEL } from '../../src/core/company/company';
import type { FilledMessage } from '../../src/core/company/template';
import type { OutgoingMessage, SendOutcome } from '../../src/core/ports/provider';
import { systemClock } from '../../src/handlers/system-clock';
import { fillSchema } from '../../src/processor/composition/template-schema';
import { VENDOR_URLS, VENDORS } from '../../src/providers/vendors';
import { liveGuard, TWILIO_TEST_RECIPIENTS, TWILIO_TEST_SENDER } from './live-guard';
import type { Vendor } from './recorded-request';
import { ofEachVendor } from './report';
import type { LiveResult } from './report';

type Environment = Readonly<Record<string, string | undefined>>;
type Steps = LiveResult['steps'];

const TIME = 60_000;

/** Variables without which a vendor's part is not run; the last of SendGrid's is a sender that the account verified. */
export const LIVE_VARIABLES: Readonly<Record<Vendor, readonly string[]>> = {
  twilio: ['ENGINE_LIVE_TWILIO_ACCOUNT_SID', 'ENGINE_LIVE_TWILIO_AUTH_TOKEN'],
  sendgrid: ['ENGINE_LIVE_SENDGRID_API_KEY', 'ENGINE_LIVE_SENDGRID_SENDER'],
  openai: ['ENGINE_LIVE_OPENAI_API_KEY'],
};

/** Sends to the vendors' own test numbers and sandboxes for each vendor whose variables are set, and nowhere else. */
export async function runLive(environment: Environment, send: typeof fetch): Promise<readonly LiveResult[]> {
  return Promise.all(ofEachVendor(async (vendor): Promise<LiveResult> => {
    const missing = LIVE_VARIABLES[vendor].filter((name) => !environment[name]);
    if (missing.length > 0) return { vendor, notRun: `Set ${missing.join(' and ')} to run it.`, steps: [] };
    return { vendor, steps: await PARTS[vendor](environment, send) };
  }));
}

const PARTS: Readonly<Record<Vendor, (environment: Environment, send: typeof fetch) => Promise<Steps>>> = {
  twilio: async (environment, send) => {
    const credentials = {
      twilio_account_sid: environment.ENGINE_LIVE_TWILIO_ACCOUNT_SID ?? '',
      twilio_auth_token: environment.ENGINE_LIVE_TWILIO_AUTH_TOKEN ?? '',
    };
    const sms: FilledMessage = { channel: 'sms', text: 'A test of the conformance run.', segments: 1 };
    const expected = {
      accepted: 'accepted', invalid: 'refused 21211', notMobile: 'refused 21614', blocked: 'refused 21610',
    };
    const steps: Array<Steps[number]> = [];
    for (const name of ['accepted', 'invalid', 'notMobile', 'blocked'] as const) {
      const recipient = TWILIO_TEST_RECIPIENTS[name];
      const { outcome } = await sendOnce(sms, { sender: TWILIO_TEST_SENDER, recipient, credentials }, send);
      steps.push({ what: `an SMS to Twilio's test number ${recipient}`, expected: expected[name], got: said(outcome) });
    }
    return steps;
  },
  sendgrid: async (environment, send) => {
    const credentials = { sendgrid_api_key: environment.ENGINE_LIVE_SENDGRID_API_KEY ?? '' };
    const sender = environment.ENGINE_LIVE_SENDGRID_SENDER ?? '';
    const mail: FilledMessage = { channel: 'email', subject: 'A test', text: 'A test.', html: '<p>A test.</p>' };
    const { status } = await sendOnce(mail, { sender, recipient: 'ada@example.com', credentials }, send);
    // The sandbox answers 200 to what it would have taken with 202.
    const got = status === undefined ? 'no answer' : `HTTP ${status}`;
    return [{ what: 'a mail in SendGrid\'s sandbox', expected: 'HTTP 200', got }];
  },
  openai: async (environment, send) => {
    const guard = liveGuard(send);
    const options = { requestTimeoutMilliseconds: TIME, clock: systemClock, baseUrl: VENDOR_URLS.openai };
    const result = await openAiModel({ ...options, fetch: guard.fetch }).fill({
      access: { kind: 'key', apiKey: environment.ENGINE_LIVE_OPENAI_API_KEY ?? '' },
      model: environment.ENGINE_LIVE_OPENAI_MODEL ?? DEFAULT_MODEL,
      instructions: 'Fill the variables from the facts.',
      facts: JSON.stringify({ job_title: 'Staff nurse' }),
      schema: fillSchema({ job: { description: 'Title of the job', max_length: 40, required: true } }, ['job'], false),
      maxOutputTokens: 2000,
      timeBudgetMilliseconds: TIME,
      calls: { take: async () => Promise.resolve(true), giveBack: () => undefined, answered: () => undefined },
    });
    const got = result.outcome === 'misconfigured' ? `misconfigured (${result.code})` : result.outcome;
    return [{ what: 'values for one variable, of made-up facts', expected: 'values', got }];
  },
};

async function sendOnce(
  message: FilledMessage,
  party: Pick<OutgoingMessage, 'credentials' | 'recipient' | 'sender'>,
  send: typeof fetch,
) {
  const guard = liveGuard(send);
  const { send: sendBy, apiUrl: baseUrl } = VENDORS[message.channel];
  const outcome = await sendBy(
    { message, ...party, conversationId: 'conformance', attemptId: 'conformance', validForSeconds: 600 },
    { baseUrl, timeoutMilliseconds: TIME, fetch: guard.fetch },
  );
  return { outcome, status: guard.answers.at(-1)?.status };
}

function said(outcome: SendOutcome): string {
  if (outcome.outcome === 'refused') return `refused ${outcome.vendorCode}`;
  return outcome.outcome === 'accepted' ? 'accepted' : `${outcome.outcome} (${outcome.detail})`;
}
