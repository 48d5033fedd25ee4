import { github } from 'projen';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { prepare } from './action-step';
import { FOUND } from './assembly-steps';
import { job } from './job';
import { pipelineStep } from './pipeline-step';
import { READ_RUNS } from './guard-job';
import { promotionJobs } from './promotion-jobs';
import type { StagePlan } from './stage-plan';
import { addWorkflow } from './workflow-file';

/** Releases once more what an earlier run released, through the same verification and the same gate. */
export function addRollbackWorkflow(provider: github.GitHub, plan: StagePlan, repository: RepositoryIdentity): void {
  const workflow = addWorkflow(provider, 'rollback', {
    triggers: {
      workflowDispatch: {
        inputs: {
          stage: {
            description: 'The stage to bring back',
            required: true,
            type: 'choice',
            options: plan.promoted.map((stage) => stage.name),
          },
          run: {
            description: 'The number in the address of the promote or rollback run whose release it shall be again',
            required: true,
            type: 'string',
          },
        },
      },
    },
    concurrency: { group: 'rollback-${{ inputs.stage }}', cancelInProgress: false },
  });
  workflow.addJob('find-release', job({
    timeoutMinutes: 10,
    grants: READ_RUNS,
    outputs: { of: 'find', names: FOUND },
    steps: [
      ...prepare(),
      pipelineStep('Find what that run released', 'find-released', {
        id: 'find',
        flags: { environment: plan.promoted.map(({ name, environment }) => `${name}=${environment}`) },
        expressions: { stage: 'inputs.stage', branch: 'github.ref_name', run: 'inputs.run' },
        callsGitHub: true,
      }),
    ],
  }));
  for (const stage of plan.promoted) {
    const condition = `inputs.stage == '${stage.name}' && github.ref == 'refs/heads/${stage.branch}'`;
    const makeWay = `make-way-${stage.name}`;
    workflow.addJob(makeWay, job({
      needs: ['find-release'],
      if: condition,
      timeoutMinutes: 10,
      grants: { actions: github.workflows.JobPermission.WRITE },
      steps: [
        ...prepare(),
        pipelineStep('Cancel promotions that wait', 'make-way', { flags: { branch: stage.branch }, callsGitHub: true }),
      ],
    }));
    workflow.addJobs(promotionJobs({
      repository,
      plan,
      stage,
      names: { guard: 'guard-rollback', difference: 'difference-rollback', deploy: 'rollback' },
      find: 'find-release',
      after: [makeWay],
      condition,
    }));
  }
}
