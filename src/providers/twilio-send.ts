import * as z from 'zod/mini';
import type { Channel } from '../core/channel';
import { isService } from '../core/channels/sender-form';
import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { OutgoingMessage, SendOutcome } from '../core/ports/provider';
import type { VendorConnection } from '../core/ports/vendor';
import { twilioAddress } from './twilio-address';
import { twilioRefusal } from './twilio-codes';
import type { TwilioMessageForm } from './twilio-form';
import { encodeForm } from './twilio-form';
import { TWILIO_RETRIES } from './twilio-inbound-webhook';
import type { VendorReply } from './vendor-call';
import { postOnce, retryAfterSeconds } from './vendor-call';

/** Seconds that Twilio allows for `ValidityPeriod`. */
const SHORTEST_VALIDITY = 1;
const LONGEST_VALIDITY = 36_000;

const createdMessage = z.object({ sid: z.string().check(z.minLength(1)) });
const refusal = z.object({ code: z.int() });

/**
 * Where a template's content identifier stands: in the template, else in the company's secret. Minutes for which
 * WhatsApp keeps a message of the template, as an operator has set them at Meta; only `company verify` reads them.
 */
export const TWILIO_TEMPLATE = {
  field: 'content_sid',
  secretField: 'twilio_template_sid',
  lifetimeField: 'whatsapp_ttl_minutes',
} as const;

/** The part of a template, or of the words filled from it, that is Twilio's. */
export const ownTemplate = z.object({
  [TWILIO_TEMPLATE.field]: z.optional(z.string()),
  [TWILIO_TEMPLATE.lifetimeField]: z.catch(z.optional(z.number()), undefined),
});

/** The addresses and the content of a message, in Twilio's words. */
type MessageParameters = Omit<TwilioMessageForm, 'StatusCallback' | 'ValidityPeriod'>;

/** `POST /2010-04-01/Accounts/{sid}/Messages.json`. */
export async function sendByTwilio(outgoing: OutgoingMessage, connection: VendorConnection): Promise<SendOutcome> {
  const { twilio_account_sid: accountSid = '', twilio_auth_token: authToken = '' } = outgoing.credentials;
  if (accountSid === '' || authToken === '') return incomplete('credentials_incomplete');
  const parameters = messageParameters(outgoing);
  if (!parameters) return incomplete('template_sid_missing');
  const { receiptUrl } = outgoing;
  const form: TwilioMessageForm = {
    ...parameters,
    ValidityPeriod: validity(outgoing.validForSeconds),
    ...(receiptUrl === undefined ? {} : { StatusCallback: twilioReceiptUrl(receiptUrl, outgoing) }),
  };
  const headers = {
    'authorization': `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'accept': 'application/json',
  };
  const reply = await postOnce(
    connection,
    `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
    headers,
    encodeForm(form),
  );
  return classifyAnswer(reply, outgoing.recipient);
}

/** Undefined where a template has no identifier at Twilio. */
function messageParameters({
  message,
  sender,
  recipient,
  credentials,
}: OutgoingMessage): MessageParameters | undefined {
  switch (message.channel) {
    case 'sms':
      return { ...senderParameter(message.channel, sender), To: recipient, Body: message.text };
    case 'whatsapp': {
      if (message.session) {
        return {
          ...senderParameter(message.channel, sender),
          To: twilioAddress(message.channel, recipient),
          Body: message.text,
        };
      }
      // An approved Content template and exactly its variables, never free text.
      const contentSid =
        ownTemplate.parse(message)[TWILIO_TEMPLATE.field] ?? credentials[TWILIO_TEMPLATE.secretField] ?? '';
      if (contentSid === '') return undefined;
      return {
        ...senderParameter(message.channel, sender),
        To: twilioAddress(message.channel, recipient),
        ContentSid: contentSid,
        // Twilio refuses an empty object.
        ...(Object.keys(message.variables).length === 0 ? {} : { ContentVariables: JSON.stringify(message.variables) }),
      };
    }
    default:
      throw new Error(
        `Sending by Twilio failed: the message was filled for ${message.channel}. Route it to that channel's queue.`,
      );
  }
}

/** A Messaging Service chooses the number that sends; everything else sends as itself. */
function senderParameter(
  channel: Channel,
  sender: string,
): Pick<TwilioMessageForm, 'From' | 'MessagingServiceSid'> {
  return isService(sender) ? { MessagingServiceSid: sender } : { From: twilioAddress(channel, sender) };
}

/** The attempt stands in the query, which Twilio signs; neither value holds anything of the recipient's. */
export function twilioReceiptUrl(
  address: string,
  { conversationId, attemptId }: Pick<OutgoingMessage, 'conversationId' | 'attemptId'>,
): string {
  const url = new URL(address);
  url.searchParams.set(WEBHOOK_QUERY.conversation, conversationId);
  url.searchParams.set(WEBHOOK_QUERY.attempt, attemptId);
  url.hash = TWILIO_RETRIES;
  return url.href;
}

function incomplete(vendorCode: string): SendOutcome {
  return { outcome: 'refused', reason: 'secret_malformed', retry: 'after_configuration', vendorCode };
}

function validity(seconds: number): number {
  return Math.min(Math.max(Math.floor(seconds), SHORTEST_VALIDITY), LONGEST_VALIDITY);
}

function classifyAnswer(reply: VendorReply, recipient: string): SendOutcome {
  if (reply.kind !== 'answer') return { outcome: reply.kind, detail: reply.detail };
  const { status, headers, body } = reply;
  const answer = parse(body);
  if (status >= 200 && status < 300) {
    const created = createdMessage.safeParse(answer);
    return created.success
      ? { outcome: 'accepted', vendorMessageId: created.data.sid }
      : { outcome: 'unknown', detail: `unreadable answer with HTTP ${status}` };
  }
  const waiting = retryAfterSeconds(headers);
  const retryAfter = waiting === undefined ? {} : { retryAfterSeconds: waiting };
  // "A request answered 429 is never processed" (twilio.com/docs/errors/20429).
  if (status === 429) return { outcome: 'not_sent', detail: 'HTTP 429', ...retryAfter };
  const refused = refusal.safeParse(answer);
  return status >= 400 && status < 500 && refused.success
    ? { outcome: 'refused', ...twilioRefusal(refused.data.code, recipient), ...retryAfter }
    : { outcome: 'unknown', detail: `HTTP ${status}` };
}

function parse(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
