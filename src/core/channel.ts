/** Every channel of the engine. A new one is a word here, a provider, a handler and a runbook section. */
export const CHANNELS = ['whatsapp', 'sms', 'email'] as const;

export type Channel = (typeof CHANNELS)[number];

/** Reads a channel in any letter case; undefined if there is no such channel. */
export function parseChannel(word: string): Channel | undefined {
  const lower = word.toLowerCase();
  return CHANNELS.find((channel) => channel === lower);
}
