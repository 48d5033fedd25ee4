import type { Channel } from '../core/channel';

/** Bytes of a form at most: 4,096 characters of four bytes each, percent-encoded, and the addresses of ten files. */
export const LARGEST_TWILIO_FORM = 128 * 1024;

/** An address as Twilio spells it on a channel. */
export function twilioAddress(channel: Channel, address: string): string {
  switch (channel) {
    case 'sms':
      return address;
    case 'whatsapp':
      return `whatsapp:${address}`;
    default:
      throw new Error(
        `Spelling an address for Twilio failed: it serves no channel ${channel}. Correct the registry of vendors.`,
      );
  }
}

/**
 * The message's identifier, if it has the shape of one. Twilio signs names and values joined without a border, so a
 * value of another shape may have swallowed the field after it.
 */
export function messageSid(form: URLSearchParams): string | undefined {
  const sid = form.get('MessageSid') ?? '';
  return /^(?:SM|MM|CH|IM)[0-9a-fA-F]{32}$/.test(sid) ? sid : undefined;
}

/** The address without the word of its channel. */
export function bareNumber(address: string): string {
  return address.replace(/^(?:whatsapp|rcs|messenger):/, '');
}
