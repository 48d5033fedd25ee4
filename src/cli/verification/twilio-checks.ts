import { z } from 'zod';
import type { ChannelSettings } from '../../core/company/company';
import type { VendorUrls } from '../../core/vendor-urls';
import { twilio } from '../../providers/twilio';
import { ownTemplate, TWILIO_TEMPLATE } from '../../providers/twilio-send';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, twilioHeaders } from './ask-vendor';
import type { Secret, Verified, VerifyVendor } from './vendor-answer';
import { read, unanswered } from './vendor-answer';

export const verifyTwilio: VerifyVendor = async (settings, secret, vendors) => {
  const { content, sender } = settings;
  const account = await verifyAccount(secret, vendors);
  if (account.verdict === 'fault') return [account];
  switch (content.channel) {
    case 'sms':
      return [account, await verifyNumber(sender, secret, vendors)];
    case 'whatsapp':
      return [account, await verifyWhatsappSender(sender, secret, vendors), ...await verifyTemplate(settings, secret, vendors)];
    default:
      throw new Error(`Verifying at Twilio failed: it serves no channel ${content.channel}. Correct the registry of vendors.`);
  }
};

/** Twilio's other APIs have hosts of their own; whatever stands in for Twilio serves them all. */
function apiAt(api: 'content' | 'messaging', url: string): string {
  return url === twilio.apiUrl ? `https://${api}.twilio.com` : url;
}

async function verifyAccount(secret: Secret, { twilio: url }: VendorUrls): Promise<Verified> {
  const subject = `Twilio account ${secret.twilio_account_sid ?? ''}`;
  const answer = await askVendor(`${url}/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}.json`, twilioHeaders(secret));
  const account = read(answer, z.object({ status: z.string() }));
  if (!account) return unanswered(subject, answer, 'store the account\'s SID and auth token again (secret set credentials)');
  return account.status === 'active'
    ? { subject, verdict: 'ok', words: 'the credentials work' }
    : { subject, verdict: 'fault', words: `is ${account.status}: have Twilio lift that` };
}

async function verifyNumber(sender: string, secret: Secret, { twilio: url }: VendorUrls): Promise<Verified> {
  const subject = `sender ${sender}`;
  const path = `/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(sender)}`;
  const answer = await askVendor(`${url}${path}`, twilioHeaders(secret));
  const entry = z.object({ phone_number: z.string(), capabilities: z.object({ sms: z.boolean() }) });
  const page = read(answer, z.object({ incoming_phone_numbers: z.array(entry) }));
  if (!page) return unanswered(subject, answer, 'try again later');
  const number = page.incoming_phone_numbers.find(({ phone_number: found }) => found === sender);
  if (!number) return { subject, verdict: 'fault', words: 'the account has no such number: buy it, or correct company_sms_number' };
  return number.capabilities.sms ? { subject, verdict: 'ok', words: 'belongs to the account and can send SMS' } : { subject, verdict: 'fault', words: 'cannot send SMS: use another number' };
}

async function verifyWhatsappSender(sender: string, secret: Secret, { twilio: url }: VendorUrls): Promise<Verified> {
  const subject = `sender whatsapp:${sender}`;
  const answer = await askVendor(`${apiAt('messaging', url)}/v2/Channels/Senders?Channel=whatsapp&PageSize=100`, twilioHeaders(secret));
  const page = read(answer, z.object({ senders: z.array(z.object({ sender_id: z.string(), status: z.string() })) }));
  if (!page) return unanswered(subject, answer, 'try again later');
  const found = page.senders.find(({ sender_id: id }) => id === `whatsapp:${sender}`);
  if (!found) return { subject, verdict: 'fault', words: 'the account has no such WhatsApp sender: register it at Twilio, or correct company_whatsapp_number' };
  return found.status.startsWith('ONLINE') ? { subject, verdict: 'ok', words: 'is online' } : { subject, verdict: 'fault', words: `is ${found.status}: see it in Twilio's console` };
}

/** Twilio fills a variable that a send leaves out with the template's sample, without a word: the two sets must be the same. */
async function verifyTemplate({ content }: ChannelSettings, secret: Secret, { twilio: url }: VendorUrls): Promise<readonly Verified[]> {
  if (content.channel !== 'whatsapp') return [];
  const sid = ownTemplate.parse(content.template)[TWILIO_TEMPLATE.field] ?? secret[TWILIO_TEMPLATE.secretField];
  if (!sid) return [{ subject: 'template', verdict: 'fault', words: 'has no content SID: set content_sid in the template, or twilio_template_sid in the secret' }];
  const subject = `template ${sid}`;
  const [contentAnswer, approvalAnswer] = await Promise.all(['', '/ApprovalRequests'].map(async (part) => askVendor(`${apiAt('content', url)}/v1/Content/${sid}${part}`, twilioHeaders(secret))));
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

