import type { FillRequest } from '../core/ports/language-model';
import type { Burst, Expected } from './burst';
import { lengthOf } from './burst';
import { UNDERSTAND_RULES } from './prompts/understand/1/rules';

/** Name and version of the engine's text for the model (src/conversation/prompts). */
export const UNDERSTAND_PROMPT = 'understand@1';

/** Tokens that an answer needs around its quotes, what the model thinks included. */
const ANSWER_TOKENS = 2_000;
/** Tokens of one answer beside its quote: its key and its form. */
const EXPECTED_TOKENS = 120;
/** Tokens of the engine's own text, and of what the vendor puts around the parts of a request. */
const RULE_TOKENS = 2_000;

/** The question: everything that is asked and was written as one JSON block, and the strict schema of the answer. */
export function understandQuestion(
  burst: Burst,
): Pick<FillRequest, 'instructions' | 'facts' | 'schema' | 'maxOutputTokens'> {
  return {
    instructions: UNDERSTAND_RULES.join('\n\n'),
    facts: JSON.stringify(inputOf(burst)),
    schema: understandSchema(burst.expected),
    // Each message may be quoted once for the answer and once as its value.
    maxOutputTokens: ANSWER_TOKENS + EXPECTED_TOKENS * burst.expected.length + 2 * lengthOf(burst),
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

function knownIn(answers: Expected['conversation']['answers'], name: string) {
  const known = answers && Object.hasOwn(answers, name) ? answers[name] : undefined;
  return known ? { known: known.value } : {};
}

function understandSchema(expected: readonly Expected[]): Readonly<Record<string, unknown>> {
  const object = (properties: Readonly<Record<string, unknown>>) =>
    ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
  const answer = object({ value: { type: 'string' }, quote: { type: 'string' } });
  return object({
    answers: object(Object.fromEntries(expected.map(({ key }) => [key, { anyOf: [answer, { type: 'null' }] }]))),
    asks: { type: 'string', enum: ['none', 'question', 'person', 'complaint'] },
    stop: { type: 'string', enum: ['none', 'unsure', 'clear'] },
    stop_quote: { type: ['string', 'null'] },
    language: { type: 'string' },
  });
}
