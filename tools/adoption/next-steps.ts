import type { StageStack } from './cloud';
import type { Planned, Decision } from './plan';
import type { Unreadable } from './survey';

/** What is left, and the next command. */
export function nextSteps(stage: string, planned: readonly Planned[], unreadable: readonly Unreadable[], stack: StageStack | undefined): readonly string[] {
  const has = (decision: Decision) => planned.some((one) => one.decision === decision);
  if (unreadable.length > 0) return ['Next: sign in with a role that may look at everything, then run this command again.'];
  if (has('blocked')) return ['Next: do what is said above under NEEDS YOU FIRST, then run this command again.'];
  if (has('import') || has('delete') || has('carry')) return [`Next: npx projen adopt --stage ${stage} --apply`];
  const waiting = planned.some(({ found, owner }) => found.kind === 'usage plan' && owner === undefined && found.keyIds.length > 0);
  const isDeployed = stack?.usagePlanId !== undefined;
  if (planned.length === 0 && !stack) {
    return [`There is nothing of the stage in this region: if that is a surprise, look at AWS_PROFILE and at the stage's region in .projenrc.ts. Next: ${deployCommand(stage)}`];
  }
  if (isDeployed) return ['Nothing is left to adopt: what stays in no stack is listed under KEEP.'];
  return [
    `Nothing stands in the way of a deployment any more. Next: ${deployCommand(stage)}`,
    ...(waiting ? [`After it once more: npx projen adopt --stage ${stage} --apply, which carries clients' keys over to the new usage plan.`] : []),
  ];
}

/** `dev` is what a deployment means where no stage is named. */
function deployCommand(stage: string): string {
  return `npx projen ${stage === 'dev' ? 'deploy' : `deploy:${stage}`}`;
}
