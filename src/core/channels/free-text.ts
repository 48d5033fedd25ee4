import type { Channel } from '../channel';
import type { ChannelTemplate, FilledMessage } from '../company/template';
import { countSegments } from './sms-segments';

/** Characters that a person may write at once: what carriers and their vendors take, and what a mail bears. */
export const FREE_TEXT_LIMITS: Readonly<Record<Channel, number>> = { sms: 1_600, whatsapp: 1_600, email: 20_000 };

/** How a composition names words that no template made. */
export const FREE_TEXT = 'free_text';

/** The subject of a mail that answers one with this subject. */
export function subjectOfReply(subject: string): string {
  const line = subject.replace(/\s+/gu, ' ').trim();
  return /^re:/i.test(line) ? line.slice(0, 255) : `Re: ${line}`.slice(0, 255);
}

/** A person's words as the channel sends them: by WhatsApp as a message of the open chat, not as a template. */
export function filledFreeText(channel: Channel, text: string, subject: string): FilledMessage {
  switch (channel) {
    case 'sms':
      return { channel, text, segments: countSegments(text) };
    case 'whatsapp':
      return { channel, text, variables: {}, session: true };
    case 'email':
      return { channel, text, subject };
  }
}

/** What the words cost is reckoned as for a template that holds them and no variable. */
export function templateOfFreeText(channel: Channel, text: string, subject: string): ChannelTemplate {
  const base = { name: FREE_TEXT, version: 1, language: 'en', variables: {} };
  switch (channel) {
    case 'sms':
      return { channel, template: { ...base, body: text, max_segments: Math.max(1, countSegments(text)) } };
    case 'whatsapp':
      return { channel, template: { ...base, body: text } };
    case 'email':
      return { channel, template: { ...base, subject, text } };
  }
}
