import type { KeptGrant } from '../../core/ports/key-grants';

export type KeyState = 'working' | 'expired' | 'revoked' | 'unfinished';

export function keyState({ unfinished, revoked_at: revoked, expires_at: expires }: KeptGrant, now: number): KeyState {
  if (revoked !== undefined) return 'revoked';
  if (unfinished) return 'unfinished';
  return expires !== undefined && !(Date.parse(expires) > now) ? 'expired' : 'working';
}

export function shortHash({ hash }: Pick<KeptGrant, 'hash'>): string {
  return hash.slice(0, 12);
}

export type PickedGrant =
  | { readonly outcome: 'found'; readonly grant: KeptGrant }
  | { readonly outcome: 'not_found' }
  /** The beginning fits more than one. */
  | { readonly outcome: 'ambiguous'; readonly count: number };

/** The one grant that a beginning of its hash means. */
export function pickGrant(grants: readonly KeptGrant[], beginning: string): PickedGrant {
  const found = grants.filter(({ hash }) => hash.startsWith(beginning.toLowerCase()));
  const [grant] = found;
  if (!grant) return { outcome: 'not_found' };
  return found.length === 1 ? { outcome: 'found', grant } : { outcome: 'ambiguous', count: found.length };
}
