import { resourceNames } from '../../../src/core/names';
import type { StageStack } from '../cloud';
import type { StageTemplate } from '../stage-template';
import { archiveSteps } from './queue-steps';
import { intakeSteps } from './intake-steps';
import type { OldEnvironment } from './old-environment';
import type { TakeoverOperations } from './operations';
import { oldStackSteps } from './stack-steps';
import type { Notes, Step } from './step';
import { tableSteps } from './table-steps';

export interface TakeoverPlan {
  readonly stage: string;
  readonly environment: OldEnvironment;
  readonly template: StageTemplate;
  readonly operations: TakeoverOperations;
  /** The stage's own stack as it is now. */
  readonly stageStack: () => Promise<StageStack | undefined>;
  /** The operator agreed that messages that no function will process go to the archive. */
  readonly archivesMessages: boolean;
  /** Milliseconds between two looks at the queues: SQS counts a minute late. */
  readonly drainPause: number;
  /** Minutes after which draining gives up. */
  readonly drainMinutes: number;
  /** Days without a call after which the old API may go; undefined if it is to stay. */
  readonly finishAfterDays: number | undefined;
  readonly log: (line: string) => void;
  /** Deletes the old API, usage plans, functions, roles, tables that were copied. Returns what it deleted. */
  readonly deleteOldEnvironment: () => Promise<string>;
  /** What a step has remembered; empty if it was never started. */
  readonly notesOf: (id: string) => Promise<Notes>;
  /** Keeps the lock while a step works on. */
  readonly renew: () => Promise<void>;
}

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
