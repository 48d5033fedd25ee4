import { channelAccess } from '../core/company/channel-access';
import type { Channel } from '../core/channel';
import type { ChannelAccess, VendorWebhook, WebhookCall } from '../core/ports/receipt';
import type { WebhookPorts } from './receipt-ports';

/** Who is said to have been called, by what the call itself claims. */
export interface Claim {
  readonly company: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
}

/**
 * Proves a call with the secret of the very company that it claims to be for; undefined where it cannot be proved. Throws where the secret
 * cannot be read for now, so that the vendor comes again.
 */
export async function authenticate(
  call: WebhookCall, claim: Claim, webhook: Pick<VendorWebhook, 'check'>, ports: WebhookPorts,
): Promise<ChannelAccess | undefined> {
  const { channel } = claim;
  const access = channelAccess(claim.company, channel);
  if (!access) return misconfigured(channel, `channel_config.${channel}`, ports);
  const secret = await ports.secrets.read(access.credentialsId);
  if (secret.outcome === 'unavailable') {
    throw new Error(`Checking a vendor's call failed: the secret ${access.credentialsId} could not be read. Check the function's permission and the secret's state.`);
  }
  if (secret.outcome !== 'found') return misconfigured(channel, `${access.credentialsId} is ${secret.outcome}`, ports);
  const authenticity = webhook.check(call, secret.fields, ports.clock.now());
  if (authenticity.verdict === 'unconfigured') return misconfigured(channel, `${access.credentialsId} lacks ${authenticity.field}`, ports);
  return authenticity.verdict === 'genuine' ? access : undefined;
}

/** Refused all the same: what cannot be checked is not believed. */
function misconfigured(channel: Channel, detail: string, { observer }: WebhookPorts): undefined {
  observer.count('ConfigurationFault', { channel });
  observer.warn('a vendor\'s call cannot be checked', { channel, detail });
  return undefined;
}
