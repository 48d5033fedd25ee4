import { randomBytes } from 'node:crypto';
import { timestamp } from '../../core/ports/clock';
import { sha256 } from '../../core/sha256';
import type { DynamoDbKeyGrants, KeptGrant } from '../../records/dynamodb-key-grants';
import { CommandError } from '../command-error';
import type { GatewayKeys } from './gateway-keys';

export interface KeyPorts {
  readonly grants: DynamoDbKeyGrants;
  readonly gateway: Pick<GatewayKeys, 'create' | 'attach' | 'remove' | 'read' | 'withName'>;
  /** Beginning of the keys' names at API Gateway. */
  readonly namePrefix: string;
  readonly now: () => number;
}

export interface NewKey {
  readonly companyId: string;
  /** `*` for all of the company's. */
  readonly projectIds: readonly string[];
  readonly label?: string;
  readonly by: string;
  readonly expiresAt?: string;
  readonly replaces?: string;
}

/** The only moment at which a key is known to anybody. */
export interface CreatedKey {
  readonly value: string;
  readonly grant: KeptGrant;
}

/** Minutes after which an unfinished key is nobody's work any more. */
const ABANDONED_MINUTES = 10;

/**
 * Makes a key. Its grant is written before API Gateway knows the key, so that it can never open another company's door, and the usage plan takes it
 * last; a stop in between leaves a key that nobody has seen, which the next run clears away.
 */
export async function createKey(ports: KeyPorts, { companyId, projectIds, label, by, expiresAt, replaces }: NewKey): Promise<CreatedKey> {
  const value = randomBytes(30).toString('base64url');
  const hash = sha256(value);
  const grant: KeptGrant = {
    hash, company_id: companyId, project_ids: projectIds, created_at: timestamp(ports.now()), created_by: by, unfinished: true,
    ...(label === undefined ? {} : { label }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    ...(replaces === undefined ? {} : { replaces }),
  };
  await ports.grants.add(grant);
  const id = await ports.gateway.create(gatewayName(ports, grant), value);
  await ports.gateway.attach(id);
  await ports.grants.finish(hash, id);
  const { unfinished: _done, ...finished } = grant;
  return { value, grant: { ...finished, api_key_id: id } };
}

/** Binds a key that API Gateway has already, such as one that a client of the old engine uses. */
export async function adoptKey(ports: KeyPorts, keyId: string, { companyId, projectIds, label, by }: NewKey): Promise<KeptGrant> {
  const { value } = await ports.gateway.read(keyId);
  const hash = sha256(value);
  const grant: KeptGrant = {
    hash, company_id: companyId, project_ids: projectIds, created_at: timestamp(ports.now()), created_by: by, api_key_id: keyId,
    ...(label === undefined ? {} : { label }),
  };
  const isNew = await ports.grants.add(grant);
  const bound = isNew ? grant : await ports.grants.find(hash);
  if (bound?.company_id !== companyId) throw new CommandError(`Adopting the key ${keyId} failed: it is bound to another company; revoke it there, or create a new key.`);
  await ports.gateway.attach(keyId);
  return bound;
}

/** Ends a key: refused by the engine at once, then removed from API Gateway. Repeating it finishes what was left. */
export async function revokeKey(ports: KeyPorts, grant: KeptGrant): Promise<void> {
  await ports.grants.revoke(grant.hash, timestamp(ports.now()));
  const ids = grant.api_key_id === undefined ? await ports.gateway.withName(gatewayName(ports, grant)) : [grant.api_key_id];
  for (const id of ids) await ports.gateway.remove(id);
  await ports.grants.forgetGatewayKey(grant.hash);
}

/** Ends the old key after the overlap; one that ends sooner already stays so. */
export async function endAfter(ports: KeyPorts, old: KeptGrant, overlapMilliseconds: number): Promise<string> {
  const end = timestamp(ports.now() + overlapMilliseconds);
  const at = old.expires_at !== undefined && old.expires_at < end ? old.expires_at : end;
  await ports.grants.expire(old.hash, at);
  return at;
}

/** Clears away keys that were begun, never finished and seen by nobody. */
export async function clearAbandoned(ports: KeyPorts, grants: readonly KeptGrant[]): Promise<number> {
  const before = ports.now() - ABANDONED_MINUTES * 60_000;
  const abandoned = grants.filter(({ unfinished, revoked_at: revoked, created_at: at }) => (
    unfinished && revoked === undefined && Date.parse(at) < before
  ));
  for (const grant of abandoned) {
    for (const id of await ports.gateway.withName(gatewayName(ports, grant))) await ports.gateway.remove(id);
    await ports.grants.removeUnfinished(grant.hash);
  }
  return abandoned.length;
}

/** The one grant that a beginning of its hash means. */
export function pickGrant(grants: readonly KeptGrant[], beginning: string, companyId: string): KeptGrant {
  const found = grants.filter(({ hash }) => hash.startsWith(beginning.toLowerCase()));
  const [grant] = found;
  if (grant && found.length === 1) return grant;
  throw new CommandError(found.length === 0
    ? `Looking for the key ${beginning} failed: ${companyId} has no such key; see key list ${companyId}.`
    : `Looking for the key ${beginning} failed: ${found.length} keys of ${companyId} begin so; give more of the hash, see key list ${companyId}.`);
}

export type KeyState = 'working' | 'expired' | 'revoked' | 'unfinished';

export function keyState({ unfinished, revoked_at: revoked, expires_at: expires }: KeptGrant, now: number): KeyState {
  if (revoked !== undefined) return 'revoked';
  if (unfinished) return 'unfinished';
  return expires !== undefined && !(Date.parse(expires) > now) ? 'expired' : 'working';
}

export function shortHash({ hash }: Pick<KeptGrant, 'hash'>): string {
  return hash.slice(0, 12);
}

function gatewayName({ namePrefix }: KeyPorts, { company_id: company, hash }: KeptGrant): string {
  return `${namePrefix}-${company}-${hash.slice(0, 12)}`;
}
