import { parseConversationId } from '../../core/lifecycle/conversation-id';

/** A conversation's identifier as it stands in a path: gateways decode `#` and `%` each in a way of their own. */
export function recordKey(conversationId: string): string {
  return Buffer.from(conversationId).toString('base64url');
}

/** Undefined where it is no key of a conversation. */
export function readRecordKey(
  key: string,
): { readonly conversationId: string; readonly company: string } | undefined {
  if (!/^[\w-]{1,1500}$/.test(key)) return undefined;
  const conversationId = Buffer.from(key, 'base64url').toString('utf8');
  const identity = parseConversationId(conversationId);
  return identity && recordKey(conversationId) === key ? { conversationId, company: identity.companyId } : undefined;
}

/** What every list and view shows of a record, with the key that leads to it. */
export function withKey<Summary extends { readonly conversationId: string }>(
  summary: Summary,
): Summary & { readonly key: string } {
  return { ...summary, key: recordKey(summary.conversationId) };
}
