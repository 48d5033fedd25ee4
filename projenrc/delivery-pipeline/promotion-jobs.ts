import { github } from 'projen';
import { prepare } from './action-step';
import { ASSEMBLY, foundBy, openAssembly, storeAssembly } from './assembly-steps';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import { assumeDeployRole, assumeTestRole, checkSettings, deploy, testStage } from './stage-steps';

const { READ } = github.workflows.JobPermission;

/** What lets a job look into other runs and read an environment's rules. */
export const READ_RUNS: github.workflows.JobPermissions = { actions: READ };

const PREVIOUS = 'dist/previous';
const PREVIOUS_EXISTS = "steps.previous.outputs.artifact != ''";
const TESTS_FAILED = "failure() && steps.tests.outcome == 'failure'";

interface PromotionOptions {
  readonly repository: string;
  readonly stage: PipelineStage;
  /** The job that found the assembly to deploy. */
  readonly find: string;
  /** Jobs that come first, besides `find`. */
  readonly after: readonly string[];
  /** When the stage is meant at all. */
  readonly condition: string;
}

/** The jobs, by name, that bring an assembly found elsewhere to one stage; the last one is `deploy-<stage>`. */
export function promotionJobs(options: PromotionOptions): Record<string, github.workflows.Job> {
  const { stage, find, after, condition } = options;
  const guard = `guard-${stage.name}`;
  const difference = `difference-${stage.name}`;
  if (stage.gate.kind === 'none') return { [`deploy-${stage.name}`]: deployJob(options, [find, ...after]) };
  return {
    [guard]: job({
      needs: [find, ...after],
      if: condition,
      timeoutMinutes: 10,
      grants: READ_RUNS,
      steps: [...prepare(), guardStep(stage)],
    }),
    [difference]: job({
      needs: [find, guard],
      if: condition,
      timeoutMinutes: 10,
      grants: READ_RUNS,
      steps: [
        ...prepare(),
        ...openPrevious(stage),
        ...openAssembly(foundBy(`needs.${find}`), { title: 'the tested assembly', folder: 'sealed', into: ASSEMBLY }),
        pipelineStep('Compare with the stage as it is', 'difference', {
          flags: { before: PREVIOUS, after: ASSEMBLY, stage: stage.name, report: 'dist/difference.md' },
        }),
      ],
    }),
    [`deploy-${stage.name}`]: deployJob(options, [find, guard, difference]),
  };
}

/**
 * Deployment, test and, after a failed test, the way back in one job: GitHub asks the reviewers for each job of a gated
 * environment anew, and what puts a broken stage right must not wait for that.
 */
function deployJob(
  { stage, find, condition, repository }: PromotionOptions,
  needs: readonly string[],
): github.workflows.Job {
  return job({
    needs,
    if: condition,
    environment: stage.environment,
    exclusive: `deploy-${stage.name}`,
    timeoutMinutes: 90 + stage.tests.timeoutMinutes,
    grants: READ_RUNS,
    steps: [
      ...prepare(),
      checkSettings(stage, repository),
      ...openPrevious(stage),
      ...openAssembly(foundBy(`needs.${find}`), { title: 'the tested assembly', folder: 'sealed', into: ASSEMBLY }),
      assumeDeployRole(stage),
      deploy(stage, { name: 'Deploy', id: 'deploy', assembly: ASSEMBLY }),
      assumeTestRole(stage),
      testStage(stage, 'Test the deployed stage'),
      storeAssembly(
        `released-${stage.name}-\${{ needs.${find}.outputs.tree }}-\${{ needs.${find}.outputs.digest }}`,
        'sealed',
      ),
      assumeDeployRole(stage, `${TESTS_FAILED} && ${PREVIOUS_EXISTS}`),
      deploy(stage, {
        name: 'Go back to the previous release',
        assembly: PREVIOUS,
        if: `${TESTS_FAILED} && ${PREVIOUS_EXISTS}`,
      }),
    ],
  });
}

/** The stage's last release, if there was one: what the difference is against, and what a failure goes back to. */
function openPrevious(stage: PipelineStage): github.workflows.JobStep[] {
  return [
    pipelineStep('Find the previous release', 'find-released', {
      id: 'previous',
      flags: { stage: stage.name, branch: stage.branch },
      callsGitHub: true,
    }),
    ...openAssembly(foundBy('steps.previous'), {
      title: 'the previous release',
      folder: 'previous-sealed',
      into: PREVIOUS,
      if: PREVIOUS_EXISTS,
    }),
  ];
}

function guardStep(stage: PipelineStage): github.workflows.JobStep {
  const { gate } = stage;
  return pipelineStep('Check that the gate is closed', 'guard', {
    flags: {
      'environment': stage.environment,
      'test-environment': testEnvironmentOf(stage),
      'branch': stage.branch,
      'gate': gate.kind,
      ...(gate.kind === 'manual-dispatch' ? { team: gate.team, person: gate.people } : {}),
    },
    expressions:
      gate.kind === 'manual-dispatch' ? { actor: 'github.triggering_actor', event: 'github.event_name' } : {},
    callsGitHub: true,
  });
}
