import type { PlannedAnswers } from './answer-plan';
import type { ReplyMutation } from './reply-mutation';
import type { ReplyPlan } from './reply-plan';
import { planReplies } from './reply-plan';
import { runReplies } from './reply-run';

/**
 * A failing seed in words: what is violated, the least that leads to it, what happened, and how to see it again.
 * Undefined: the seed does not fail.
 */
export async function tellReplies(seed: number, mutation?: ReplyMutation): Promise<string | undefined> {
  const options = mutation ? { mutation } : {};
  const plan = planReplies(seed);
  const [violation] = (await runReplies(plan, options)).violations;
  if (violation === undefined) return undefined;
  const smallest = await shrink(plan, async (smaller) => (
    (await runReplies(smaller, options)).violations.includes(violation)
  ));
  const { told } = await runReplies(smallest, { ...options, tells: true });
  const { seed: _seed, ...parts } = smallest;
  return [
    `Seed ${seed}${mutation ? ` with the mutation "${mutation.name}"` : ''}, replies: ${violation}`,
    'The least that leads to it:',
    ...Object.entries(parts).map(([name, part]) => `  ${name}: ${JSON.stringify(part)}`),
    'What happened:',
    ...told.map((line) => `  ${line}`),
    `Again: npx projen simulate --seed ${seed}`,
  ].join('\n');
}

async function shrink(plan: ReplyPlan, fails: (plan: ReplyPlan) => Promise<boolean>): Promise<ReplyPlan> {
  let smallest = plan;
  for (let index = 0; ; ) {
    const candidate = smallerPlans(smallest)[index];
    if (!candidate) return smallest;
    if (await fails(candidate)) [smallest, index] = [candidate, 0];
    else index += 1;
  }
}

/** Each with one thing less. */
function smallerPlans(plan: ReplyPlan): readonly ReplyPlan[] {
  return [
    ...without(plan.writes).map((writes) => ({ ...plan, writes })),
    ...without(plan.steps).map((steps) => ({ ...plan, steps })),
    ...without(plan.faults).map((faults) => ({ ...plan, faults })),
    ...without(plan.lies).map((lies) => ({ ...plan, lies })),
    ...without(plan.endpoints).map((endpoints) => ({ ...plan, endpoints })),
    ...plan.writes.flatMap((write, index) => (
      write.again.length === 0 ? [] : [{ ...plan, writes: plan.writes.with(index, { ...write, again: [] }) }]
    )),
    ...(plan.answers ? smallerAnswers(plan, plan.answers) : []),
    ...(plan.asks === 2 ? [{ ...plan, asks: 1 as const }] : []),
  ];
}

function smallerAnswers(plan: ReplyPlan, answers: PlannedAnswers): readonly ReplyPlan[] {
  const { change: _change, ...unchanged } = answers;
  const { outage: _outage, ...running } = answers;
  const { slow: _slow, ...quick } = answers;
  const { bot, ...alone } = answers;
  return [
    ...without(answers.choices).map((choices) => ({ ...answers, choices })),
    ...(answers.change ? [unchanged] : []),
    ...(answers.outage ? [running] : []),
    ...(answers.slow ? [quick] : []),
    ...(bot ? [alone, ...(bot.most > 1 ? [{ ...answers, bot: { ...bot, most: bot.most - 1 } }] : [])] : []),
  ].map((smaller) => ({ ...plan, answers: smaller }));
}

function without<Value>(values: readonly Value[]): ReadonlyArray<readonly Value[]> {
  return values.map((_value, index) => values.filter((_other, other) => other !== index));
}
