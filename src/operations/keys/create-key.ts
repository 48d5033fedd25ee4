import { randomBytes } from 'node:crypto';
import { TEST_KEY_HASHES } from '../../core/names';
import { timestamp } from '../../core/ports/clock';
import type { KeptGrant } from '../../core/ports/key-grants';
import { sha256 } from '../../core/sha256';
import type { Actor } from '../actor';
import type { OperationPorts } from '../ports';

export type KeyPorts = Pick<OperationPorts, 'clock' | 'companies' | 'gatewayKeys' | 'grants' | 'names'>;

export interface NewKey {
  readonly company: string;
  /** `*` for all of the company's. */
  readonly projects: readonly string[];
  readonly label?: string;
  readonly actor: Actor;
  /** Milliseconds from now; absent: never. */
  readonly expiresIn?: number;
  readonly replaces?: string;
  /** A key whose requests are tests. */
  readonly test?: true;
}

/** Why no key can be made: it would open nothing, or would be refused as if it were another company's. */
export type KeyRefusal =
  | { readonly outcome: 'company_not_found' }
  | { readonly outcome: 'project_not_found'; readonly project: string; readonly known: readonly string[] }
  /** The stage has no usage plan of its name. */
  | { readonly outcome: 'no_usage_plan' };

export type CreateResult =
  /** The only moment at which the key's value is known. */
  | { readonly outcome: 'created'; readonly value: string; readonly grant: KeptGrant; readonly cleared: number }
  | KeyRefusal;

export type AdoptResult =
  | { readonly outcome: 'adopted'; readonly grant: KeptGrant }
  /** API Gateway has no key of this identifier. */
  | { readonly outcome: 'key_not_found' }
  | { readonly outcome: 'bound_to_another_company' }
  | KeyRefusal;

/** Minutes after which an unfinished key is no longer being made. */
const ABANDONED_MINUTES = 10;

/**
 * Makes a key. Its grant is written before API Gateway knows the key, so that it can never be used for another company,
 * and the usage plan takes it last; a stop in between leaves a key that was never shown, which the next run clears
 * away.
 */
export async function createKey(ports: KeyPorts, order: NewKey): Promise<CreateResult> {
  const refusal = await refusalOf(ports, order);
  if (refusal) return refusal;
  const { clock, gatewayKeys, grants } = ports;
  const cleared = await clearAbandoned(ports, await grants.list(order.company));
  const value = newKeyValue();
  const expires = order.expiresIn === undefined ? undefined : timestamp(clock.now() + order.expiresIn);
  const begun: KeptGrant = {
    ...grantOf(ports, order, sha256(value)),
    unfinished: true,
    expires_at: expires,
    replaces: order.replaces,
  };
  await grants.add(begun);
  const id = await gatewayKeys.create(gatewayName(ports, begun), value);
  await gatewayKeys.attach(id);
  await grants.finish(begun.hash, id);
  const { unfinished: _done, ...grant } = begun;
  return { outcome: 'created', value, grant: { ...grant, api_key_id: id }, cleared };
}

/** Hashes with the beginning of the test keys' are left to those; one value in 65,536 has one. */
function newKeyValue(): string {
  const value = randomBytes(30).toString('base64url');
  return sha256(value).startsWith(TEST_KEY_HASHES) ? newKeyValue() : value;
}

/** Binds a key that API Gateway has already, such as one that a client of the old engine uses. */
export async function adoptKey(ports: KeyPorts, keyId: string, order: NewKey): Promise<AdoptResult> {
  const refusal = await refusalOf(ports, order);
  if (refusal) return refusal;
  const { gatewayKeys, grants } = ports;
  const key = await gatewayKeys.read(keyId);
  if (!key) return { outcome: 'key_not_found' };
  const grant: KeptGrant = { ...grantOf(ports, order, sha256(key.value)), api_key_id: keyId };
  const isNew = await grants.add(grant);
  const bound = isNew ? grant : await grants.find(grant.hash);
  if (bound?.company_id !== order.company) return { outcome: 'bound_to_another_company' };
  await gatewayKeys.attach(keyId);
  return { outcome: 'adopted', grant: bound };
}

/** Clears away keys that were begun, never finished and never shown. */
export async function clearAbandoned(ports: KeyPorts, grants: readonly KeptGrant[]): Promise<number> {
  const before = ports.clock.now() - ABANDONED_MINUTES * 60_000;
  const abandoned = grants.filter(({ unfinished, revoked_at: revoked, created_at: at }) => (
    unfinished && revoked === undefined && Date.parse(at) < before
  ));
  for (const grant of abandoned) {
    for (const id of await ports.gatewayKeys.withName(gatewayName(ports, grant))) await ports.gatewayKeys.remove(id);
    await ports.grants.removeUnfinished(grant.hash);
  }
  return abandoned.length;
}

export function gatewayName({ names }: Pick<KeyPorts, 'names'>, { company_id: company, hash }: KeptGrant): string {
  return `${names.apiKey}-${company}-${hash.slice(0, 12)}`;
}

async function refusalOf(ports: KeyPorts, { company, projects }: NewKey): Promise<KeyRefusal | undefined> {
  const listed = await ports.companies.list();
  const known = listed.filter(({ company_id: id }) => id === company).map(({ project_id: id }) => id);
  if (known.length === 0) return { outcome: 'company_not_found' };
  const missing = projects.find((id) => id !== '*' && !known.includes(id));
  if (missing !== undefined) return { outcome: 'project_not_found', project: missing, known };
  return await ports.gatewayKeys.planId() === undefined ? { outcome: 'no_usage_plan' } : undefined;
}

function grantOf({ clock }: KeyPorts, { company, projects, actor, label, test }: NewKey, hash: string): KeptGrant {
  return {
    hash,
    company_id: company,
    project_ids: projects,
    created_at: timestamp(clock.now()),
    created_by: actor.id,
    label,
    ...(test ? { test } : {}),
  };
}
