import type { EventSigner } from './event-webhook';

/** A mail as SendGrid's mail server took it: what was said at the door, and the mail itself. */
export interface ParsedMail {
  /** The raw MIME message, in whatever bytes its sender wrote. */
  readonly raw: Buffer;
  /** Addresses at the receiving domain. */
  readonly to: readonly string[];
  /** The return path; empty where a mail asks for none. */
  readonly from: string;
}

/** One mail that was posted, with the HTTP status of each attempt; `undefined` where there was no answer. */
export interface PostedMail {
  readonly url: string;
  readonly attempts: ReadonlyArray<number | undefined>;
}

/** SendGrid's own. */
const BOUNDARY = 'xYzZY';

interface PostBody {
  readonly body: Buffer;
  readonly contentType: string;
}

/** The fields of "Raw payload" in their order (docs: Inbound Parse Webhook, "Raw Parameters"). */
export function inboundParseBody({ raw, to, from }: ParsedMail): PostBody {
  const text = (value: string): Buffer => Buffer.from(value, 'utf8');
  const fields: ReadonlyArray<readonly [name: string, value: Buffer]> = [
    ['dkim', text('{@example.com : pass}')],
    ['email', raw],
    ['to', text(to.join(', '))],
    ['from', text(from)],
    ['sender_ip', text('203.0.113.7')],
    ['envelope', text(JSON.stringify({ to, from }))],
    ['charsets', text('{"to":"UTF-8","subject":"UTF-8","from":"UTF-8"}')],
    ['SPF', text('pass')],
  ];
  const parts = fields.flatMap(([name, value]) => [
    text(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`), value, text('\r\n'),
  ]);
  return {
    body: Buffer.concat([...parts, text(`--${BOUNDARY}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}

/** Posts that SendGrid repeats while it is answered with 5xx, or not at all; it goes on for three days. */
const MOST_ATTEMPTS = 4;
const TIMEOUT_MILLISECONDS = 30_000;

/** Posts a mail, signed by the account's security policy, until it is taken. Never throws. */
export async function postMail(
  signer: EventSigner,
  url: string,
  mail: ParsedMail,
  { now, stopped }: { readonly now: () => number; readonly stopped: AbortSignal },
): Promise<PostedMail> {
  const { body, contentType } = inboundParseBody(mail);
  const attempts: Array<number | undefined> = [];
  while (attempts.length < MOST_ATTEMPTS && !stopped.aborted) {
    const status = await postOnce(signer, url, { body, contentType, at: now(), stopped });
    attempts.push(status);
    if (status !== undefined && status < 500) break;
  }
  return { url, attempts };
}

async function postOnce(
  signer: EventSigner,
  url: string,
  { body, contentType, at, stopped }: PostBody & { readonly at: number; readonly stopped: AbortSignal },
): Promise<number | undefined> {
  const timestamp = String(Math.floor(at / 1000));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Sendlib/1.0',
        'x-twilio-email-event-webhook-signature': signer.sign(timestamp, body),
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}
