import type { OptOutCommand } from '../core/ports/receipt';

/** Twilio's own words for SMS (docs "Advanced Opt-Out"). On WhatsApp only the engine applies them. */
const STOP_WORDS: readonly string[] = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'];

/**
 * Twilio lifts its own block on YES too. To us YES is an answer: a person who says yes to a question has not asked
 * for more messages, and to write to a person who did not ask for it is the worse mistake.
 */
const START_WORDS: readonly string[] = ['START', 'UNSTOP'];

/**
 * What a message wishes, if all of it is one of the words, whatever its letter case and the punctuation around it.
 * "Stop by at five" is a reply.
 */
export function readOptOutCommand(text: string): OptOutCommand | undefined {
  const word = bareWord(text);
  // "STOP ALL" and "OPT-OUT" are meant as they are heard; a lift must be written as it is announced.
  if (STOP_WORDS.includes(word.replace(/[\s\p{Pd}]/gu, ''))) return 'stop';
  return START_WORDS.includes(word) ? 'start' : undefined;
}

/** NFKC turns full-width letters into plain ones; invisible marks count as space. */
function bareWord(text: string): string {
  const [word = ''] = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su.exec(text.normalize('NFKC')) ?? [];
  return word.toUpperCase();
}
