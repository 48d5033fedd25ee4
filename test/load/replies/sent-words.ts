import { SAMPLE_ASSISTANT, SAMPLE_CARDS } from '../../../tools/local-stage/sample/answers';
import type { Delivery } from '../../../tools/vendor-simulators/delivery';

/** What recipients of the answering project ask, each once; a card answers it. */
export const QUESTIONS = { pay: 'What does the job pay?', place: 'And where is the work?' } as const;

/** What a vendor took: the question of a request, a person's words, the sentence of a hand-off, or a card. */
export type SentKind = 'question' | 'person' | 'hand_off' | `card ${string}`;

const PERSONS = 'Kind regards, Sam Reyes, about ';
/** Any values in the places of its variables. */
const CARDS = SAMPLE_CARDS.map(({ card_id: id, languages }) => ({
  id, text: new RegExp(`(?:^|\\n)${languages['en-GB'].text.split(/\{\{\w+\}\}/).map(literally).join('[^\\n]+')}$`),
}));

/** By the words alone: what our records say of the message does not count. */
export function kindOf({ text }: Pick<Delivery, 'text'>): SentKind {
  if (text.includes(PERSONS)) return 'person';
  if (text.endsWith(SAMPLE_ASSISTANT.hand_off['en-GB'])) return 'hand_off';
  const card = CARDS.find((one) => one.text.test(text));
  return card ? `card ${card.id}` : 'question';
}

function literally(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

export function isOfEngine(kind: SentKind): boolean {
  return kind !== 'question' && kind !== 'person';
}

export function markIn({ text }: Pick<Delivery, 'text'>): string | undefined {
  return /post \d{6}/.exec(text)?.[0];
}

export function wordsOfPerson(mark: string): string {
  return `I will ring you this afternoon. ${PERSONS}${mark}`;
}
