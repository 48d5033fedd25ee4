import { timestamp } from '../../core/ports/clock';
import type { KeptGrant } from '../../core/ports/key-grants';
import type { Actor } from '../actor';
import type { CreateResult, KeyPorts } from './create-key';
import { clearAbandoned, createKey, gatewayName } from './create-key';
import type { KeyState } from './key-state';
import { keyState } from './key-state';

/** When the old key of a rotation ends; `at_once`: it was revoked. */
export type OldKeyEnd = { readonly outcome: 'at'; readonly at: string } | { readonly outcome: 'at_once' };

export type RotateResult =
  | (Extract<CreateResult, { readonly outcome: 'created' }> & {
    /** Ends the old key. Called once the new one was shown: until then it must go on working. */
    readonly endOld: () => Promise<OldKeyEnd>;
  })
  /** A rotation was begun before and its old key had no end yet: it has one now. */
  | { readonly outcome: 'ended_old'; readonly successor: KeptGrant; readonly end: OldKeyEnd }
  | { readonly outcome: 'rotated_before'; readonly successor: KeptGrant }
  | { readonly outcome: 'not_working'; readonly state: KeyState }
  | Exclude<CreateResult, { readonly outcome: 'created' }>;

export interface Rotation {
  readonly old: KeptGrant;
  /** All of the company's. */
  readonly grants: readonly KeptGrant[];
  /** Milliseconds for which the old key still works; 0 revokes it. */
  readonly overlap: number;
  readonly actor: Actor;
}

/** Makes a key like the given one, which works on for the overlap. */
export async function rotateKey(ports: KeyPorts, { old, grants, overlap, actor }: Rotation): Promise<RotateResult> {
  const state = keyState(old, ports.clock.now());
  if (state !== 'working') return { outcome: 'not_working', state };
  const endOld = async () => endAfter(ports, old, overlap);
  const successor = grants.find(({ replaces, revoked_at: revoked, unfinished }) => (
    replaces === old.hash && revoked === undefined && !unfinished
  ));
  if (successor) {
    if (old.expires_at !== undefined) return { outcome: 'rotated_before', successor };
    return { outcome: 'ended_old', successor, end: await endOld() };
  }
  await clearAbandoned(ports, grants);
  const order = {
    company: old.company_id,
    projects: old.project_ids,
    label: old.label,
    replaces: old.hash,
    actor,
    test: old.test,
  };
  const created = await createKey(ports, order);
  return created.outcome === 'created' ? { ...created, endOld } : created;
}

/** Ends a key: refused by the engine at once, then removed from API Gateway. Repeating it finishes what was left. */
export async function revokeKey(ports: KeyPorts, grant: KeptGrant): Promise<void> {
  const { clock, gatewayKeys, grants } = ports;
  await grants.revoke(grant.hash, timestamp(clock.now()));
  const ids =
    grant.api_key_id === undefined ? await gatewayKeys.withName(gatewayName(ports, grant)) : [grant.api_key_id];
  for (const id of ids) await gatewayKeys.remove(id);
  await grants.forgetGatewayKey(grant.hash);
}

/** A key that ends sooner already stays so. */
async function endAfter(ports: KeyPorts, old: KeptGrant, overlap: number): Promise<OldKeyEnd> {
  if (overlap === 0) {
    await revokeKey(ports, old);
    return { outcome: 'at_once' };
  }
  const end = timestamp(ports.clock.now() + overlap);
  const at = old.expires_at !== undefined && old.expires_at < end ? old.expires_at : end;
  await ports.grants.expire(old.hash, at);
  return { outcome: 'at', at };
}
