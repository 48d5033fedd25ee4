import type { Provider } from '../core/ports/provider';
import { createMessage } from './twilio-messages';
import type { VendorConnection } from './vendor-call';

/** WhatsApp through Twilio: an approved Content template and exactly its variables, never free text. */
export function twilioWhatsapp(connection: VendorConnection): Provider {
  return {
    send: async (outgoing) => {
      const { message, credentials } = outgoing;
      if (message.channel !== 'whatsapp') throw new Error(`Sending over WhatsApp failed: the message was filled for ${message.channel}. Route it to that channel's queue.`);
      const contentSid = message.content_sid ?? credentials.twilio_template_sid ?? '';
      if (contentSid === '') return { outcome: 'refused', reason: 'secret_malformed', retry: 'after_configuration', vendorCode: 'template_sid_missing' };
      return createMessage(connection, outgoing, {
        From: `whatsapp:${outgoing.sender}`,
        To: `whatsapp:${outgoing.recipient}`,
        ContentSid: contentSid,
        ContentVariables: JSON.stringify(message.variables),
      });
    },
  };
}
