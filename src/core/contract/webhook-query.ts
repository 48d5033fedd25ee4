/**
 * Query parameters of the webhooks, in the order in which they are written. The first two name the attempt that a
 * receipt belongs to, and hold nothing of the recipient's; the others say whose webhook it is, and so whose secret it
 * must be signed with.
 */
export const WEBHOOK_QUERY = {
  conversation: 'conversation_id',
  attempt: 'attempt_id',
  company: 'company_id',
  project: 'project_id',
  channel: 'channel',
} as const;

/** The address of a project's webhook behind the API's base URL. */
export function projectUrl(
  baseUrl: string, path: string, { companyId, projectId }: { readonly companyId: string; readonly projectId: string },
): URL {
  const url = new URL(`${baseUrl}${path}`);
  url.searchParams.set(WEBHOOK_QUERY.company, companyId);
  url.searchParams.set(WEBHOOK_QUERY.project, projectId);
  return url;
}

/** Where recipients of a mail opt out; an unsubscribe token follows. */
export const UNSUBSCRIBE_PATH = '/unsubscribe';

/** Bytes of an identifier in a webhook's query: DynamoDB refuses a longer sort key as a fault of ours. */
export const WEBHOOK_LIMITS = { identifier: 1024 } as const;
