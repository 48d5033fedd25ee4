import type { Mutation } from './mutation';
import type { Plan } from './plan';
import { planRun } from './plan';
import { runPlan } from './run';
import { shrink } from './shrink';

/**
 * A failing seed in words: what is violated, the least that leads to it, what happened, and how to see it again.
 * Undefined: the seed does not fail.
 */
export async function tellFailure(seed: number, mutation?: Mutation): Promise<string | undefined> {
  const options = mutation ? { mutation } : {};
  const plan = planRun(seed);
  const [violation] = (await runPlan(plan, options)).violations;
  if (violation === undefined) return undefined;
  const smallest = await shrink(plan, violation, mutation);
  const { told } = await runPlan(smallest, { ...options, tells: true });
  return [
    `Seed ${seed}${mutation ? ` with the mutation "${mutation.name}"` : ''}: ${violation}`,
    `The least that leads to it, by ${smallest.channel}:`,
    ...describePlan(smallest).map((line) => `  ${line}`),
    'What happened:',
    ...told.map((line) => `  ${line}`),
    `Again: npx projen simulate --seed ${seed}`,
  ].join('\n');
}

function describePlan({
  requests,
  faults,
  optOuts,
  resends,
  validMinutes,
  review,
  openLimit,
  listsOtherWords,
  failsLate,
  hasOtherNames,
  clients,
}: Plan): readonly string[] {
  return [
    ...(resends ? ['the template allows a second send'] : []),
    ...(validMinutes === undefined ? [] : [`the message is of use for ${validMinutes} minutes`]),
    ...(openLimit === undefined ? [] : [`${openLimit} conversations may be open at once`]),
    ...(clients.isTest ? ['the key is a test key'] : []),
    ...(clients.sendAt === undefined ? [] : [`every message is wanted after ${clients.sendAt} s`]),
    ...clients.cancels.map(({ request, at }) => `request ${request} is cancelled after ${at} s`),
    ...(listsOtherWords ? ["the vendor's list shows other words"] : []),
    ...(failsLate ? ['deliveries fail late'] : []),
    ...(hasOtherNames ? ['the vendor knows recipients by another name, too'] : []),
    ...(review.isAsked ? ['the company wants a person to see its messages'] : []),
    ...(review.brokenFor > 0 ? [`the template is broken for ${review.brokenFor} s`] : []),
    ...review.decisions.map(({ after, what }) => `decision on each wait: ${what} after ${after} s`),
    ...requests.map(
      ({ number, recipient, at, repeats }) =>
        `request ${number} to recipient ${recipient} after ${[at, ...repeats].join(' s and ')} s`,
    ),
    ...optOuts.map(({ recipient, at }) => `recipient ${recipient} says stop after ${at} s`),
    ...faults.map(
      (fault) =>
        `${fault.on} ${fault.nth}: `
          + `${fault.what}${fault.on === 'call' && fault.what === 'stall' ? ` for ${fault.seconds} s` : ''}`,
    ),
  ];
}
