import { z } from 'zod';
import { askVendor, bearer } from './ask-vendor';
import type { Verified, VerifyVendor } from './vendor-answer';
import { read, unanswered } from './vendor-answer';

export const verifySendGrid: VerifyVendor = async ({ sender }, secret, { sendgrid }) => {
  const headers = bearer(secret.sendgrid_api_key);
  const keyed = 'SendGrid API key';
  const answer = await askVendor(`${sendgrid}/v3/scopes`, headers);
  const key = read(answer, z.object({ scopes: z.array(z.string()) }));
  if (!key) return [unanswered(keyed, answer, 'store a working key (secret set credentials)')];
  if (!key.scopes.includes('mail.send')) return [{ subject: keyed, verdict: 'fault', words: 'may not send mail: give it the scope mail.send, or store another key' }];
  const subject = `sender ${sender}`;
  const [senders, domains] = await Promise.all([askVendor(`${sendgrid}/v3/verified_senders`, headers), askVendor(`${sendgrid}/v3/whitelabel/domains`, headers)]);
  const single = read(senders, z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) }));
  const whole = read(domains, z.array(z.object({ domain: z.string(), valid: z.boolean() })));
  const isVerified = single?.results.some(({ from_email: from, verified }) => verified && from.toLowerCase() === sender.toLowerCase())
    || whole?.some(({ domain, valid }) => valid && sender.toLowerCase().endsWith(`@${domain.toLowerCase()}`));
  const seen: Verified = isVerified ? { subject, verdict: 'ok', words: 'is verified' }
    : single && whole ? { subject, verdict: 'fault', words: 'is not verified at SendGrid: verify it (Settings, Sender Authentication), or correct company_email' }
      : { subject, verdict: 'warning', words: 'could not be looked up: the key may not read senders; see Settings, Sender Authentication' };
  const events: Verified = secret.sendgrid_webhook_public_key
    ? { subject: 'SendGrid event webhook', verdict: 'ok', words: 'its public key is stored' }
    : { subject: 'SendGrid event webhook', verdict: 'warning', words: 'no public key is stored, so that no receipt is believed: turn on signed events, then secret set credentials --field sendgrid_webhook_public_key' };
  return [{ subject: keyed, verdict: 'ok', words: 'works and may send mail' }, seen, events];
};
