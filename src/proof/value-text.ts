import type { Channel } from '../core/channel';
import { CHANNEL_DEFINITIONS } from '../core/channel';

/**
 * The form in which a value is proved, stored and sent: Unicode NFC (one code for an accented letter, as SMS alphabets
 * and string comparison
 * expect), lines ended by a line feed, no space at either end, and the channel's plain spelling.
 */
export function prepareValue(channel: Channel, text: string): string {
  const prepared = text.normalize('NFC').replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').trim();
  return CHANNEL_DEFINITIONS[channel].text.plain(prepared);
}
