import { resourceNames } from '../../../src/core/names';
import { archiveSteps } from './queue-steps';
import { intakeSteps } from './intake-steps';
import { oldStackSteps } from './stack-steps';
import type { Step } from './step';
import { tableSteps } from './table-steps';
import type { TakeoverPlan } from './takeover-plan';

/** The steps of a takeover in their order; in place if a stack owns the old environment, side by side otherwise. */
export function takeoverSteps(plan: TakeoverPlan): readonly Step[] {
  const isInPlace = plan.environment.way === 'in-place';
  const tables = tableSteps(plan);
  const intake = intakeSteps(plan);
  const queues = archiveSteps(plan);
  const stacks = oldStackSteps(plan);
  return [
    tables.protect,
    ...(isInPlace ? [stacks.retain, tables.addIndexes] : []),
    intake.close,
    queues.archive,
    queues.drain,
    queues.stop,
    tables.backUp,
    isInPlace ? stacks.release : queues.deleteMappings,
    stacks.import,
    deployStep(plan),
    isInPlace ? tables.compare : tables.copy,
    intake.keys,
    intake.relay,
    intake.finish,
  ];
}

function deployStep({ stage, stageStack }: TakeoverPlan): Step {
  const command = `npx projen deploy${stage === 'dev' ? '' : ` --stage ${stage}`}`;
  return {
    id: 'deploy',
    title: `Deploy the new engine (${command})`,
    blocker: async () => {
      const stack = await stageStack();
      if (stack?.usagePlanId !== undefined && /^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) return undefined;
      return `run \`${command}\` now, then this command again`;
    },
    run: async () => Promise.resolve(`the stack ${resourceNames(stage).stack} has all its resources`),
    noUndo: 'the new engine may have accepted messages; to go back, delete nothing: close the intake with `--close`, '
      + 'wait until its queues are empty, then roll back the deployment',
  };
}
