import type { FillRequest, FillResult, LanguageModel } from '../../../src/core/ports/language-model';
import { metered } from '../../support/metered';

export const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/**
 * A model that gives these answers in turn and remembers what it was asked; an answer more than scripted is a fault of
 * the test.
 */
export class ScriptedModel implements LanguageModel {
  readonly requests: FillRequest[] = [];

  constructor(
    private readonly answers: ReadonlyArray<FillResult | Readonly<Record<string, unknown>>>,
    private readonly onCall: () => void = () => undefined,
  ) {}

  fill(request: FillRequest): Promise<FillResult> {
    return metered(request, () => this.answer(request));
  }

  private answer(request: FillRequest): FillResult {
    const answer = this.answers[this.requests.length];
    this.requests.push(request);
    this.onCall();
    if (!answer) throw new Error('The model was asked more often than the test allows.');
    return isResult(answer) ? answer : { outcome: 'values', values: answer, usage: USAGE };
  }
}

function isResult(answer: FillResult | Readonly<Record<string, unknown>>): answer is FillResult {
  return typeof answer.outcome === 'string';
}
