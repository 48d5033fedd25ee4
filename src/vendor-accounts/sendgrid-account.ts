import * as z from 'zod/mini';
import type { ChannelSettings } from '../core/company/company';
import type { Finding } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, bearer, fault, ok, read, unanswered } from './ask-vendor';

type Secret = Readonly<Record<string, string>>;

const scopesShape = z.object({ scopes: z.array(z.string()) });
const sendersShape = z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) });
const domainsShape = z.array(z.object({ domain: z.string(), valid: z.boolean() }));

/** The key, the sender and the event webhook of an account at SendGrid. */
export async function verifySendGrid(
  { sender }: ChannelSettings, secret: Secret, { sendgrid }: VendorUrls,
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
  const [senders, domains] = await Promise.all([
    askVendor(`${sendgrid}/v3/verified_senders`, headers), askVendor(`${sendgrid}/v3/whitelabel/domains`, headers),
  ]);
  return [ok(subject, 'works and may send mail'), judgeSender(sender, senders, domains), judgeEvents(secret)];
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
