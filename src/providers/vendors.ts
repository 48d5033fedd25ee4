import type { Channel, VendorName } from '../core/channel';
import { CHANNEL_DEFINITIONS, CHANNELS, ofEachChannel } from '../core/channel';
import type { ServedWebhook } from '../core/ports/receipt';
import type { VendorAdapter } from '../core/ports/vendor';
import { sendGrid } from './sendgrid';
import { twilio } from './twilio';

/** The registry of vendors. A processor imports its own vendor alone, so that it loads no other. */
const ADAPTERS: Readonly<Record<VendorName, VendorAdapter>> = { twilio, sendgrid: sendGrid };

/** Who delivers each channel's messages. */
export const VENDORS: Readonly<Record<Channel, VendorAdapter>> = ofEachChannel((channel) => ADAPTERS[CHANNEL_DEFINITIONS[channel].vendor]);

export const WEBHOOKS: readonly ServedWebhook[] = Object.values(ADAPTERS).flatMap((vendor) => {
  const channels = CHANNELS.filter((channel) => VENDORS[channel] === vendor);
  return vendor.webhooks.map((webhook) => ({ webhook, channels }));
});

export const WEBHOOK_PATHS: readonly string[] = WEBHOOKS.map(({ webhook }) => webhook.path);
