import type { ChannelDefinition } from './channels/channel-definition';
import { email } from './channels/email';
import { sms } from './channels/sms';
import { whatsapp } from './channels/whatsapp';
import { ofEach } from './of-each';

/** The registry of channels, and the one place of their names. A new one: docs/adding-a-channel.md. */
const REGISTRY = { whatsapp, sms, email } as const;

export type Channel = keyof typeof REGISTRY;

type Definition<Known extends Channel> = (typeof REGISTRY)[Known];

/** The templates of each channel, as a company record holds them. */
export type Templates = {
  readonly [Known in Channel]: Definition<Known> extends ChannelDefinition<infer Template, infer _Filled>
    ? Template
    : never;
};

/** The final words of each channel. */
export type FilledTextsOf = {
  readonly [Known in Channel]: Definition<Known> extends ChannelDefinition<infer _Template, infer Filled>
    ? Filled
    : never;
};

/** The vendors that channels name; src/providers/vendors.ts has an adapter for each. */
export type VendorName = Definition<Channel>['vendor'];

export const CHANNEL_DEFINITIONS: {
  readonly [Known in Channel]: ChannelDefinition<Templates[Known], FilledTextsOf[Known], VendorName>;
} = REGISTRY;

export const CHANNELS: readonly Channel[] = Object.keys(REGISTRY).filter(isChannel);

export function isChannel(word: string): word is Channel {
  return Object.hasOwn(REGISTRY, word);
}

/** Reads a channel in any letter case; undefined if there is no such channel. */
export function parseChannel(word: string): Channel | undefined {
  const lower = word.toLowerCase();
  return isChannel(lower) ? lower : undefined;
}

/** A record with one value a channel. */
export function ofEachChannel<Value>(make: (channel: Channel) => Value): Readonly<Record<Channel, Value>> {
  return ofEach(CHANNELS, make);
}
