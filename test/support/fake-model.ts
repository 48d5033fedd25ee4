import type { FillRequest, FillResult, LanguageModel } from '../../src/core/ports/language-model';
import { metered } from './metered';

const USAGE = { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 };

/** A model in memory: gives its usual values unless answers were arranged, first in, first out. */
export class FakeModel implements LanguageModel {
  readonly requests: FillRequest[] = [];
  private readonly arranged: FillResult[] = [];
  private readonly usual: Readonly<Record<string, string>>;

  constructor(usual: Readonly<Record<string, string>>) {
    this.usual = usual;
  }

  fill(request: FillRequest): Promise<FillResult> {
    return metered(request, () => {
      this.requests.push(request);
      return this.arranged.shift() ?? { outcome: 'values', values: this.usual, usage: USAGE };
    });
  }

  arrange(answer: FillResult, times = 1): void {
    for (let count = 0; count < times; count += 1) this.arranged.push(answer);
  }

  arrangeValues(values: Readonly<Record<string, string>>, times = 1): void {
    this.arrange({ outcome: 'values', values, usage: USAGE }, times);
  }
}
