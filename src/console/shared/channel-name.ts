const NAMES: Readonly<Record<string, string>> = { email: 'E-mail', sms: 'SMS', whatsapp: 'WhatsApp' };

/** A channel as people write it. */
export function channelName(channel: string): string {
  return NAMES[channel] ?? channel;
}
