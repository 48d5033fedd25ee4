/** Where vendors tell of what became of messages, behind the API's base URL: one home for the routes, the functions and the senders. */
export const WEBHOOK_PATHS = {
  twilioStatus: '/webhooks/twilio/status',
  twilioInbound: '/webhooks/twilio/inbound',
  sendgridEvents: '/webhooks/sendgrid/events',
} as const;

/**
 * Query parameters of the webhooks, in the order in which they are written. The first two name the attempt that a receipt belongs to, and hold
 * nothing of the recipient's; the others say whose webhook it is, and so whose secret it must be signed with.
 */
export const WEBHOOK_QUERY = {
  conversation: 'conversation_id',
  attempt: 'attempt_id',
  company: 'company_id',
  project: 'project_id',
  channel: 'channel',
} as const;

/** The URL that an operator enters at SendGrid (Settings, Mail Settings, Event Webhook). */
export function sendGridEventsUrl(baseUrl: string, owner: { readonly companyId: string; readonly projectId: string }): string {
  return ownersUrl(`${baseUrl}${WEBHOOK_PATHS.sendgridEvents}`, owner).href;
}

/**
 * The URL that an operator enters for a number at Twilio ("A message comes in"), exactly as it stands here, since its order is signed. The
 * fragment asks for retries, without which a reply is lost with the first failure.
 */
export function twilioInboundUrl(
  baseUrl: string, owner: { readonly companyId: string; readonly projectId: string; readonly channel: 'whatsapp' | 'sms' },
): string {
  const url = ownersUrl(`${baseUrl}${WEBHOOK_PATHS.twilioInbound}`, owner);
  url.searchParams.set(WEBHOOK_QUERY.channel, owner.channel);
  url.hash = TWILIO_RETRIES;
  return url.href;
}

/** Twilio retries a webhook once, and only where no connection came about, unless the URL's fragment asks for more. */
export const TWILIO_RETRIES = '#rc=5&rp=all';

function ownersUrl(address: string, { companyId, projectId }: { readonly companyId: string; readonly projectId: string }): URL {
  const url = new URL(address);
  url.searchParams.set(WEBHOOK_QUERY.company, companyId);
  url.searchParams.set(WEBHOOK_QUERY.project, projectId);
  return url;
}
