import { randomUUID } from 'node:crypto';
import { twilioSignature } from './signature';

/** Why an attempt failed, in the words of Twilio's retry policy: connection, read time-out, or the answer's class. */
type WebhookFailure = 'ct' | 'rt' | '4xx' | '5xx';

/** One webhook that was posted, with the outcome of each attempt: an HTTP status or the failure. */
export interface PostedWebhook {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly attempts: ReadonlyArray<number | WebhookFailure>;
  /** Body of the last answer; empty where there was none. */
  readonly answer: string;
}

/** Twilio's ceilings for `ct`, `rt` (milliseconds) and `rc`, and its defaults (webhooks-connection-overrides). */
const READ_TIMEOUT_MILLISECONDS = 15_000;
const MOST_RETRIES = 5;
const DEFAULT_RETRIES = 1;

/**
 * Posts a signed webhook and retries it as the URL's fragment says (`#rc=5&rp=all`). Never throws: a lost webhook is
 * Twilio's ordinary life.
 */
export async function postWebhook(
  authToken: string, url: string, parameters: Readonly<Record<string, string>>, stopped: AbortSignal,
): Promise<PostedWebhook> {
  const overrides = new URLSearchParams(url.split('#')[1] ?? '');
  const retries = Math.min(Number(overrides.get('rc') ?? DEFAULT_RETRIES) || 0, MOST_RETRIES);
  const policy = (overrides.get('rp') ?? 'ct').split(',');
  const timeout = Math.min(
    Number(overrides.get('rt') ?? READ_TIMEOUT_MILLISECONDS) || READ_TIMEOUT_MILLISECONDS,
    READ_TIMEOUT_MILLISECONDS,
  );
  const token = randomUUID();
  const attempts: Array<number | WebhookFailure> = [];
  let answer = '';
  for (let attempt = 0; attempt <= retries && !stopped.aborted; attempt += 1) {
    const outcome = await postOnce(authToken, url, parameters, { timeout, token, stopped });
    attempts.push(outcome.result);
    answer = outcome.answer;
    const failure = failureOf(outcome.result);
    if (failure === undefined || !(policy.includes('all') || policy.includes(failure))) break;
  }
  return { url, parameters, attempts, answer };
}

async function postOnce(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
  attempt: { readonly timeout: number; readonly token: string; readonly stopped: AbortSignal },
): Promise<{ readonly result: number | WebhookFailure; readonly answer: string }> {
  try {
    const response = await fetch(url.split('#')[0] ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': twilioSignature(authToken, url, parameters),
        'i-twilio-idempotency-token': attempt.token,
      },
      body: new URLSearchParams(parameters).toString(),
      redirect: 'manual',
      signal: AbortSignal.any([attempt.stopped, AbortSignal.timeout(attempt.timeout)]),
    });
    return { result: response.status, answer: await response.text() };
  } catch (failure) {
    return { result: failure instanceof DOMException && failure.name === 'TimeoutError' ? 'rt' : 'ct', answer: '' };
  }
}

function failureOf(result: number | WebhookFailure): WebhookFailure | undefined {
  if (typeof result !== 'number') return result;
  if (result >= 500) return '5xx';
  return result >= 400 ? '4xx' : undefined;
}
