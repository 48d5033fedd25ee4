import { github } from 'projen';
import { prepare } from './action-step';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';

const { READ } = github.workflows.JobPermission;

/** What lets a job look into other runs and their deployments, and read an environment's rules. */
export const READ_RUNS: github.workflows.JobPermissions = { actions: READ, deployments: READ };

interface GuardOptions {
  readonly needs: readonly string[];
  readonly if?: string;
}

/** Looks whether GitHub really protects the way to a stage, before anybody is asked to approve. */
export function guardJob(stage: PipelineStage, plan: StagePlan, options: GuardOptions): github.workflows.Job {
  return job({
    ...(options.needs.length > 0 ? { needs: options.needs } : {}),
    ...(options.if === undefined ? {} : { if: options.if }),
    timeoutMinutes: 10,
    grants: { actions: READ },
    steps: [...prepare(), guardStep(stage, plan)],
  });
}

function guardStep(stage: PipelineStage, plan: StagePlan): github.workflows.JobStep {
  const { gate } = stage;
  const isPromoted = plan.promoted.includes(stage);
  return pipelineStep('Check that the gate is closed', 'guard', {
    flags: {
      'environment': stage.environment,
      'test-environment': testEnvironmentOf(stage),
      // The nightly checks run on the default branch, which is the delivery's.
      'test-branch': [...new Set([plan.deliveryBranch, stage.branch])],
      'branch': stage.branch,
      'gate': gate.kind,
      ...(gate.kind === 'manual-dispatch' ? { team: gate.team, person: gate.people } : {}),
    },
    switches: isPromoted ? ['merge-commits'] : [],
    expressions:
      gate.kind === 'manual-dispatch' ? { actor: 'github.triggering_actor', event: 'github.event_name' } : {},
    callsGitHub: true,
  });
}
