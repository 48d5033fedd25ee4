import type { Channel, VendorName } from '../core/channel';
import { CHANNEL_DEFINITIONS, CHANNELS, ofEachChannel } from '../core/channel';
import { ofEach } from '../core/of-each';
import type { ServedWebhook } from '../core/ports/receipt';
import type { VendorAdapter } from '../core/ports/vendor';
import type { VendorUrls } from '../core/vendor-urls';
import { OPENAI_URL } from '../core/vendor-urls';
import { sendGrid } from './sendgrid';
import { twilio } from './twilio';

/** The registry of vendors. A processor imports its own vendor alone, so that it loads no other. */
const ADAPTERS: Readonly<Record<VendorName, VendorAdapter>> = { twilio, sendgrid: sendGrid };

export const VENDOR_NAMES: readonly VendorName[] = [
  ...new Set(Object.values(CHANNEL_DEFINITIONS).map(({ vendor }) => vendor)),
];

/** Who delivers each channel's messages. */
export const VENDORS: Readonly<Record<Channel, VendorAdapter>> = ofEachChannel(
  (channel) => ADAPTERS[CHANNEL_DEFINITIONS[channel].vendor],
);

/** The vendors' own addresses, which every deployed stage uses unless its settings name others. */
export const VENDOR_URLS: VendorUrls = { ...ofEach(VENDOR_NAMES, (name) => ADAPTERS[name].apiUrl), openai: OPENAI_URL };

export const WEBHOOKS: readonly ServedWebhook[] = VENDOR_NAMES.flatMap((name) => {
  const channels = CHANNELS.filter((channel) => CHANNEL_DEFINITIONS[channel].vendor === name);
  return ADAPTERS[name].webhooks.map((webhook) => ({ webhook, channels }));
});

/** Channels on which a stop is confirmed by a message, since the vendor sends nothing in answer to its call. */
export const CONFIRMING_CHANNELS: readonly Channel[] = CHANNELS.filter((channel) => (
  CHANNEL_DEFINITIONS[channel].confirmsStops && VENDORS[channel].webhooks.every(({ takenWith }) => !takenWith)
));

export const WEBHOOK_PATHS: readonly string[] = WEBHOOKS.map(({ webhook }) => webhook.path);
