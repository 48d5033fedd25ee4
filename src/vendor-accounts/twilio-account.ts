import * as z from 'zod/mini';
import type { ChannelSettings } from '../core/company/company';
import type { Finding } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import { twilio } from '../providers/twilio';
import { ownTemplate, TWILIO_TEMPLATE } from '../providers/twilio-send';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, fault, ok, read, unanswered } from './ask-vendor';

type Secret = Readonly<Record<string, string>>;

const accountShape = z.object({ status: z.string() });
const numberShape = z.object({ phone_number: z.string(), capabilities: z.object({ sms: z.boolean() }) });
const numbersShape = z.object({ incoming_phone_numbers: z.array(numberShape) });
const sendersShape = z.object({ senders: z.array(z.object({ sender_id: z.string(), status: z.string() })) });
const contentShape = z.object({ types: z.record(z.string(), z.object({ body: z.optional(z.string()) })) });
const approvalShape = z.object({ whatsapp: z.object({ status: z.string(), rejection_reason: z.nullish(z.string()) }) });

/** The account, the sender and the template of a channel at Twilio. */
export async function verifyTwilio(
  settings: ChannelSettings,
  secret: Secret,
  urls: VendorUrls,
): Promise<readonly Finding[]> {
  const { content, sender } = settings;
  const account = await verifyAccount(secret, urls);
  if (account.verdict === 'fault') return [account];
  switch (content.channel) {
    case 'sms':
      return [account, await verifyNumber(sender, secret, urls)];
    case 'whatsapp':
      return [
        account,
        await verifyWhatsappSender(sender, secret, urls),
        ...(await verifyTemplate(settings, secret, urls)),
      ];
    default:
      throw new Error(
        `Verifying at Twilio failed: it does not serve ${content.channel}. Correct the registry of vendors.`,
      );
  }
}

function twilioHeaders(secret: Secret): Readonly<Record<string, string>> {
  const { twilio_account_sid: sid = '', twilio_auth_token: token = '' } = secret;
  return { authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` };
}

/** Twilio's other APIs have hosts of their own; whatever stands in for Twilio serves them all. */
function apiAt(api: 'content' | 'messaging', { twilio: url }: VendorUrls): string {
  return url === twilio.apiUrl ? `https://${api}.twilio.com` : url;
}

function accountUrl(secret: Secret, { twilio: url }: VendorUrls): string {
  return `${url}/2010-04-01/Accounts/${encodeURIComponent(secret.twilio_account_sid ?? '')}`;
}

async function verifyAccount(secret: Secret, urls: VendorUrls): Promise<Finding> {
  const subject = `Twilio account ${secret.twilio_account_sid ?? ''}`;
  const answer = await askVendor(`${accountUrl(secret, urls)}.json`, twilioHeaders(secret));
  const account = read(answer, accountShape);
  if (!account) return unanswered(subject, answer, "store the account's SID and auth token again", 'store_credentials');
  return account.status === 'active'
    ? ok(subject, 'the credentials work')
    : fault(subject, `is ${account.status}: have Twilio lift that`);
}

async function verifyNumber(sender: string, secret: Secret, urls: VendorUrls): Promise<Finding> {
  const subject = `sender ${sender}`;
  const url = `${accountUrl(secret, urls)}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(sender)}`;
  const answer = await askVendor(url, twilioHeaders(secret));
  const page = read(answer, numbersShape);
  if (!page) return unanswered(subject, answer, 'try again later');
  const number = page.incoming_phone_numbers.find(({ phone_number: found }) => found === sender);
  if (!number) {
    return fault(subject, 'the account has no such number: buy it, or correct company_sms_number', 'apply_record');
  }
  return number.capabilities.sms
    ? ok(subject, 'belongs to the account and can send SMS')
    : fault(subject, 'cannot send SMS: use another number', 'apply_record');
}

async function verifyWhatsappSender(sender: string, secret: Secret, urls: VendorUrls): Promise<Finding> {
  const subject = `sender whatsapp:${sender}`;
  const answer = await askVendor(
    `${apiAt('messaging', urls)}/v2/Channels/Senders?Channel=whatsapp&PageSize=100`,
    twilioHeaders(secret),
  );
  const page = read(answer, sendersShape);
  if (!page) return unanswered(subject, answer, 'try again later');
  const found = page.senders.find(({ sender_id: id }) => id === `whatsapp:${sender}`);
  if (!found) {
    const todo = 'register it at Twilio, or correct company_whatsapp_number';
    return fault(subject, `the account has no such WhatsApp sender: ${todo}`, 'apply_record');
  }
  return found.status.startsWith('ONLINE')
    ? ok(subject, 'is online')
    : fault(subject, `is ${found.status}: see it in Twilio's console`);
}

/** Twilio fills a variable that a send leaves out with the template's sample: the two sets must be the same. */
async function verifyTemplate(
  { content }: ChannelSettings,
  secret: Secret,
  urls: VendorUrls,
): Promise<readonly Finding[]> {
  if (content.channel !== 'whatsapp') return [];
  const sid = ownTemplate.parse(content.template)[TWILIO_TEMPLATE.field] ?? secret[TWILIO_TEMPLATE.secretField];
  if (!sid) {
    const todo = 'set content_sid in the template, or twilio_template_sid in the secret';
    return [fault('template', `has no content SID: ${todo}`, 'set_template')];
  }
  const subject = `template ${sid}`;
  const url = `${apiAt('content', urls)}/v1/Content/${encodeURIComponent(sid)}`;
  const [found, approval] = await Promise.all([
    askVendor(url, twilioHeaders(secret)),
    askVendor(`${url}/ApprovalRequests`, twilioHeaders(secret)),
  ]);
  const stored = read(found, contentShape);
  if (!stored) {
    const isMissing = found.kind === 'answer' && found.status === 404;
    return [
      isMissing
        ? fault(subject, 'the account has no such template: correct content_sid', 'set_template')
        : unanswered(subject, found, 'try again later'),
    ];
  }
  const body = Object.values(stored.types).find((type) => type.body !== undefined)?.body ?? '';
  return [judgeApproval(subject, approval), judgeBody(subject, body, content.template.body)];
}

function judgeApproval(subject: string, answer: VendorAnswer): Finding {
  const approval = read(answer, approvalShape);
  if (!approval) return unanswered(subject, answer, 'submit it for approval in Twilio\'s console');
  const { status, rejection_reason: reason } = approval.whatsapp;
  if (status === 'approved') return ok(subject, 'is approved by WhatsApp');
  return fault(subject, `is not approved by WhatsApp but ${status}: ${approvalTodo(status, reason)}`);
}

function approvalTodo(status: string, reason: string | null | undefined): string {
  if (status === 'unsubmitted') return 'submit it in Twilio\'s console';
  if (status === 'rejected') return `change it and submit it again${reason ? ` (${reason})` : ''}`;
  return 'wait, and verify again before the first message';
}

function judgeBody(subject: string, stored: string, own: string): Finding {
  const [theirs, ours] = [placeholders(stored), placeholders(own)];
  const different = [
    ...theirs.filter((name) => !ours.includes(name)),
    ...ours.filter((name) => !theirs.includes(name)),
  ];
  if (different.length > 0) {
    const names = different.map((name) => `{{${name}}}`).join(', ');
    return fault(
      subject,
      `has other variables at Twilio than in the record (${names}): make the two the same`,
      'set_template',
    );
  }
  if (stored.trim() === own.trim()) return ok(subject, 'has the record\'s text and variables');
  const todo = 'copy the approved text into the record, which proofs and records go by';
  return fault(subject, `has another text at Twilio than in the record: ${todo}`, 'set_template');
}

function placeholders(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}
