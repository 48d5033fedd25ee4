/** Key of an item in the table company-data. */
export type CompanyItemKey = Readonly<Record<'company_id' | 'project_id', string>>;

/** Key of an item in the table conversations. */
export type ConversationItemKey = Readonly<Record<'primary_channel' | 'conversation_id', string>>;

export function companyItemKey(companyId: string, projectId: string): CompanyItemKey {
  return { company_id: companyId, project_id: projectId };
}

/** An API key's grant; no company's identifier holds a `#`, so it can meet none. */
export function grantItemKey(keyHash: string): CompanyItemKey {
  return { company_id: `api-key#${keyHash}`, project_id: 'api-key' };
}

/** The partition of a template's versions; no company's identifier holds a `#`. */
export function templateHistoryKey(companyId: string, projectId: string, channel: string): string {
  return `template#${companyId}#${projectId}#${channel}`;
}

/** A request's idempotency record. */
export function idempotencyItemKey(companyId: string, projectId: string, requestId: string): ConversationItemKey {
  return { primary_channel: `request#${companyId}#${projectId}`, conversation_id: requestId };
}

/**
 * What a recipient has opted out of. It lies beside the recipient's conversations. Mail systems take no notice of an
 * address's letter case, so neither does an opt-out.
 */
export function optOutItemKey(recipient: string): ConversationItemKey {
  return { primary_channel: recipient.toLowerCase(), conversation_id: 'opt-out' };
}

/** What a project has asked for, what of it is open, and what it costs. */
export function usageItemKey(companyId: string, projectId: string): ConversationItemKey {
  return { primary_channel: `usage#${companyId}#${projectId}`, conversation_id: 'now' };
}
