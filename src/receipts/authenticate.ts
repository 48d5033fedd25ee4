import { channelAccess } from '../core/company/channel-access';
import { allowedChannels, parseProject } from '../core/company/company';
import type { Channel } from '../core/channel';
import type { ChannelAccess, VendorWebhook, WebhookCall } from '../core/ports/receipt';
import type { WebhookPorts } from './receipt-ports';

/** Who is said to have been called, by what the call itself claims. */
export interface Claim {
  readonly companyId: string;
  readonly company: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
}

/** `unchecked`: the company uses the channel, and lacks what proves its vendor's calls. */
export type Proof = { readonly verdict: 'genuine'; readonly access: ChannelAccess } | { readonly verdict: 'forged' | 'unchecked' };

/**
 * Proves a call with the secret of the very company that it claims to be for. Throws where the secret cannot be read
 * for now, so that the vendor comes again.
 */
export async function authenticate(
  call: WebhookCall, claim: Claim, webhook: Pick<VendorWebhook, 'check'>, ports: WebhookPorts,
): Promise<Proof> {
  const access = channelAccess(claim.company, claim.channel);
  if (!access) return misconfigured(claim, `channel_config.${claim.channel}`, ports);
  // A token that was changed at the vendor and stored since is not in the cache yet, and the vendor repeats its call
  // for seconds only.
  for (const pastCache of [false, true]) {
    const use = { kind: 'credentials', channel: claim.channel, company: claim.companyId } as const;
    const secret = await ports.secrets.read(access.credentialsId, use, { pastCache });
    if (secret.outcome === 'unavailable') {
      throw new Error(
        `Checking a vendor's call failed: the secret ${access.credentialsId} could not be read. Check the `
          + `function's permission and the secret's state.`,
      );
    }
    if (secret.outcome !== 'found') return misconfigured(claim, `${access.credentialsId} is ${secret.outcome.replace('_', ' ')}`, ports);
    const authenticity = webhook.check(call, secret.fields, ports.clock.now());
    if (authenticity.verdict === 'unconfigured') {
      return misconfigured(claim, `${access.credentialsId} lacks ${authenticity.field}`, ports);
    }
    if (authenticity.verdict === 'genuine') return { verdict: 'genuine', access };
  }
  return { verdict: 'forged' };
}

/** What cannot be checked is not believed. */
function misconfigured({ company, channel }: Claim, detail: string, { observer }: WebhookPorts): Proof {
  const project = parseProject(company);
  // Anyone may call for a company that does not use the channel: that says nothing of its configuration.
  if (project.valid && !allowedChannels(project.value).includes(channel)) return { verdict: 'forged' };
  observer.count('ConfigurationFault', { channel });
  observer.warn('a vendor\'s call cannot be checked', { channel, detail });
  return { verdict: 'unchecked' };
}
