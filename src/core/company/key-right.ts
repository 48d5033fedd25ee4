import type { KeyGrant } from '../ports/directory';

interface Tenant {
  readonly company_id: string;
  readonly project_id: string;
}

/**
 * UTF-8 bytes of both identifiers together: a conversation's identifier holds them beside a sender, in a sort key of at
 * most 1024.
 */
const IDENTIFIERS_LIMIT = 600;

/**
 * A `#` would make conversation identifiers ambiguous and queues refuse control characters, so no company or project
 * has one.
 */
export function canExist({ company_id: company, project_id: project }: Tenant): boolean {
  const both = company + project;
  return !/[#\p{Cc}]/u.test(both) && Buffer.byteLength(both) <= IDENTIFIERS_LIMIT;
}

/** A key's grant counts if it is there, not revoked and not expired; a moment that cannot be read counts as past. */
export function isUsable(grant: KeyGrant | undefined, now: number): grant is KeyGrant {
  return (
    grant !== undefined &&
    ![grant.expires_at, grant.revoked_at].some((moment) => moment !== undefined && !(Date.parse(moment) > now))
  );
}

/** Whether a key is of this company and for this project. */
export function mayUse(grant: KeyGrant, tenant: Tenant): boolean {
  return (
    grant.company_id === tenant.company_id &&
    [tenant.project_id, '*'].some((project) => grant.project_ids.includes(project))
  );
}
