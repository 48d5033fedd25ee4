import type { VendorAdapter } from '../core/ports/vendor';
import { matching, oneWord } from './credential-form';
import { twilioMeaning } from './twilio-codes';
import { twilioInboundUrl, twilioInboundWebhook } from './twilio-inbound-webhook';
import { findTwilioMessages } from './twilio-lookup';
import { listTwilioMedia, openTwilioMedium } from './twilio-media';
import { sendByTwilio, TWILIO_TEMPLATE } from './twilio-send';
import { SECONDARY_TOKEN, SHARED_KEY } from './twilio-signature';
import { twilioStatusWebhook } from './twilio-status-webhook';

/** Twilio: SMS and WhatsApp. */
export const twilio: VendorAdapter = {
  name: 'twilio',
  apiUrl: 'https://api.twilio.com',
  send: sendByTwilio,
  findMessages: findTwilioMessages,
  media: { list: listTwilioMedia, open: openTwilioMedium },
  webhooks: [twilioStatusWebhook, twilioInboundWebhook],
  receiptPath: twilioStatusWebhook.path,
  urlToEnter: twilioInboundUrl,
  // Twilio lists a message seconds after it took it.
  settleAfter: 15 * 60_000,
  credentialFields: [
    {
      name: 'twilio_account_sid',
      required: true,
      description: 'Twilio account SID',
      fault: matching(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits'),
    },
    { name: 'twilio_auth_token', required: true, description: 'Twilio auth token', fault: oneWord },
    {
      name: SECONDARY_TOKEN,
      required: false,
      description: 'the token before or after a change, which proves calls too',
      fault: oneWord,
    },
    {
      name: SHARED_KEY,
      required: false,
      description: "shared key of Twilio's webhooks, if the account signs with one",
      fault: oneWord,
    },
    {
      name: TWILIO_TEMPLATE.secretField,
      required: false,
      description: 'Twilio content SID, used where the template names none',
      fault: matching(/^HX[0-9a-fA-F]{32}$/, 'must be HX and 32 hexadecimal digits'),
    },
  ],
  templateFields: [TWILIO_TEMPLATE.field, TWILIO_TEMPLATE.lifetimeField],
  meaningOf: twilioMeaning,
};
