import type { ChannelSettings } from './company';

/**
 * A message's own template: a reminder has another one, and so has what reopens a chat. Undefined if the company has
 * none for it any more.
 */
export function settingsOf(
  settings: ChannelSettings,
  { reminder_of: original, reply }: {
    readonly reminder_of?: string | undefined;
    readonly reply?: { readonly reopens?: true | undefined } | undefined;
  },
): ChannelSettings | undefined {
  if (reply?.reopens) return settings.reopening && { ...settings, content: settings.reopening };
  if (original === undefined) return settings;
  const { reminder } = settings;
  return reminder && { ...settings, content: reminder };
}
