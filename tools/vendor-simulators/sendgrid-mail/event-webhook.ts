import { createSign, generateKeyPairSync } from 'node:crypto';

/** The key pair with which an account's events are signed (Settings › Mail Settings › Signed Event Webhook). */
export interface EventSigner {
  /** Base64 of the DER (SPKI) public key, as SendGrid shows it. */
  readonly publicKey: string;
  /** Base64 of the DER-encoded ECDSA P-256/SHA-256 signature over timestamp and raw body. */
  sign(timestamp: string, rawBody: string | Buffer): string;
}

export function createEventSigner(): EventSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (timestamp, rawBody) => createSign('sha256').update(timestamp).update(rawBody).sign(privateKey, 'base64'),
  };
}

/** One batch of events that was posted. */
export interface PostedEvents {
  readonly url: string;
  readonly events: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** HTTP status of the answer; absent where there was none. */
  readonly status?: number;
}

/** SendGrid waits this long for an answer. */
const TIMEOUT_MILLISECONDS = 3000;

/** Posts a batch once. Never throws: what fails is posted again later, as SendGrid does for 24 hours. */
export async function postEvents(
  signer: EventSigner, url: string, events: PostedEvents['events'], now: number, stopped: AbortSignal,
): Promise<PostedEvents> {
  const body = `${JSON.stringify(events)}\r\n`;
  const timestamp = String(Math.floor(now / 1000));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'SendGrid Event API',
        'x-twilio-email-event-webhook-signature': signer.sign(timestamp, body),
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
    });
    await response.arrayBuffer();
    return { url, events, status: response.status };
  } catch {
    return { url, events };
  }
}
