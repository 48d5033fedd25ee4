import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { ChannelTemplate, FilledMessage } from '../company/template';
import { isPrintable } from './printable';

/** How a composition names words that no template made. */
export const FREE_TEXT = 'free_text';

/** The subject of a mail that answers one with this subject. */
export function subjectOfReply(subject: string): string {
  const line = subject.replace(/\s+/gu, ' ').trim();
  return /^re:/i.test(line) ? line.slice(0, 255) : `Re: ${line}`.slice(0, 255);
}

/** Why a channel cannot send these words. */
export function freeTextFault(channel: Channel, words: string): 'empty' | 'too_long' | 'not_printable' | undefined {
  if (words.trim() === '') return 'empty';
  if (words.length > CHANNEL_DEFINITIONS[channel].freeText.limit) return 'too_long';
  return isPrintable(words) ? undefined : 'not_printable';
}

/** A person's words as the channel sends them. */
export function filledFreeText<Known extends Channel>(
  channel: Known, text: string, subject: string,
): FilledMessage<Known> {
  return { channel, ...CHANNEL_DEFINITIONS[channel].freeText.fill(text, subject) };
}

export function templateOfFreeText<Known extends Channel>(
  channel: Known, text: string, subject: string,
): ChannelTemplate<Known> {
  const base = { name: FREE_TEXT, version: 1, language: 'en', variables: {} };
  return { channel, template: CHANNEL_DEFINITIONS[channel].freeText.template(base, text, subject) };
}
