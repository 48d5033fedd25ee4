import * as z from 'zod/mini';
import type { ChannelSettings } from '../core/company/company';
import { TIMES } from '../core/lifecycle/limits';
import type { Finding } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import { ownTemplate, TWILIO_TEMPLATE } from '../providers/twilio-send';
import type { VendorAnswer } from './ask-vendor';
import { askVendor, fault, ok, read, unanswered } from './ask-vendor';
import type { TwilioAccess } from './twilio-api';
import { accountUrl, apiAt, twilioHeaders } from './twilio-api';
import { verifySmsSender, verifyWhatsappSender } from './twilio-senders';

type Secret = Readonly<Record<string, string>>;

const accountShape = z.object({ status: z.string() });
const contentShape = z.object({ types: z.record(z.string(), z.object({ body: z.optional(z.string()) })) });
const approvalShape = z.object({ whatsapp: z.object({ status: z.string(), rejection_reason: z.nullish(z.string()) }) });

/** The account, the sender and the template of a channel at Twilio. */
export async function verifyTwilio(
  settings: ChannelSettings,
  secret: Secret,
  urls: VendorUrls,
  webhookUrl: string,
): Promise<readonly Finding[]> {
  const { content, sender } = settings;
  const access = { secret, urls };
  const account = await verifyAccount(access);
  if (account.verdict === 'fault') return [account];
  switch (content.channel) {
    case 'sms':
      return [account, ...(await verifySmsSender(sender, access, webhookUrl))];
    case 'whatsapp':
      return [
        account,
        ...(await verifyWhatsappSender(sender, access, webhookUrl)),
        ...(await verifyTemplate(settings, access)),
      ];
    default:
      throw new Error(
        `Verifying at Twilio failed: it does not serve ${content.channel}. Correct the registry of vendors.`,
      );
  }
}

async function verifyAccount(access: TwilioAccess): Promise<Finding> {
  const subject = `Twilio account ${access.secret.twilio_account_sid ?? ''}`;
  const answer = await askVendor(`${accountUrl(access)}.json`, twilioHeaders(access));
  const account = read(answer, accountShape);
  if (!account) return unanswered(subject, answer, "store the account's SID and auth token again", 'store_credentials');
  return account.status === 'active'
    ? ok(subject, 'the credentials work')
    : fault(subject, `is ${account.status}: have Twilio lift that`);
}

/** Twilio fills a variable that a send leaves out with the template's sample: the two sets must be the same. */
async function verifyTemplate(
  { content }: ChannelSettings,
  access: TwilioAccess,
): Promise<readonly Finding[]> {
  if (content.channel !== 'whatsapp') return [];
  const sid = ownTemplate.parse(content.template)[TWILIO_TEMPLATE.field] ?? access.secret[TWILIO_TEMPLATE.secretField];
  if (!sid) {
    const todo = 'set content_sid in the template, or twilio_template_sid in the secret';
    return [fault('template', `has no content SID: ${todo}`, 'set_template')];
  }
  const subject = `template ${sid}`;
  const url = `${apiAt('content', access.urls)}/v1/Content/${encodeURIComponent(sid)}`;
  const [found, approval] = await Promise.all([
    askVendor(url, twilioHeaders(access)),
    askVendor(`${url}/ApprovalRequests`, twilioHeaders(access)),
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
  return [
    judgeApproval(subject, approval),
    judgeBody(subject, body, content.template.body),
    judgeLifetime(subject, content.template),
  ];
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

/**
 * What the engine tells Twilio bounds the wait in Twilio's own queue. WhatsApp keeps a message for a recipient who is
 * out of reach for up to 30 days, unless Meta's template has a time to live, which no API of Twilio's shows.
 */
function judgeLifetime(subject: string, template: Readonly<Record<string, unknown>>): Finding {
  const { [TWILIO_TEMPLATE.lifetimeField]: lifetime } = ownTemplate.parse(template);
  const { valid_for_minutes: valid } = template;
  const useful = typeof valid === 'number' ? valid : TIMES.validFor / 60_000;
  if (lifetime !== undefined && lifetime <= useful) return ok(subject, `lives ${lifetime} minutes at WhatsApp`);
  const todo = `set one of at most ${useful} minutes for the template at Meta, and ${TWILIO_TEMPLATE.lifetimeField} in the `
    + 'record to the same';
  const why = lifetime === undefined ? 'has no time to live at WhatsApp that the record names' : `lives ${lifetime} minutes at WhatsApp`;
  return { subject, verdict: 'warning', words: `${why}, so a message may arrive when it is of no use any more: ${todo}` };
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
