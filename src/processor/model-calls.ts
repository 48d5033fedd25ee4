import type { Conversation } from '../core/lifecycle/conversation';
import { MODEL_CALLS } from '../core/lifecycle/limits';
import type { LeaseCalls } from '../core/lifecycle/model-call-transitions';
import { claimModelCalls } from '../core/lifecycle/model-call-transitions';
import { CallMeter } from '../core/usage/call-meter';
import type { Work } from './processing';

type Counted = Pick<Conversation, 'model_calls' | 'model_answers' | 'usage_prices'>;

/**
 * The calls of the model that a message may still make. Its lease has counted the usual ones on the record before they
 * are made, and further ones are counted by a write of their own: a worker that dies has made no uncounted call.
 */
export class ModelCalls extends CallMeter {
  /** Calls that the record counts for this lease and that are not made. */
  private counted: number = MODEL_CALLS.ofLease;

  constructor(
    private readonly work: Pick<Work, 'key' | 'ports'>,
    private readonly owner: string,
    private readonly conversation: Counted,
  ) {
    super(MODEL_CALLS.inAll - beforeLease(conversation), conversation.model_answers);
  }

  /** The settings have changed since the acceptance: each call may cost as much as so many were reserved for. */
  weigh(weight: number): void {
    this.weight = weight;
  }

  override async take(): Promise<boolean> {
    if (!(await super.take())) return false;
    if (this.counted < this.weight && !(await this.countMore(this.weight - this.counted))) {
      super.giveBack();
      return false;
    }
    this.counted -= this.weight;
    return true;
  }

  override giveBack(): void {
    super.giveBack();
    this.counted += this.weight;
  }

  /** What the transition writes by which the lease ends. */
  ofLease(): LeaseCalls {
    // Only a budget asks what the calls cost.
    return { unused: this.counted, answers: this.conversation.usage_prices && this.answers };
  }

  private async countMore(amount: number): Promise<boolean> {
    const { clock, conversations } = this.work.ports;
    const claim = claimModelCalls({ owner: this.owner, now: clock.now(), amount });
    const { applied } = await conversations.change(this.work.key, claim);
    if (applied) this.counted += amount;
    return applied;
  }
}

/** Calls that the message had made before the lease that this record is under. */
function beforeLease({ model_calls: calls = MODEL_CALLS.ofLease }: Counted): number {
  return calls - MODEL_CALLS.ofLease;
}
