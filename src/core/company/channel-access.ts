import type { Channel } from '../channel';
import type { ChannelAccess } from '../ports/receipt';

/** The fields of a company record that name each channel's sender and secret. */
const FIELDS: Readonly<Record<Channel, readonly [sender: string, credentialsId: string]>> = {
  whatsapp: ['company_whatsapp_number', 'whatsapp_credentials_id'],
  sms: ['company_sms_number', 'sms_credentials_id'],
  email: ['company_email', 'email_credentials_id'],
};

/**
 * Who sends on a channel and with which secret, whatever else the company record lacks: what a vendor tells of messages that went counts also
 * where no new one could go. Undefined where either is not there.
 */
export function channelAccess(record: Readonly<Record<string, unknown>>, channel: Channel): ChannelAccess | undefined {
  const [senderField, credentialsField] = FIELDS[channel];
  const settings = fieldsOf(fieldsOf(record.channel_config)[channel]);
  const [sender, credentialsId] = [settings[senderField], settings[credentialsField]];
  if (typeof sender !== 'string' || typeof credentialsId !== 'string' || !sender || !credentialsId) return undefined;
  return { channel, sender, credentialsId };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
