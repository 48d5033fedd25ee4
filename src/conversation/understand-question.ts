import type { FillRequest } from '../core/ports/language-model';
import type { Answering } from './answering';
import { shownCards, writtenNames } from './answering';
import type { Burst, Expected } from './burst';
import { lengthOf } from './burst';
import { UNDERSTAND_RULES } from './prompts/understand/1/rules';
import { UNDERSTAND_RULES as RULES_WITH_CARDS } from './prompts/understand/2/rules';

/** Name and version of the engine's text for the model (src/conversation/prompts). */
export const UNDERSTAND_PROMPT = 'understand@1';
/** The same where the company's cards answer. */
export const UNDERSTAND_PROMPT_WITH_CARDS = 'understand@2';

/** Tokens that an answer needs around its quotes, what the model thinks included. */
const ANSWER_TOKENS = 2_000;
/** Tokens of one answer beside its quote: its key and its form. */
const EXPECTED_TOKENS = 120;
/** Tokens of a variable without a value. */
const NULL_TOKENS = 20;
/** Tokens of the engine's own text, and of what the vendor puts around the parts of a request. */
const RULE_TOKENS = 3_000;

export type Question = Pick<FillRequest, 'instructions' | 'facts' | 'schema' | 'maxOutputTokens'>;

/** The question: everything that is asked and was written as one JSON block, and the strict schema of the answer. */
export function understandQuestion(burst: Burst, answering?: Answering): Question {
  const rules = answering ? RULES_WITH_CARDS : UNDERSTAND_RULES;
  return {
    instructions: rules.join('\n\n'),
    facts: JSON.stringify(answering ? { ...inputOf(burst), ...cardInput(burst, answering) } : inputOf(burst)),
    schema: understandSchema(burst.expected, answering),
    // Each message may be quoted once for the answer and once as its value.
    maxOutputTokens: ANSWER_TOKENS + EXPECTED_TOKENS * burst.expected.length + 2 * lengthOf(burst)
      + (answering ? valueTokens(answering) : 0),
  };
}

/** Tokens of the question at most: a token stands for at least one byte. */
export function questionTokensAtMost({ facts, schema }: Pick<FillRequest, 'facts' | 'schema'>): number {
  return RULE_TOKENS + Buffer.byteLength(facts) + Buffer.byteLength(JSON.stringify(schema));
}

function inputOf({ expected, conversations, earlier, messages }: Burst) {
  return {
    expected: Object.fromEntries(expected.map(({ key, answer, conversation }) => [key, {
      question: answer.question,
      type: answer.type,
      ...(answer.choices ? { choices: answer.choices } : {}),
      ...knownIn(conversation.answers, answer.name),
    }])),
    asked: Object.fromEntries(conversations.map(({ messages: [first] }, index) => [index + 1, first?.content ?? ''])),
    earlier: earlier.filter(({ content }) => content !== '').map(({ content }) => content),
    messages: messages.map(({ content }) => content),
  };
}

/** Our own earlier answers are named by their cards: a newer turn knows what an older one has said. */
function cardInput({ earlier }: Burst, answering: Answering) {
  return {
    earlier: earlier.flatMap(({ role, content, card }): readonly object[] => {
      if (role === 'user') return content === '' ? [] : [{ from: 'person', text: content }];
      return card === undefined ? [] : [{ from: 'company', card }];
    }),
    cards: shownCards(answering),
    facts: answering.facts.sections,
  };
}

function knownIn(answers: Expected['conversation']['answers'], name: string) {
  const known = answers && Object.hasOwn(answers, name) ? answers[name] : undefined;
  return known ? { known: known.value } : {};
}

const object = (properties: Readonly<Record<string, unknown>>) =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });

function understandSchema(
  expected: readonly Expected[],
  answering: Answering | undefined,
): Readonly<Record<string, unknown>> {
  const answer = object({ value: { type: 'string' }, quote: { type: 'string' } });
  const asks = ['none', 'question', 'person', 'complaint', ...(answering ? ['law', 'health', 'money'] : [])];
  return object({
    answers: object(Object.fromEntries(expected.map(({ key }) => [key, { anyOf: [answer, { type: 'null' }] }]))),
    asks: { type: 'string', enum: asks },
    ...(answering ? cardSchema(answering) : {}),
    stop: { type: 'string', enum: ['none', 'unsure', 'clear'] },
    stop_quote: { type: ['string', 'null'] },
    language: { type: 'string' },
  });
}

function cardSchema({ cards }: Answering) {
  const names = [...new Set(cards.flatMap(writtenNames))];
  return {
    card: { type: ['string', 'null'], enum: [...cards.map(({ card_id: id }) => id), null] },
    ...(names.length > 0 ? { values: valuesSchema(names) } : {}),
  };
}

/** By variable; null where the card has none of this name, or the facts do not give it. */
function valuesSchema(names: readonly string[]): Readonly<Record<string, unknown>> {
  return object(Object.fromEntries(names.map((name) => [name, { type: ['string', 'null'] }])));
}

/** The schema of a repair: the values alone. */
export function repairSchema(names: readonly string[]): Readonly<Record<string, unknown>> {
  return object({ values: valuesSchema(names) });
}

/** The longest card's values, and nothing for the variables of the others. */
function valueTokens({ cards }: Answering): number {
  const lengths = cards.map(({ variables }) => (
    Object.values(variables).reduce((sum, { max_length: length }) => sum + 2 * length, 0)
  ));
  return Math.max(0, ...lengths) + NULL_TOKENS * new Set(cards.flatMap(writtenNames)).size;
}
