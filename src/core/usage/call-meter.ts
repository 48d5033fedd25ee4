import type { ModelAnswers } from '../lifecycle/conversation';
import type { ModelAllowance, TokenUsage } from '../ports/language-model';

/** Counts calls of the model, up to a number, and what those that were answered cost. */
export class CallMeter implements ModelAllowance {
  /** Calls that were made and not given back. */
  used = 0;

  /** For how many calls each one counts: more than one where it may cost more than was reserved for one. */
  protected weight = 1;

  constructor(
    protected readonly most: number,
    public answers?: ModelAnswers,
  ) {}

  take(): Promise<boolean> {
    if (this.used + this.weight > this.most) return Promise.resolve(false);
    this.used += this.weight;
    return Promise.resolve(true);
  }

  giveBack(): void {
    this.used -= this.weight;
  }

  answered({ prompt_tokens: prompt, completion_tokens: completion }: TokenUsage): void {
    const { calls = 0, tokens_in: given = 0, tokens_out: written = 0 } = this.answers ?? {};
    this.answers = { calls: calls + this.weight, tokens_in: given + prompt, tokens_out: written + completion };
  }
}
