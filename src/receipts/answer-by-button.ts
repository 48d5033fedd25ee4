import type { AnswerValue, ExpectedAnswer } from '../core/company/expected-answer';
import { openAnswers } from '../core/lifecycle/answer-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import type { InboundMessage } from '../core/ports/receipt';

type Button = NonNullable<InboundMessage['button']>;

/** What payloads of buttons say for a question that is answered by yes or no. */
const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false };

/**
 * The answer that a pressed button gives: its payload, or its label, is one choice of exactly one open question.
 * Undefined where it fits none, or more than one.
 */
export function answerByButton(
  { payload, text }: Button,
  conversation: Conversation,
): readonly [string, { readonly value: AnswerValue; readonly quote: string }] | undefined {
  const words = [payload, text].map(plain).filter((word) => word !== '');
  const fitting = openAnswers(conversation).flatMap((expected) => {
    const value = valueOf(expected, words);
    return value === undefined ? [] : [[expected.name, { value, quote: text || payload }] as const];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function valueOf({ type, choices = [] }: ExpectedAnswer, words: readonly string[]): AnswerValue | undefined {
  if (type === 'choice') return choices.find((choice) => words.includes(plain(choice)));
  if (type !== 'yes_no') return undefined;
  return words.map((word) => (Object.hasOwn(YES_NO, word) ? YES_NO[word] : undefined))
    .find((value) => value !== undefined);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}
