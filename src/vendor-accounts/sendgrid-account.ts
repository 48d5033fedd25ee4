import * as z from 'zod/mini';
import type { ChannelSettings } from '../core/company/company';
import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { Finding } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import { sendGridEventWebhook } from '../providers/sendgrid-event-webhook';
import { sendGridInboundWebhook } from '../providers/sendgrid-inbound-webhook';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, bearer, fault, ok, read, unanswered } from './ask-vendor';
import { verifyInbound } from './sendgrid-inbound';

type Secret = Readonly<Record<string, string>>;

const scopesShape = z.object({ scopes: z.array(z.string()) });
const sendersShape = z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) });
/** Events without which the engine does not learn what became of a mail, or that its recipient wants no more. */
const NEEDED = ['delivered', 'bounce', 'dropped', 'spam_report', 'unsubscribe'] as const;
const webhookShape = z.looseObject({
  enabled: z.optional(z.boolean()),
  url: z.optional(z.string()),
  public_key: z.nullish(z.string()),
});
const webhooksShape = z.object({ webhooks: z.array(webhookShape) });
const domainsShape = z.array(z.object({ domain: z.string(), valid: z.boolean() }));

/** The key, the sender and the event webhook of an account at SendGrid. */
export async function verifySendGrid(
  { sender, inboundDomain }: ChannelSettings, secret: Secret, { sendgrid }: VendorUrls, webhookUrl: string,
): Promise<readonly Finding[]> {
  const headers = bearer(secret.sendgrid_api_key);
  const subject = 'SendGrid API key';
  const answer = await askVendor(`${sendgrid}/v3/scopes`, headers);
  const key = read(answer, scopesShape);
  if (!key) return [unanswered(subject, answer, 'store a working key', 'store_credentials')];
  if (!key.scopes.includes('mail.send')) {
    return [
      fault(subject, 'may not send mail: give it the scope mail.send, or store another key', 'store_credentials'),
    ];
  }
  const [senders, domains, webhooks] = await Promise.all([
    askVendor(`${sendgrid}/v3/verified_senders`, headers),
    askVendor(`${sendgrid}/v3/whitelabel/domains`, headers),
    askVendor(`${sendgrid}/v3/user/webhooks/event/settings/all`, headers),
  ]);
  const inboundUrl = webhookUrl.replace(sendGridEventWebhook.path, sendGridInboundWebhook.path);
  const inbound = inboundDomain === undefined
    ? []
    : await verifyInbound({ domain: inboundDomain, secret, baseUrl: sendgrid, webhookUrl: inboundUrl });
  return [
    ok(subject, 'works and may send mail'),
    judgeSender(sender, senders, domains),
    judgeEvents(secret),
    ...judgeWebhooks(webhooks, secret, webhookUrl),
    ...inbound,
  ];
}

function judgeSender(sender: string, senders: VendorAnswer, domains: VendorAnswer): Finding {
  const subject = `sender ${sender}`;
  const address = sender.toLowerCase();
  const single = read(senders, sendersShape);
  const whole = read(domains, domainsShape);
  const isVerified =
    single?.results.some(({ from_email: from, verified }) => verified && from.toLowerCase() === address) ||
    whole?.some(({ domain, valid }) => valid && address.endsWith(`@${domain.toLowerCase()}`));
  if (isVerified) return ok(subject, 'is verified');
  if (single && whole) {
    return fault(
      subject,
      'is not verified at SendGrid: verify it (Settings, Sender Authentication), or correct company_email',
      'apply_record',
    );
  }
  return {
    subject,
    verdict: 'warning',
    words: 'could not be looked up: the key may not read senders; see Settings, Sender Authentication',
  };
}

function judgeEvents({ sendgrid_webhook_public_key: key }: Secret): Finding {
  const subject = 'SendGrid event webhook';
  if (key) return ok(subject, 'its public key is stored');
  const words = 'no public key is stored, so that no receipt is believed: '
    + 'turn on signed events, then store the key as sendgrid_webhook_public_key';
  return { subject, verdict: 'warning', words, remedy: 'store_credentials' };
}

/** Whether SendGrid posts events to this engine, signed with the key that is stored. */
function judgeWebhooks(answer: VendorAnswer, secret: Secret, webhookUrl: string): readonly Finding[] {
  const subject = 'SendGrid events';
  const listed = read(answer, webhooksShape);
  if (!listed) {
    return [warning(subject, `could not be looked up: the key may not read webhooks; see that ${webhookUrl} is entered`)];
  }
  const own = listed.webhooks.find(({ url = '' }) => isSameWebhook(url, webhookUrl));
  const todo = `enter ${webhookUrl} (Settings, Mail Settings, Event Webhook)`;
  if (!own) return [fault(subject, `go to no webhook of this engine, so receipts and opt-outs are lost: ${todo}`)];
  if (own.enabled === false) return [fault(subject, 'go to a webhook that is switched off: switch it on')];
  const missing = NEEDED.filter((event) => own[event] === false);
  if (missing.length > 0) return [fault(subject, `are not all posted: switch on ${missing.join(', ')}`)];
  const { sendgrid_webhook_public_key: stored = '' } = secret;
  if (own.public_key && stored && bare(own.public_key) !== bare(stored)) {
    return [fault(subject, 'are signed with another key than the stored one: store the webhook\'s', 'store_credentials')];
  }
  return [ok(subject, 'are posted to this engine')];
}

function isSameWebhook(url: string, expected: string): boolean {
  if (!URL.canParse(url)) return false;
  const [given, own] = [new URL(url), new URL(expected)];
  const company = (one: URL) => one.searchParams.get(WEBHOOK_QUERY.company);
  return given.origin === own.origin && given.pathname === own.pathname && company(given) === company(own);
}

/** A key with or without the lines of its PEM form. */
function bare(key: string): string {
  return key.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
}

function warning(subject: string, words: string): Finding {
  return { subject, verdict: 'warning', words };
}
