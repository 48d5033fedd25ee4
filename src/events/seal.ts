import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Endpoint } from '../core/events/endpoint';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Owner = Pick<Endpoint, 'company_id' | 'id'>;

/** Encrypts a signing secret under the stage's key for this very endpoint: copied to another it cannot be opened. */
export function seal(secret: string, owner: Owner, stageKey: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(stageKey), nonce).setAAD(boundTo(owner));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Throws if the secret was sealed for another endpoint, under another key, or changed since. */
export function unseal(sealed: string, owner: Owner, stageKey: string): string {
  const [version, packed = ''] = sealed.split('.');
  if (version !== VERSION) {
    throw new Error(`Opening a signing secret failed: its form ${String(version)} is not known. Rotate the secret.`);
  }
  const bytes = Buffer.from(packed, 'base64url');
  const decipher = createDecipheriv(CIPHER, keyOf(stageKey), bytes.subarray(0, NONCE_BYTES))
    .setAAD(boundTo(owner))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

function keyOf(stageKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', stageKey, '', 'endpoint signing secrets', KEY_BYTES));
}

function boundTo({ company_id: company, id }: Owner): Buffer {
  return Buffer.from(JSON.stringify([company, id]));
}
