import type { VendorName } from '../core/channel';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { ChannelSettings } from '../core/company/company';
import type { Finding, VendorAccounts } from '../core/ports/vendor-accounts';
import type { VendorUrls } from '../core/vendor-urls';
import { askVendor } from './ask-vendor';
import { verifyOpenAi } from './openai-account';
import { verifySendGrid } from './sendgrid-account';
import { verifyTwilio } from './twilio-account';

type Verify = (
  settings: ChannelSettings, secret: Readonly<Record<string, string>>, urls: VendorUrls, webhookUrl: string,
) => Promise<readonly Finding[]>;

const CHECKS: Readonly<Partial<Record<VendorName, Verify>>> = { twilio: verifyTwilio, sendgrid: verifySendGrid };

/** Companies' accounts at the vendors, asked over HTTP without a retry. */
export function httpVendorAccounts(
  urls: VendorUrls,
): Pick<VendorAccounts, 'callUnsigned' | 'verifyChannel' | 'verifyModel'> {
  return {
    verifyChannel: async (settings, credentials, webhookUrl) => {
      const name = CHANNEL_DEFINITIONS[settings.content.channel].vendor;
      const words = 'no checks are written for this vendor: look at its console';
      return CHECKS[name]?.(settings, credentials, urls, webhookUrl) ?? [{ subject: name, verdict: 'warning', words }];
    },
    verifyModel: async (settings, secret) => verifyOpenAi(settings, secret, urls),
    callUnsigned: async (url) => {
      const answer = await askVendor(url, {}, 'POST');
      return answer.kind === 'answer' ? { status: answer.status } : { unreachable: answer.detail };
    },
  };
}
