import type { VendorAccounts } from '../core/ports/vendor-accounts';
import { VENDORS } from '../providers/vendors';

export { VENDOR_NAMES, VENDOR_URLS } from '../providers/vendors';

/** What is known of the vendors without asking them. */
export const VENDOR_DATA: Pick<VendorAccounts, 'codeMeaning' | 'credentialFields' | 'templateFields' | 'webhookUrl'> = {
  codeMeaning: (channel, code) => VENDORS[channel].meaningOf(code),
  credentialFields: (channel) => VENDORS[channel].credentialFields,
  templateFields: (channel) => VENDORS[channel].templateFields,
  webhookUrl: (baseUrl, owner) => VENDORS[owner.channel].urlToEnter(baseUrl, owner),
};
