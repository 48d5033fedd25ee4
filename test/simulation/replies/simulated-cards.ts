/** A person's true word of when somebody can be reached, as the company's facts have it. */
export const TRUE_HOURS = 'from Monday to Friday, 9 am to 5 pm';

const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';
const SENTENCE = 'A colleague will answer you.';
const HOURS = `We are there ${TRUE_HOURS}.`;
const ASK = 'Thank you. From which day could you start?';
const LATER = 'Thank you. A colleague will be in touch.';

/** What the company of the simulation answers by. */
export const SIMULATED_ANSWERS = {
  replies: 'answer',
  answer_cards: [
    {
      card_id: 'hours', version: 1, when: 'The person asks something.',
      languages: { en: { text: 'We are there {{hours}}.' } },
      variables: { hours: { description: 'The opening hours.', max_length: 60, required: true } },
    },
    {
      card_id: 'ask', version: 1, when: 'The day of starting is open.', languages: { en: { text: ASK } }, then: 'await',
    },
    {
      card_id: 'later', version: 1, when: 'The person writes later.', languages: { en: { text: LATER } }, then: 'hand_off',
    },
  ],
  knowledge: [{ name: 'opening_hours', value: TRUE_HOURS }],
  assistant: { disclosure: { en: DISCLOSURE }, hand_off: { en: SENTENCE } },
} as const;

/** All that the engine may ever say of its own: written by hand, so that it judges card and proof. */
export const SAYABLE: ReadonlySet<string> = new Set([
  SENTENCE, ...[HOURS, ASK, LATER].flatMap((text) => [text, `${DISCLOSURE}\n\n${text}`]),
]);

/** The card that a good model would choose for the newest message. */
export function cardFor(text: string): string | null {
  if (text.includes('?')) return 'hours';
  if (text.includes('tomorrow')) return 'later';
  return text.startsWith('Hello!') ? 'ask' : null;
}
