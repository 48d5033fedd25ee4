import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { ChannelAccess } from '../ports/receipt';

/**
 * Who sends on a channel and with which secret, whatever else the company record lacks: what a vendor reports of
 * messages that went counts also where no new one could go. Undefined where either is not there. The template's
 * language tells in which words its recipients say stop.
 */
export function channelAccess(record: Readonly<Record<string, unknown>>, channel: Channel): ChannelAccess | undefined {
  const settings = partOf(record, 'channel_config', channel);
  const sender = partOf(settings, CHANNEL_DEFINITIONS[channel].senderField);
  const credentialsId = partOf(settings, `${channel}_credentials_id`);
  if (typeof sender !== 'string' || typeof credentialsId !== 'string' || !sender || !credentialsId) return undefined;
  const language = partOf(settings, 'template', 'language');
  const inboundDomain = partOf(settings, 'inbound_domain');
  return {
    channel,
    sender,
    credentialsId,
    ...(typeof language === 'string' ? { language } : {}),
    ...(typeof inboundDomain === 'string' && inboundDomain ? { inboundDomain } : {}),
  };
}

/** What lies at the end of this path of a record; undefined where it breaks off. */
export function partOf(record: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (
    typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  ), record);
}
