import { z } from 'zod';
import type { ChannelSettings } from '../../core/company/company';
import type { VendorUrls } from '../../core/vendor-urls';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, bearer, twilioHeaders } from './ask-vendor';

/** One thing that was tried, with what to do where it failed. */
export interface Verified {
  readonly subject: string;
  readonly verdict: 'ok' | 'warning' | 'fault';
  readonly words: string;
}

type Secret = Readonly<Record<string, string>>;

/** The credentials, the sender and the template of one channel, at its vendor. */
export async function verifyVendor(settings: ChannelSettings, secret: Secret, vendors: VendorUrls): Promise<readonly Verified[]> {
  const { content, sender } = settings;
  if (content.channel === 'email') return verifySendGrid(sender, secret, vendors);
  const account = await verifyAccount(secret, vendors);
  if (account.verdict === 'fault') return [account];
  if (content.channel === 'sms') return [account, await verifyNumber(sender, secret, vendors)];
  return [account, await verifyWhatsappSender(sender, secret, vendors), ...await verifyTemplate(settings, secret, vendors)];
}

export async function verifyModel({ model }: ChannelSettings, secret: Secret, vendors: VendorUrls): Promise<Verified> {
  const subject = `model ${model.model}`;
  const answer = await askVendor(`${vendors.openai}/models`, bearer(secret.ai_api_key));
  const listed = read(answer, z.object({ data: z.array(z.object({ id: z.string() })) }));
  if (!listed) return unanswered(subject, answer, `store a working key in ${model.api_key_reference} (secret set model)`);
  return listed.data.some(({ id }) => id === model.model)
    ? { subject, verdict: 'ok', words: 'the key works and may use it' }
    : { subject, verdict: 'fault', words: 'the vendor offers this key no such model: name another in ai_config, or have the key\'s project allow it' };
}

async function verifyAccount(secret: Secret, { twilio }: VendorUrls): Promise<Verified> {
  const subject = `Twilio account ${secret.twilio_account_sid ?? ''}`;
  const answer = await askVendor(`${twilio}/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}.json`, twilioHeaders(secret));
  const account = read(answer, z.object({ status: z.string() }));
  if (!account) return unanswered(subject, answer, 'store the account\'s SID and auth token again (secret set credentials)');
  return account.status === 'active'
    ? { subject, verdict: 'ok', words: 'the credentials work' }
    : { subject, verdict: 'fault', words: `is ${account.status}: have Twilio lift that` };
}

async function verifyNumber(sender: string, secret: Secret, { twilio }: VendorUrls): Promise<Verified> {
  const subject = `sender ${sender}`;
  const path = `/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(sender)}`;
  const answer = await askVendor(`${twilio}${path}`, twilioHeaders(secret));
  const entry = z.object({ phone_number: z.string(), capabilities: z.object({ sms: z.boolean() }) });
  const page = read(answer, z.object({ incoming_phone_numbers: z.array(entry) }));
  if (!page) return unanswered(subject, answer, 'try again later');
  const number = page.incoming_phone_numbers.find(({ phone_number: found }) => found === sender);
  if (!number) return { subject, verdict: 'fault', words: 'the account has no such number: buy it, or correct company_sms_number' };
  return number.capabilities.sms ? { subject, verdict: 'ok', words: 'belongs to the account and can send SMS' } : { subject, verdict: 'fault', words: 'cannot send SMS: use another number' };
}

async function verifyWhatsappSender(sender: string, secret: Secret, { twilioMessaging }: VendorUrls): Promise<Verified> {
  const subject = `sender whatsapp:${sender}`;
  const answer = await askVendor(`${twilioMessaging}/v2/Channels/Senders?Channel=whatsapp&PageSize=100`, twilioHeaders(secret));
  const page = read(answer, z.object({ senders: z.array(z.object({ sender_id: z.string(), status: z.string() })) }));
  if (!page) return unanswered(subject, answer, 'try again later');
  const found = page.senders.find(({ sender_id: id }) => id === `whatsapp:${sender}`);
  if (!found) return { subject, verdict: 'fault', words: 'the account has no such WhatsApp sender: register it at Twilio, or correct company_whatsapp_number' };
  return found.status.startsWith('ONLINE') ? { subject, verdict: 'ok', words: 'is online' } : { subject, verdict: 'fault', words: `is ${found.status}: see it in Twilio's console` };
}

/** Twilio fills a variable that a send leaves out with the template's sample, without a word: the two sets must be the same. */
async function verifyTemplate({ content }: ChannelSettings, secret: Secret, { twilioContent }: VendorUrls): Promise<readonly Verified[]> {
  if (content.channel !== 'whatsapp') return [];
  const sid = content.template.content_sid ?? secret.twilio_template_sid;
  if (!sid) return [{ subject: 'template', verdict: 'fault', words: 'has no content SID: set content_sid in the template, or twilio_template_sid in the secret' }];
  const subject = `template ${sid}`;
  const [contentAnswer, approvalAnswer] = await Promise.all(['', '/ApprovalRequests'].map(async (part) => askVendor(`${twilioContent}/v1/Content/${sid}${part}`, twilioHeaders(secret))));
  const stored = contentAnswer && read(contentAnswer, z.object({ types: z.record(z.string(), z.object({ body: z.string().optional() })) }));
  if (!contentAnswer || !stored) {
    return [contentAnswer?.kind === 'answer' && contentAnswer.status === 404
      ? { subject, verdict: 'fault', words: 'the account has no such template: correct content_sid' }
      : unanswered(subject, contentAnswer, 'try again later')];
  }
  const body = Object.values(stored.types).find((type) => type.body !== undefined)?.body ?? '';
  return [approved(subject, approvalAnswer), matches(subject, body, content.template.body)];
}

function approved(subject: string, answer: VendorAnswer | undefined): Verified {
  const approval = answer && read(answer, z.object({ whatsapp: z.object({ status: z.string(), rejection_reason: z.string().nullish() }) }));
  if (!approval) return unanswered(subject, answer, 'submit it for approval in Twilio\'s console');
  const { status, rejection_reason: reason } = approval.whatsapp;
  if (status === 'approved') return { subject, verdict: 'ok', words: 'is approved by WhatsApp' };
  const words = status === 'unsubmitted' ? 'submit it in Twilio\'s console' : status === 'rejected' ? `change it and submit it again${reason ? ` (${reason})` : ''}` : 'wait, and verify again before the first message';
  return { subject, verdict: 'fault', words: `is not approved by WhatsApp but ${status}: ${words}` };
}

function matches(subject: string, stored: string, own: string): Verified {
  const [theirs, ours] = [placeholders(stored), placeholders(own)];
  const different = [...theirs.filter((name) => !ours.includes(name)), ...ours.filter((name) => !theirs.includes(name))];
  if (different.length > 0) return { subject, verdict: 'fault', words: `has other variables at Twilio than in the record ({{${different.join('}}, {{')}}}): make the two the same` };
  if (stored.trim() !== own.trim()) return { subject, verdict: 'fault', words: 'has another text at Twilio than in the record: copy the approved text into the record, which proofs and records go by' };
  return { subject, verdict: 'ok', words: 'has the record\'s text and variables' };
}

function placeholders(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

async function verifySendGrid(sender: string, secret: Secret, { sendgrid }: VendorUrls): Promise<readonly Verified[]> {
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
}

/** The vendor's answer in the form that it documents; undefined otherwise. */
function read<Schema extends z.ZodType>(answer: VendorAnswer, shape: Schema): z.output<Schema> | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? parsed.data : undefined;
}

function unanswered(subject: string, answer: VendorAnswer | undefined, todo: string): Verified {
  if (answer?.kind !== 'answer') return { subject, verdict: 'fault', words: `the vendor could not be reached (${answer?.detail ?? 'not asked'}): check the network, then verify again` };
  if (answer.status === 401 || answer.status === 403) return { subject, verdict: 'fault', words: `the vendor refuses the credentials (HTTP ${answer.status}): ${todo}` };
  return { subject, verdict: 'fault', words: `the vendor answered HTTP ${answer.status}: ${todo}` };
}
