import type { KeptGrant } from '../../core/ports/key-grants';
import { keyState, shortHash } from '../../operations/keys/key-state';
import { instant, moment } from '../moments';

/** A key's grant as one line of a list. */
export function grantLine(grant: KeptGrant, now: number): string {
  const { label, expires_at: expires, revoked_at: revoked, api_key_id: id } = grant;
  const rest = id === undefined ? '' : ', but still at API Gateway: revoke it again';
  const ended = revoked === undefined ? '' : ` ${instant(revoked)}${rest}`;
  const ends = revoked === undefined && expires !== undefined ? `, until ${moment(expires, now)}` : '';
  const state = `${keyState(grant, now)}${ended}${ends}`;
  const kind = grant.test ? 'test key' : undefined;
  return [shortHash(grant), state, kind, projectWords(grant), `created ${instant(grant.created_at)}`, label]
    .filter(Boolean)
    .join('  ');
}

export function projectWords({ project_ids: projects }: KeptGrant): string {
  return projects.includes('*') ? 'all projects' : projects.join(', ');
}
