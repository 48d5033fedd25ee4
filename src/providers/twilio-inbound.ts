import type { InboundMessage, OptOutWish, VendorWebhook } from '../core/ports/receipt';
import { bareNumber } from './twilio-receipts';
import { checkTwilioSignature } from './twilio-signature';

/** What Twilio's Advanced Opt-Out took a message for; it knows the words of other languages. */
const WISHES: Readonly<Record<string, OptOutWish>> = { STOP: 'stop', START: 'start' };

/** Incoming messages of SMS and WhatsApp (twilio.com/docs/messaging/guides/webhook-request). */
export const twilioInbound: VendorWebhook<InboundMessage> = {
  check: checkTwilioSignature,
  read: ({ body }) => {
    const form = new URLSearchParams(body);
    const [from, to] = [bareNumber(form.get('From') ?? ''), bareNumber(form.get('To') ?? '')];
    const vendorMessageId = form.get('MessageSid') ?? '';
    if (!from || !to || !vendorMessageId) return undefined;
    const attachments = Number(form.get('NumMedia'));
    const word = form.get('OptOutType') ?? '';
    const wish = Object.hasOwn(WISHES, word) ? WISHES[word] : undefined;
    return {
      from,
      to,
      text: form.get('Body') ?? '',
      attachments: Number.isSafeInteger(attachments) && attachments > 0 ? attachments : 0,
      vendorMessageId,
      ...(wish ? { wish } : {}),
    };
  },
};
