import * as z from 'zod/mini';
import type { OutgoingMessage, SendOutcome } from '../core/ports/provider';
import { twilioReceiptUrl } from './receipt-identity';
import { twilioRefusal } from './twilio-codes';
import type { VendorConnection, VendorReply } from './vendor-call';
import { postOnce, retryAfterSeconds } from './vendor-call';

/** Seconds that Twilio allows for `ValidityPeriod`. */
const SHORTEST_VALIDITY = 1;
const LONGEST_VALIDITY = 36_000;

const createdMessage = z.object({ sid: z.string().check(z.minLength(1)) });
const refusal = z.object({ code: z.int() });

/** The addresses and the content of a message, in Twilio's words. */
export type MessageParameters = Readonly<Record<'From' | 'To', string>> & Readonly<Record<string, string>>;

/** The one call that WhatsApp and SMS share: `POST /2010-04-01/Accounts/{sid}/Messages.json`. */
export async function createMessage(connection: VendorConnection, outgoing: OutgoingMessage, parameters: MessageParameters): Promise<SendOutcome> {
  const { twilio_account_sid: accountSid = '', twilio_auth_token: authToken = '' } = outgoing.credentials;
  if (accountSid === '' || authToken === '') return { outcome: 'refused', reason: 'secret_malformed', retry: 'after_configuration', vendorCode: 'credentials_incomplete' };
  const form = new URLSearchParams({ ...parameters, ValidityPeriod: String(validity(outgoing.validForSeconds)) });
  if (outgoing.receiptUrl !== undefined) {
    form.set('StatusCallback', twilioReceiptUrl(outgoing.receiptUrl, outgoing.conversationId, outgoing.attemptId));
  }
  const headers = {
    'authorization': `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'accept': 'application/json',
  };
  const reply = await postOnce(connection, `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`, headers, form.toString());
  return classifyAnswer(reply, outgoing.recipient);
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
    return created.success ? { outcome: 'accepted', vendorMessageId: created.data.sid } : { outcome: 'unknown', detail: `unreadable answer with HTTP ${status}` };
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
