import * as z from 'zod/mini';
import type { FilledMessage } from '../core/company/template';
import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { OutgoingMessage, SendOutcome } from '../core/ports/provider';
import type { VendorConnection } from '../core/ports/vendor';
import type { SendGridError } from './sendgrid-codes';
import { sendGridRefusal } from './sendgrid-codes';
import type { VendorReply } from './vendor-call';
import { postOnce, retryAfterSeconds } from './vendor-call';

type FilledEmail = FilledMessage<'email'>;

const refusalEntry = z.object({ message: z.catch(z.string(), ''), field: z.catch(z.nullish(z.string()), null) });
const refusal = z.object({ errors: z.array(refusalEntry).check(z.minLength(1)) });

/** `POST /v3/mail/send`. */
export async function sendBySendGrid(outgoing: OutgoingMessage, connection: VendorConnection): Promise<SendOutcome> {
  const { message, credentials } = outgoing;
  if (message.channel !== 'email') {
    throw new Error(
      `Sending by SendGrid failed: the message was filled for ${message.channel}. Route it to that channel's queue.`,
    );
  }
  const apiKey = credentials.sendgrid_api_key?.trim() ?? '';
  // Only printable ASCII can stand in a header.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    return {
      outcome: 'refused',
      reason: 'secret_malformed',
      retry: 'after_configuration',
      vendorCode: 'credentials_incomplete',
    };
  }
  const headers = { 'authorization': `Bearer ${apiKey}`, 'content-type': 'application/json' };
  return classifyAnswer(
    await postOnce(connection, '/v3/mail/send', headers, JSON.stringify(mailBody(outgoing, message))),
  );
}

/** The JSON of `POST /v3/mail/send`; a test compares its names with SendGrid's own types. */
export function mailBody(outgoing: OutgoingMessage, message: FilledEmail) {
  return {
    personalizations: [
      {
        to: [{ email: outgoing.recipient }],
        // Echoed in every event, so that a receipt names the attempt that went.
        custom_args: {
          [WEBHOOK_QUERY.conversation]: outgoing.conversationId,
          [WEBHOOK_QUERY.attempt]: outgoing.attemptId,
        },
      },
    ],
    from: { email: outgoing.sender },
    ...(outgoing.replyTo === undefined ? {} : { reply_to: { email: outgoing.replyTo } }),
    ...headersOf(outgoing),
    subject: message.subject,
    content: [
      { type: 'text/plain', value: message.text },
      ...(message.html === undefined ? [] : [{ type: 'text/html', value: message.html }]),
    ],
    // Each of these would change words or links after they were proved; an account may have them on by default.
    tracking_settings: {
      click_tracking: { enable: false, enable_text: false },
      open_tracking: { enable: false },
      subscription_tracking: { enable: false },
      ganalytics: { enable: false },
    },
    mail_settings: { footer: { enable: false } },
  };
}

/** `List-Unsubscribe`: by it a mail program offers its reader one button that opts out (RFC 8058). */
function headersOf({ unsubscribeUrl, inReplyTo, isAutomaticReply = false }: OutgoingMessage) {
  const headers = {
    ...(inReplyTo === undefined ? {} : { 'In-Reply-To': inReplyTo, 'References': inReplyTo }),
    ...(unsubscribeUrl === undefined ? {} : {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    ...(isAutomaticReply ? { 'Auto-Submitted': 'auto-replied' } : {}),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function classifyAnswer(reply: VendorReply): SendOutcome {
  if (reply.kind !== 'answer') return { outcome: reply.kind, detail: reply.detail };
  const { status, headers, body } = reply;
  const messageId = headers.get('x-message-id');
  if (status === 202 && messageId !== null) return { outcome: 'accepted', vendorMessageId: messageId };
  const waiting = retryAfterSeconds(headers);
  const retryAfter = waiting === undefined ? {} : { retryAfterSeconds: waiting };
  if (status === 429) return { outcome: 'not_sent', detail: 'HTTP 429', ...retryAfter };
  const errors = readErrors(body);
  // 413 comes from SendGrid's gateway as HTML, before anything reads the mail.
  const isRefusal = status >= 400 && status < 500 && (errors !== undefined || status === 413);
  return isRefusal
    ? { outcome: 'refused', ...sendGridRefusal(status, errors ?? []), ...retryAfter }
    : { outcome: 'unknown', detail: `HTTP ${status}` };
}

function readErrors(body: string | undefined): readonly SendGridError[] | undefined {
  try {
    const parsed = refusal.safeParse(JSON.parse(body ?? ''));
    return parsed.success ? parsed.data.errors : undefined;
  } catch {
    return undefined;
  }
}
