import type { Channel } from '../core/channel';

/** An address as Twilio spells it on a channel. */
export function twilioAddress(channel: Channel, address: string): string {
  switch (channel) {
    case 'sms':
      return address;
    case 'whatsapp':
      return `whatsapp:${address}`;
    default:
      throw new Error(`Spelling an address for Twilio failed: it serves no channel ${channel}. Correct the registry of vendors.`);
  }
}

/** The address without the word of its channel. */
export function bareNumber(address: string): string {
  return address.replace(/^whatsapp:/, '');
}
