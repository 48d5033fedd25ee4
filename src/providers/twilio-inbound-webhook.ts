import { isService } from '../core/channels/sender-form';
import { projectUrl, WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { InboundMessage, OptOutCommand, VendorWebhook, WebhookAnswer } from '../core/ports/receipt';
import type { WebhookRegistration } from '../core/ports/vendor';
import { bareNumber, LARGEST_TWILIO_FORM, messageSid } from './twilio-address';
import { checkTwilioSignature, TWILIO_SIGNATURE } from './twilio-signature';

/** What Twilio's Advanced Opt-Out took a message for; it knows the words of other languages. */
const COMMANDS: Readonly<Record<string, OptOutCommand>> = { STOP: 'stop', START: 'start' };

const PATH = '/webhooks/twilio/inbound';

/** Twilio retries a webhook once, and only where no connection came about, unless the URL's fragment asks for more. */
export const TWILIO_RETRIES = '#rc=5&rp=all';

/**
 * The URL that an operator enters for a number at Twilio ("A message comes in"), exactly as it stands here, since its
 * order is signed. The fragment asks for retries, without which a reply is lost with the first failure.
 */
export function twilioInboundUrl(baseUrl: string, owner: WebhookRegistration): string {
  const url = projectUrl(baseUrl, PATH, owner);
  url.searchParams.set(WEBHOOK_QUERY.channel, owner.channel);
  url.hash = TWILIO_RETRIES;
  return url.href;
}

/** Incoming messages of SMS and WhatsApp (twilio.com/docs/messaging/guides/webhook-request). */
export const twilioInboundWebhook = {
  path: PATH,
  largestBody: LARGEST_TWILIO_FORM,
  claim: (query) => ({
    companyId: query[WEBHOOK_QUERY.company] ?? '',
    projectId: query[WEBHOOK_QUERY.project] ?? '',
    channel: query[WEBHOOK_QUERY.channel] ?? '',
  }),
  check: checkTwilioSignature,
  read: ({ body }) => {
    const message = readMessage(new URLSearchParams(body));
    return message && { kind: 'inbound', message };
  },
  // TwiML that answers nothing; Twilio would report any other body as an error of the webhook.
  taken: twiml('<Response/>'),
  takenWith: (words) => twiml(`<Response><Message>${escapeXml(words)}</Message></Response>`),
  document: {
    operationId: 'takeTwilioInbound',
    summary: 'Twilio reports what a person has written',
    query: [WEBHOOK_QUERY.company, WEBHOOK_QUERY.project, WEBHOOK_QUERY.channel],
    headers: { 'X-Twilio-Signature': TWILIO_SIGNATURE },
    body: { form: ['MessageSid', 'From', 'To', 'Body'] },
  },
} satisfies VendorWebhook;

function twiml(body: string): WebhookAnswer {
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A shared place comes without a text. */
function locationText(form: URLSearchParams): string {
  const [latitude, longitude] = [form.get('Latitude'), form.get('Longitude')];
  if (!latitude || !longitude) return '';
  return ['[a location]', form.get('Label'), form.get('Address'), `${latitude}, ${longitude}`]
    .filter(Boolean)
    .join(' ');
}

function readMessage(form: URLSearchParams): InboundMessage | undefined {
  const [from, to] = [bareNumber(form.get('From') ?? ''), bareNumber(form.get('To') ?? '')];
  const vendorMessageId = messageSid(form);
  if (!from || !to || vendorMessageId === undefined) return undefined;
  const attachments = Number(form.get('NumMedia'));
  const word = form.get('OptOutType') ?? '';
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  const alsoKnownAs = form.get('ExternalUserId');
  const service = form.get('MessagingServiceSid') ?? '';
  const quotes = form.get('OriginalRepliedMessageSid');
  const [payload, label] = [form.get('ButtonPayload'), form.get('ButtonText')];
  return {
    from,
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
    to,
    ...(isService(service) ? { service } : {}),
    text: form.get('Body') || label || locationText(form),
    attachments: Number.isSafeInteger(attachments) && attachments > 0 ? attachments : 0,
    vendorMessageId,
    ...(payload || label ? { button: { payload: payload ?? '', text: label ?? '' } } : {}),
    ...(command ? { command } : {}),
    ...(quotes ? { quotes } : {}),
    ...(form.get('MessageType') === 'reaction' ? { isReaction: true } : {}),
  };
}
