import type { Mutation } from './mutation';
import type { Plan } from './plan';
import { runPlan } from './run';

/** A plan that still fails in the same way, from which nothing more can be left out. */
export async function shrink(plan: Plan, violation: string, mutation?: Mutation): Promise<Plan> {
  let smallest = plan;
  for (let index = 0; ; ) {
    const candidates = smallerPlans(smallest);
    const candidate = candidates[index];
    if (!candidate) return smallest;
    const { violations } = await runPlan(candidate, { ...(mutation ? { mutation } : {}) });
    if (violations.includes(violation)) {
      smallest = candidate;
      index = 0;
    } else {
      index += 1;
    }
  }
}

const FLAGS = ['listsOtherWords', 'failsLate', 'hasOtherNames'] as const;

/** Each with one thing less. */
function smallerPlans(plan: Plan): readonly Plan[] {
  return [
    ...without(plan.requests).map((requests) => ({ ...plan, requests })),
    ...without(plan.faults).map((faults) => ({ ...plan, faults })),
    ...without(plan.optOuts).map((optOuts) => ({ ...plan, optOuts })),
    ...without(plan.review.decisions).map((decisions) => ({ ...plan, review: { ...plan.review, decisions } })),
    ...without(plan.clients.cancels).map((cancels) => ({ ...plan, clients: { ...plan.clients, cancels } })),
    ...(plan.clients.isTest ? [{ ...plan, clients: { ...plan.clients, isTest: false } }] : []),
    ...without(plan.resolving).map((resolving) => ({ ...plan, resolving })),
    ...(plan.openLimit === undefined ? [] : [withoutLimit(plan)]),
    ...FLAGS.filter((flag) => plan[flag]).map((flag) => ({ ...plan, [flag]: false })),
    ...(plan.review.isAsked ? [{ ...plan, review: { ...plan.review, isAsked: false } }] : []),
    ...(plan.review.brokenFor > 0 ? [{ ...plan, review: { ...plan.review, brokenFor: 0 } }] : []),
    ...plan.requests.flatMap((request, index) =>
      request.repeats.length === 0
        ? []
        : [{ ...plan, requests: plan.requests.with(index, { ...request, repeats: [] }) }],
    ),
  ];
}

function without<Value>(values: readonly Value[]): ReadonlyArray<readonly Value[]> {
  return values.map((_value, index) => values.filter((_other, other) => other !== index));
}

function withoutLimit({ openLimit: _none, ...plan }: Plan): Plan {
  return plan;
}
