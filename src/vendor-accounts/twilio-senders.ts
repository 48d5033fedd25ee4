import * as z from 'zod/mini';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import { senderKind } from '../core/channels/sender-form';
import type { Finding } from '../core/ports/vendor-accounts';
import { askVendor, fault, ok, read, unanswered } from './ask-vendor';
import type { TwilioAccess } from './twilio-api';
import { accountUrl, apiAt, twilioHeaders } from './twilio-api';
import { enteredFor, findServiceOf, judgeRouting, poolShape, serviceShape } from './twilio-routing';

const address = z.nullish(z.string());
const numberShape = z.object({
  phone_number: z.string(),
  capabilities: z.object({ sms: z.boolean() }),
  sms_url: address,
  sms_fallback_url: address,
  sms_application_sid: address,
});
const numbersShape = z.object({ incoming_phone_numbers: z.array(numberShape) });
const shortCodeShape = z.object({ short_code: z.string(), sms_url: address, sms_fallback_url: address });
const shortCodesShape = z.object({ short_codes: z.array(shortCodeShape) });
const webhookShape = z.object({ callback_url: address, fallback_url: address });
const senderShape = z.object({ sender_id: z.string(), status: z.string(), webhook: z.nullish(webhookShape) });
const sendersShape = z.object({ senders: z.array(senderShape) });

/** What sends SMS for a company: each kind by its own rules, and whether what it receives reaches this engine. */
export async function verifySmsSender(
  sender: string, access: TwilioAccess, webhookUrl: string,
): Promise<readonly Finding[]> {
  switch (senderKind(sender, CHANNEL_DEFINITIONS.sms.senderKinds)) {
    case 'service':
      return verifyService(sender, access, webhookUrl);
    case 'short code':
      return verifyShortCode(sender, access, webhookUrl);
    case 'number':
      return verifyNumber(sender, access, webhookUrl);
    case 'name':
      return [{
        subject: `sender ${sender}`,
        verdict: 'warning',
        words: 'a name cannot be looked up at Twilio, and receives neither replies nor STOP: '
          + "see that it is registered for the recipients' countries",
      }];
    default:
      return [fault(`sender ${sender}`, 'is no sender that Twilio knows: correct company_sms_number', 'apply_record')];
  }
}

async function verifyNumber(sender: string, access: TwilioAccess, webhookUrl: string): Promise<readonly Finding[]> {
  const subject = `sender ${sender}`;
  const url = `${accountUrl(access)}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(sender)}`;
  const answer = await askVendor(url, twilioHeaders(access));
  const page = read(answer, numbersShape);
  if (!page) return [unanswered(subject, answer, 'try again later')];
  const number = page.incoming_phone_numbers.find(({ phone_number: found }) => found === sender);
  if (!number) {
    return [fault(subject, 'the account has no such number: buy it, or correct company_sms_number', 'apply_record')];
  }
  if (!number.capabilities.sms) return [fault(subject, 'cannot send SMS: use another number', 'apply_record')];
  // An application of the account's takes what the number receives, whatever else is entered.
  const { sms_application_sid: application, sms_url: entered, sms_fallback_url: fallbackUrl } = number;
  const own = application
    ? { where: `TwiML app ${application} of the number`, url: undefined, fallbackUrl: undefined }
    : { where: 'number ("A message comes in")', url: entered, fallbackUrl };
  const service = await findServiceOf(sender, access);
  return [
    ok(subject, 'belongs to the account and can send SMS'),
    ...judgeRouting(enteredFor(own, service), webhookUrl),
  ];
}

async function verifyShortCode(sender: string, access: TwilioAccess, webhookUrl: string): Promise<readonly Finding[]> {
  const subject = `sender ${sender}`;
  const url = `${accountUrl(access)}/SMS/ShortCodes.json?ShortCode=${sender}`;
  const answer = await askVendor(url, twilioHeaders(access));
  const page = read(answer, shortCodesShape);
  if (!page) return [unanswered(subject, answer, 'try again later')];
  const code = page.short_codes.find(({ short_code: found }) => found === sender);
  if (!code) {
    const todo = 'have Twilio assign it, or correct company_sms_number';
    return [fault(subject, `the account has no such short code: ${todo}`, 'apply_record')];
  }
  const own = { where: 'short code ("A message comes in")', url: code.sms_url, fallbackUrl: code.sms_fallback_url };
  return [
    ok(subject, 'belongs to the account'),
    ...judgeRouting(enteredFor(own, await findServiceOf(sender, access)), webhookUrl),
  ];
}

/** A Messaging Service: that it is there, has numbers, and where it posts what they receive. */
export async function verifyService(
  sid: string, access: TwilioAccess, webhookUrl: string,
): Promise<readonly Finding[]> {
  const subject = `sender ${sid}`;
  const url = `${apiAt('messaging', access.urls)}/v1/Services/${sid}`;
  const [answer, numbers] = await Promise.all([
    askVendor(url, twilioHeaders(access)),
    askVendor(`${url}/PhoneNumbers?PageSize=100`, twilioHeaders(access)),
  ]);
  const service = read(answer, serviceShape);
  if (!service) {
    const isMissing = answer.kind === 'answer' && answer.status === 404;
    return [isMissing
      ? fault(subject, 'the account has no such Messaging Service: correct its SID in the record', 'apply_record')
      : unanswered(subject, answer, 'try again later')];
  }
  if (read(numbers, poolShape)?.phone_numbers.length === 0) {
    return [fault(subject, "has no numbers: add one in Twilio's console (Messaging, Services)")];
  }
  const own = { where: 'numbers of the service', url: undefined, fallbackUrl: undefined };
  const routing = service.use_inbound_webhook_on_number === true
    ? [fault('incoming messages', 'the service leaves incoming messages to its numbers: let it send a webhook of its own, '
      + `and enter ${webhookUrl} there (POST)`)]
    : judgeRouting(enteredFor(own, service), webhookUrl);
  const registration: readonly Finding[] = service.us_app_to_person_registered === false
    ? [{
      subject,
      verdict: 'warning',
      words: 'has no A2P campaign: numbers of the United States receive nothing from it until it has one',
    }]
    : [];
  return [ok(subject, 'belongs to the account'), ...registration, ...routing];
}

export async function verifyWhatsappSender(
  sender: string, access: TwilioAccess, webhookUrl: string,
): Promise<readonly Finding[]> {
  if (senderKind(sender, ['service']) !== undefined) return verifyService(sender, access, webhookUrl);
  const subject = `sender whatsapp:${sender}`;
  const url = `${apiAt('messaging', access.urls)}/v2/Channels/Senders?Channel=whatsapp&PageSize=100`;
  const answer = await askVendor(url, twilioHeaders(access));
  const page = read(answer, sendersShape);
  if (!page) return [unanswered(subject, answer, 'try again later')];
  const found = page.senders.find(({ sender_id: id }) => id === `whatsapp:${sender}`);
  if (!found) {
    const todo = 'register it at Twilio, or correct company_whatsapp_number';
    return [fault(subject, `the account has no such WhatsApp sender: ${todo}`, 'apply_record')];
  }
  if (!found.status.startsWith('ONLINE')) return [fault(subject, `is ${found.status}: see it in Twilio's console`)];
  const { callback_url: entered, fallback_url: fallbackUrl } = found.webhook ?? {};
  const own = { where: 'WhatsApp sender ("Webhook URL for incoming messages")', url: entered, fallbackUrl };
  const service = await findServiceOf(`whatsapp:${sender}`, access);
  return [ok(subject, 'is online'), ...judgeRouting(enteredFor(own, service), webhookUrl)];
}
