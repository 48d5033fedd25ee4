import type { Channel } from '../core/channel';

/** Typographic characters outside GSM-7 that would more than double the cost of an SMS, and what stands for them. */
const PLAIN_IN_SMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/[\u2018\u2019\u201A\u201B\u02BC]/gu, '\''],
  [/[\u201C\u201D\u201E\u201F\u00AB\u00BB]/gu, '"'],
  [/[\u2010-\u2015\u2212]/gu, '-'],
  [/\u2026/gu, '...'],
  [/(?! )\p{Zs}/gu, ' '],
];

/**
 * The form in which a value is proved, stored and sent: Unicode NFC (one code for an accented letter, as SMS alphabets and string comparison
 * expect), lines ended by a line feed, no space at either end; for SMS also plain quotes, dashes and spaces.
 */
export function prepareValue(channel: Channel, text: string): string {
  const prepared = text.normalize('NFC').replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').trim();
  return channel === 'sms' ? PLAIN_IN_SMS.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), prepared) : prepared;
}
