import { timestamp } from '../ports/clock';
import type { Change } from './change';
import type { ModelAnswers } from './conversation';
import { MODEL_CALLS } from './limits';
import { leasedBy } from './transition';

/** What a lease made of the calls of the model that it had counted. */
export interface LeaseCalls {
  /** Counted and not made, or certainly not charged: they are given back. */
  readonly unused: number;
  /** What all answers of the message came to; absent where nobody reckons it. */
  readonly answers?: ModelAnswers | undefined;
}

/** A worker that holds the record counts further calls of the model, before it makes them. */
export function claimModelCalls(claim: {
  readonly owner: string;
  readonly now: number;
  readonly amount: number;
}): Change {
  return {
    name: 'claim model calls',
    when: [{ ...leasedBy(claim.owner), model_calls: { below: MODEL_CALLS.inAll - claim.amount + 1 } }],
    set: { updated_at: timestamp(claim.now) },
    increase: { model_calls: claim.amount },
  };
}

/** The part of every transition that ends a lease. */
export function endOfLease(calls: LeaseCalls | undefined): Required<Pick<Change, 'set' | 'increase'>> {
  const { unused = 0, answers } = calls ?? {};
  return {
    set: answers ? { model_answers: answers } : {},
    increase: unused > 0 ? { model_calls: -unused } : {},
  };
}
