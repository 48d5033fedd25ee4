import type { Channel } from '../core/channel';
import type { MediaSource } from '../core/ports/media';
import type { VendorConnection } from '../core/ports/vendor';
import type { VendorUrls } from '../core/vendor-urls';
import { VENDORS } from '../providers/vendors';

/** Milliseconds for a whole medium. */
const LONGEST = 120_000;

/** Media of the vendors that keep them; of the others there is none. */
export function httpMedia(urls: VendorUrls): MediaSource {
  const connectionOf = (channel: Channel): VendorConnection => (
    { baseUrl: urls[VENDORS[channel].name], timeoutMilliseconds: LONGEST, fetch }
  );
  return {
    list: async (channel, query) => (
      VENDORS[channel].media?.list(query, connectionOf(channel)) ?? { outcome: 'listed', media: [] }
    ),
    open: async (channel, query) => VENDORS[channel].media?.open(query, connectionOf(channel)) ?? { outcome: 'gone' },
  };
}
