import { isPersonWord } from '../core/company/person-words';
import type { InboundMessage, OptOutCommand } from '../core/ports/receipt';
import { wishesIn } from './wish-words';

/**
 * What a person wants, told without a model: no more messages, messages again, or a person. `person` also where a stop
 * may be meant: better one reply too many before a person than a stop that nobody respects.
 */
export type Wish = OptOutCommand | 'person';

/**
 * Twilio lifts its own block on YES too. To us YES is an answer: a person who says yes to a question has not asked
 * for more messages, and to write to a person who did not ask for it is the worse mistake.
 */
const START_WORDS: readonly string[] = ['start', 'unstop'];
/** They stop alone. In "please cancel" they may mean what the message is about. */
const BARE_STOPS = new Set('alto anuluj avsluta cancel cancelar cancella end iptal quit remover revoke sair إلغاء الغاء'.split(' '));
/** Words that send a message to a person wherever they stand in it. */
const LOUD_WORDS = /(?<![\p{L}\p{N}])(?:stop|stopall|unsubscribe|optout)(?![\p{L}\p{N}])/u;
/** Lines from the first of these on are the mail program's or the telephone's. */
const SIGNATURE =
  /^(?:--|sent from |sent via |get outlook|gesendet von |von meinem |envoyé de |enviado desde |enviado do |inviato da |verzonden |wysłano |skickat från |отправлено )/u;

/** Characters that are looked at: nobody says in a longer message that they want to hear nothing. */
const LONGEST = 2_000;

/** Undefined for any other reply. `language` is the template's. */
export function readWish(
  { text, button, command }: Pick<InboundMessage, 'text' | 'button' | 'command'>,
  language?: string,
): Wish | undefined {
  if (command) return command;
  const pressed = button && [button.payload, button.text].map((words) => readWords(words, language));
  return pressed?.find((wish) => wish !== undefined) ?? readWords(text, language);
}

function readWords(text: string, language: string | undefined): Wish | undefined {
  const { stop, person, polite } = wishesIn(language);
  const words = plainWords(text.slice(0, LONGEST));
  const core = withoutPoliteness(words, polite);
  // "STOP ALL" and "OPT-OUT" are meant as they are heard; a lift must be written as it is announced.
  const isStop = stop.has(core) || stop.has(core.replaceAll(' ', ''));
  if (isStop) return core !== words && BARE_STOPS.has(core) ? 'person' : 'stop';
  if (START_WORDS.includes(words)) return 'start';
  if (isPersonWord(core)) return 'person';
  const padded = ` ${words} `;
  return LOUD_WORDS.test(words) || person.some((phrase) => padded.includes(` ${phrase} `)) ? 'person' : undefined;
}

/** NFKC turns full-width letters into plain ones; marks, signs, ends of lines and a signature count as space. */
function plainWords(text: string): string {
  const lines = text.normalize('NFKC').toLowerCase().split(/\r?\n/u).map((line) => line.trim());
  const end = lines.findIndex((line, index) => index > 0 && SIGNATURE.test(line));
  return (end === -1 ? lines : lines.slice(0, end))
    .join(' ')
    .replaceAll(/['’`](?=t\b)/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Takes polite words off both ends, the longest first, as often as they stand there. */
function withoutPoliteness(words: string, polite: readonly string[]): string {
  let core = words;
  for (let before = ''; before !== core;) {
    before = core;
    for (const phrase of polite) {
      if (core.startsWith(`${phrase} `)) core = core.slice(phrase.length + 1);
      if (core.endsWith(` ${phrase}`)) core = core.slice(0, -phrase.length - 1);
    }
  }
  return core;
}
