import { createHmac, randomBytes } from 'node:crypto';

/** How a secret is written, so that receivers and their libraries know it: https://www.standardwebhooks.com */
const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export function newSigningSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The headers of one attempt to deliver an event: a signature by each secret that is valid. */
export function signedHeaders({ id, now, body, secrets }: {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly body: string;
  readonly secrets: readonly string[];
}): Readonly<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  const signatures = secrets.map((secret) => `v1,${signature(secret, `${id}.${seconds}.${body}`)}`);
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}

function signature(secret: string, signed: string): string {
  return createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(signed).digest('base64');
}
