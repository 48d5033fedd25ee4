import type { Fault } from '../contract/refusal';
import { isPrintable } from '../channels/printable';
import type { AnswerCard, CardVariable, Knowledge } from './answer-card';
import type { AssistantSettings } from './assistant-settings';
import { inLanguage } from './by-language';
import { personWords } from './person-words';

interface Parts {
  readonly cards: readonly AnswerCard[];
  readonly knowledge: readonly Knowledge[];
  readonly settings: AssistantSettings | undefined;
  /** The project says `replies: answer`. */
  readonly answers: boolean;
}

/** What is wrong with a project's answers beside their form, under the paths of the record. */
export function assistantFaults({ cards, knowledge, settings, answers }: Parts): readonly Fault[] {
  return [
    ...(answers && !settings ? [fault('assistant', 'is missing: replies: answer needs disclosure and hand_off')] : []),
    ...(answers && cards.length === 0 ? [fault('answer_cards', 'is empty: replies: answer needs one card at least')] : []),
    ...usedTwice(cards.map(({ card_id: id }) => id)).map(([id, index]) => (
      fault(`answer_cards.${index}.card_id`, `is used twice: ${id}`)
    )),
    ...usedTwice(knowledge.map(({ name }) => name)).map(([name, index]) => (
      fault(`knowledge.${index}.name`, `is used twice: ${name}`)
    )),
    ...cards.flatMap((card, index) => triggerFaults(card, cards.slice(0, index)).map(({ path, message }) => (
      fault(`answer_cards.${index}.${path}`, message)
    ))),
    ...cards.flatMap((card, index) => cardFaults(card, settings).map(({ path, message }) => (
      fault(`answer_cards.${index}.${path}`, message)
    ))),
    ...(settings ? settingsFaults(settings) : []),
  ];
}

function cardFaults({ languages, variables }: AnswerCard, settings: AssistantSettings | undefined): readonly Fault[] {
  const texts = Object.entries(languages).flatMap(([language, { text, subject = '' }]) => [
    ...sentenceFaults(`languages.${language}.text`, text),
    ...(isPrintable(subject) && !/[\n\t]/.test(subject) ? [] : [fault(`languages.${language}.subject`, UNPRINTABLE)]),
    ...(subject.includes('{{') ? [fault(`languages.${language}.subject`, 'must hold no variable')] : []),
    ...(settings ? unspoken(language, settings) : []),
  ]);
  return [
    ...texts,
    ...Object.entries(variables).flatMap(([name, variable]) => variableFaults(`variables.${name}`, variable)),
  ];
}

/** What is sent without a model has no variable that one would write, and no second card is sent for it. */
function triggerFaults(
  { on = [], buttons = [], variables }: AnswerCard, before: readonly AnswerCard[],
): readonly Fault[] {
  const written = Object.entries(variables).filter(([, { copy_of: copied }]) => copied === undefined);
  const taken = (words: readonly string[], other: (card: AnswerCard) => readonly string[] | undefined) =>
    words.filter((word) => before.some((card) => other(card)?.includes(word)));
  return [
    ...taken(on, (card) => card.on).map((word) => fault('on', `is another card's already: ${word}`)),
    ...taken(buttons, (card) => card.buttons).map((word) => fault('buttons', `is another card's already: ${word}`)),
    ...(on.length + buttons.length === 0 ? [] : written.map(([name]) => (
      fault(`variables.${name}`, 'must have copy_of: the card is sent without a model')
    ))),
  ];
}

/** Each language that a card speaks needs the sentences that go with it. */
function unspoken(language: string, { disclosure, hand_off }: AssistantSettings): readonly Fault[] {
  return Object.entries({ disclosure, hand_off })
    .filter(([, texts]) => !inLanguage(texts, language))
    .map(([name]) => fault(`languages.${language}`, `needs assistant.${name} in this language`));
}

function variableFaults(path: string, { from, copy_of: copied, facts }: CardVariable): readonly Fault[] {
  if (from === undefined || (copied === undefined && facts === undefined)) return [];
  return [fault(`${path}.from`, 'must stand alone: what the recipient wrote is repeated, so leave copy_of and facts out')];
}

function settingsFaults({ disclosure, hand_off, outside_hours = {} }: AssistantSettings): readonly Fault[] {
  const sentences = Object.entries({ disclosure, hand_off, outside_hours }).flatMap(([name, texts]) => (
    Object.entries(texts).flatMap(([language, text]) => {
      const path = `assistant.${name}.${language}`;
      const known = name === 'outside_hours' ? text.replace(/\{\{ *(?:date|time) *\}\}/g, '') : text;
      return [
        ...sentenceFaults(path, text),
        ...(/\{\{|\}\}/.test(known) ? [fault(path, `must hold no variable${name === 'outside_hours' ? ' but {{date}} and {{time}}' : ''}`)] : []),
      ];
    })
  ));
  return [
    ...sentences,
    ...Object.entries(disclosure).filter(([language, text]) => !namesPersonWord(language, text)).map(([language]) => (
      fault(
        `assistant.disclosure.${language}`,
        `must name in capitals the word that reaches a person: ${personWords(language).join(', ')}`,
      )
    )),
  ];
}

function namesPersonWord(language: string, text: string): boolean {
  const words = new Set(text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu));
  return personWords(language).some((word) => words.has(word));
}

const UNPRINTABLE = 'holds a sign that no program shows or that turns the order of what is read';

function sentenceFaults(path: string, text: string): readonly Fault[] {
  if (text.trim() === '') return [fault(path, 'must not be empty')];
  return isPrintable(text) ? [] : [fault(path, UNPRINTABLE)];
}

function usedTwice(names: readonly string[]): ReadonlyArray<readonly [string, number]> {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [[name, index] as const] : []));
}

function fault(path: string, message: string): Fault {
  return { path, message };
}
