/** What a company answers by, at one of its versions. */
export interface AssistantVersion {
  readonly number: number;
  readonly hours: string;
  /** The text of the card that says them. */
  readonly text: string;
  readonly replies: 'answer' | 'keep';
}

/** As it is first, then with another fact and another card, then off. */
export const VERSIONS = [
  { number: 1, hours: 'from 9 am to 5 pm', text: 'We are there {{hours}}.', replies: 'answer' },
  { number: 2, hours: 'from 10 am to 4 pm', text: 'You reach us {{hours}}.', replies: 'answer' },
  { number: 3, hours: 'from 10 am to 4 pm', text: 'You reach us {{hours}}.', replies: 'keep' },
] as const satisfies readonly AssistantVersion[];

export const DISCLOSURE = 'I am an automatic assistant. Write PERSON to reach a colleague.';
export const HAND_OFF = 'A colleague will answer you.';
/** The last day of the chat's first day: afterwards the journey's costs are known no more. */
export const LAST_DAY = '2026-11-02';
export const JOURNEY = '£40';
export const WORDLESS_CARD = 'thanks';

/** The parts of a company record that its engine answers by. */
export function assistantOf({ number, hours, text, replies }: AssistantVersion) {
  const words = (said: string) => ({ 'en-GB': { text: said } });
  const filled = (description: string, max_length: number) => ({ description, max_length, required: true });
  return {
    replies,
    answer_cards: [
      {
        card_id: 'opening_hours', version: number, when: 'The person asks when somebody can be reached.',
        languages: words(text), variables: { hours: filled('The opening hours.', 60) },
      },
      {
        card_id: 'journey', version: 1, when: 'The person asks what is paid for the journey.',
        languages: words('We pay {{amount}} for your journey.'), needs: ['knowledge.journey'],
        variables: { amount: filled('What is paid.', 20) },
      },
      {
        card_id: 'ask_again', version: 1, when: 'The person did not say from which day they could start.',
        languages: words('Thank you. From which day could you start?'), then: 'await',
      },
      {
        card_id: 'call_back', version: 1, when: 'The person wants to be rung.', then: 'hand_off',
        languages: words('We will ring you: "{{wish}}".'),
        variables: { wish: { ...filled('When they want to be rung.', 60), from: 'recipient' } },
      },
      {
        card_id: WORDLESS_CARD, version: 1, when: 'The person sends a picture.', on: ['media'],
        languages: words('Thank you for the picture.'),
      },
    ],
    knowledge: [
      { name: 'opening_hours', value: hours }, { name: 'journey', value: JOURNEY, valid_until: LAST_DAY },
    ],
    assistant: { disclosure: { 'en-GB': DISCLOSURE }, hand_off: { 'en-GB': HAND_OFF } },
  };
}

/** What the company's record justified at a moment, in whole messages: nothing else may be said. */
export function isJustified(
  { card, text }: { readonly card: string | undefined; readonly text: string },
  { hours, text: says }: AssistantVersion,
  heard: { readonly now: number; readonly texts: readonly string[] },
): boolean {
  const words = text.startsWith(`${DISCLOSURE}\n\n`) ? text.slice(DISCLOSURE.length + 2) : text;
  if (card === undefined) return words === HAND_OFF;
  switch (card) {
    case 'opening_hours': return words === says.replace('{{hours}}', hours);
    case 'journey':
      return words === `We pay ${JOURNEY} for your journey.` && new Date(heard.now).toISOString().slice(0, 10) <= LAST_DAY;
    case 'ask_again': return words === 'Thank you. From which day could you start?';
    case WORDLESS_CARD: return words === 'Thank you for the picture.';
    case 'call_back': {
      const [, wish] = /^We will ring you: "(.+)"\.$/.exec(words) ?? [];
      return wish !== undefined && heard.texts.some((one) => one.includes(wish));
    }
    default: return false;
  }
}
