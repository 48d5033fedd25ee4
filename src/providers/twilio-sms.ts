import type { Provider } from '../core/ports/provider';
import { createMessage } from './twilio-messages';
import type { VendorConnection } from './vendor-call';

/** SMS through Twilio. */
export function twilioSms(connection: VendorConnection): Provider {
  return {
    send: async (outgoing) => {
      const { message } = outgoing;
      if (message.channel !== 'sms') throw new Error(`Sending an SMS failed: the message was filled for ${message.channel}. Route it to that channel's queue.`);
      return createMessage(connection, outgoing, { From: outgoing.sender, To: outgoing.recipient, Body: message.text });
    },
  };
}
