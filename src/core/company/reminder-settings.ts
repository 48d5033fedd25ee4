import type { ChannelSettings } from './company';

/** A message's own template: a reminder has another one. Undefined if the company has none for it any more. */
export function settingsOf(
  settings: ChannelSettings,
  { reminder_of: original }: { readonly reminder_of?: string | undefined },
): ChannelSettings | undefined {
  if (original === undefined) return settings;
  const { reminder } = settings;
  return reminder && { ...settings, content: reminder };
}
