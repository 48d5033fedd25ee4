import type { github } from 'projen';
import { prepare } from './action-step';
import { FOUND } from './assembly-steps';
import { job } from './job';
import { pipelineStep } from './pipeline-step';
import { promotionJobs, READ_RUNS } from './promotion-jobs';
import type { StagePlan } from './stage-plan';
import { addWorkflow } from './workflow-file';

/** Releases once more what an earlier run released, through the same verification and the same gate. */
export function addRollbackWorkflow(provider: github.GitHub, plan: StagePlan, repository: string): void {
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
  workflow.addJob('find', job({
    timeoutMinutes: 10,
    grants: READ_RUNS,
    outputs: { of: 'find', names: FOUND },
    steps: [
      ...prepare(),
      pipelineStep('Find what that run released', 'find-released', {
        id: 'find',
        expressions: { stage: 'inputs.stage', branch: 'github.ref_name', run: 'inputs.run' },
        callsGitHub: true,
      }),
    ],
  }));
  for (const stage of plan.promoted) {
    const condition = `inputs.stage == '${stage.name}' && github.ref == 'refs/heads/${stage.branch}'`;
    workflow.addJobs(promotionJobs({ repository, stage, find: 'find', after: [], condition }));
  }
}
