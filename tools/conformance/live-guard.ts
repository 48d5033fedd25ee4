import { isJsonRecord, parseJson } from '../vendor-simulators/json-record';

/** Twilio's numbers for tests (twilio.com/docs/iam/test-credentials); none is anybody's. */
export const TWILIO_TEST_SENDER = '+15005550006';
export const TWILIO_TEST_RECIPIENTS = {
  accepted: '+15005550010', invalid: '+15005550001', notMobile: '+15005550009', blocked: '+15005550004',
} as const;

/** What left and how it was answered. */
export interface LiveAnswer {
  readonly status: number;
  readonly body: string;
}

export interface LiveGuard {
  readonly fetch: typeof fetch;
  readonly answers: readonly LiveAnswer[];
}

/**
 * Lets through what reaches nobody: Twilio's test sender to Twilio's test numbers, mails in SendGrid's sandbox, calls
 * of the model. Switches the sandbox on in each mail, since the adapter itself does not know it. Everything else is
 * refused before a byte leaves.
 */
export function liveGuard(send: typeof fetch): LiveGuard {
  const answers: LiveAnswer[] = [];
  return {
    answers,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const { signal } = init ?? {};
      const response = await send(url, {
        method: request.method, headers: request.headers, body: allowedBody(url, request.method, await request.text()),
        redirect: 'manual', ...(signal ? { signal } : {}),
      });
      const body = await response.text();
      answers.push({ status: response.status, body });
      const { status, headers } = response;
      return new Response(isEmpty(status) ? null : body, { status, headers });
    },
  };
}

function isEmpty(status: number): boolean {
  return [204, 205, 304].includes(status);
}

function allowedBody(url: URL, method: string, body: string): string {
  const address = `${method} ${url.origin}${url.pathname}`;
  if (/^POST https:\/\/api\.twilio\.com\/2010-04-01\/Accounts\/AC[0-9a-fA-F]{32}\/Messages\.json$/.test(address)) {
    const form = new URLSearchParams(body);
    const recipients: readonly string[] = Object.values(TWILIO_TEST_RECIPIENTS);
    const isTest = form.getAll('From').join() === TWILIO_TEST_SENDER && recipients.includes(form.getAll('To').join())
      && !form.has('MessagingServiceSid');
    if (isTest) return body;
  }
  if (address === 'POST https://api.sendgrid.com/v3/mail/send') {
    const mail = parseJson(body);
    if (isJsonRecord(mail)) {
      const settings = isJsonRecord(mail.mail_settings) ? mail.mail_settings : {};
      return JSON.stringify({ ...mail, mail_settings: { ...settings, sandbox_mode: { enable: true } } });
    }
  }
  if (address === 'POST https://api.openai.com/v1/responses') return body;
  throw new Error(
    `Sending to ${url.host} failed: it is none of the vendors' test numbers and sandboxes. Send there alone.`,
  );
}
