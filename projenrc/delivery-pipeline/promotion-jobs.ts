import type { github } from 'projen';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { prepare } from './action-step';
import { ASSEMBLY, foundBy, openAssembly, storeAssembly } from './assembly-steps';
import { guardJob, READ_RUNS } from './guard-job';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { assumeDeployRole, assumeTestRole, checkAccount, checkSettings, deploy, testStage } from './stage-steps';

const PREVIOUS = 'dist/previous';
const PREVIOUS_EXISTS = "steps.previous.outputs.artifact != ''";
const TESTS_FAILED = "failure() && steps.tests.outcome == 'failure'";

/** A check of GitHub is known by its job's name alone, so that each name stands for one job of one workflow. */
export interface JobNames {
  readonly guard: string;
  readonly difference: string;
  readonly deploy: string;
}

interface PromotionOptions {
  readonly repository: RepositoryIdentity;
  readonly plan: StagePlan;
  readonly stage: PipelineStage;
  /** What names of jobs begin with, which are no other workflow's. */
  readonly names: JobNames;
  /** The job that found the assembly to deploy. */
  readonly find: string;
  /** Jobs that come first, besides `find`. */
  readonly after: readonly string[];
  /** When the stage is meant at all. */
  readonly condition: string;
}

/** The jobs, by name, that bring an assembly found elsewhere to one stage; the last one deploys. */
export function promotionJobs(options: PromotionOptions): Record<string, github.workflows.Job> {
  const { stage, plan, find, after, condition, names } = options;
  const guard = `${names.guard}-${stage.name}`;
  const difference = `${names.difference}-${stage.name}`;
  const guarded = { [guard]: guardJob(stage, plan, { needs: [find, ...after], if: condition }) };
  const deployment = `${names.deploy}-${stage.name}`;
  if (stage.gate.kind === 'none') return { ...guarded, [deployment]: deployJob(options, deployment, [find, guard]) };
  return {
    ...guarded,
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
    [deployment]: deployJob(options, deployment, [find, guard, difference]),
  };
}

/**
 * Deployment, test and, after a failed test, the way back in one job: GitHub asks the reviewers for each job of a gated
 * environment anew, and what puts a broken stage right must not wait for that.
 */
function deployJob(
  { stage, find, condition, repository }: PromotionOptions,
  name: string,
  needs: readonly string[],
): github.workflows.Job {
  return job({
    needs,
    if: condition,
    environment: stage.environment,
    // A group of the workflow's own: a rollback must not wait behind a release that waits for its approval. Two that
    // deploy at once cannot harm each other, since CloudFormation lets only one change a stack.
    exclusive: name,
    timeoutMinutes: 90 + stage.tests.timeoutMinutes,
    grants: READ_RUNS,
    steps: [
      ...prepare(),
      checkSettings(stage, repository, stage.environment),
      ...openPrevious(stage),
      ...openAssembly(foundBy(`needs.${find}`), { title: 'the tested assembly', folder: 'sealed', into: ASSEMBLY }),
      assumeDeployRole(stage),
      checkAccount(stage, ASSEMBLY),
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
      flags: { stage: stage.name, branch: stage.branch, environment: `${stage.name}=${stage.environment}` },
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
