import type { github } from 'projen';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { prepare } from './action-step';
import { FOUND } from './assembly-steps';
import { DELIVER_FILE } from './deliver-workflow';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import { READ_RUNS } from './guard-job';
import { promotionJobs } from './promotion-jobs';
import type { StagePlan } from './stage-plan';
import { addWorkflow } from './workflow-file';

/** Brings to the later stages exactly what was tested for the very same tree, and builds nothing. */
export function addPromoteWorkflow(provider: github.GitHub, plan: StagePlan, repository: RepositoryIdentity): void {
  const byHand = plan.promoted.filter((stage) => stage.gate.kind === 'manual-dispatch');
  const byPush = plan.promoted.filter((stage) => !byHand.includes(stage));
  const workflow = addWorkflow(provider, 'promote', {
    triggers: {
      ...(byPush.length > 0 ? { push: { branches: [...new Set(byPush.map((stage) => stage.branch))] } } : {}),
      ...(byHand.length > 0 ? { workflowDispatch: {} } : {}),
    },
    concurrency: { group: 'promote-${{ github.ref }}', cancelInProgress: false },
  });
  workflow.addJob('find', job({
    timeoutMinutes: 10,
    grants: READ_RUNS,
    outputs: { of: 'find', names: FOUND },
    steps: [
      ...prepare(),
      pipelineStep('Find the assembly that was tested for this tree', 'find-tested', {
        id: 'find',
        flags: {
          workflow: DELIVER_FILE,
          branch: plan.deliveryBranch,
          environment: plan.delivered.map(({ environment }) => environment),
        },
        expressions: { release: 'github.ref_name' },
        callsGitHub: true,
      }),
    ],
  }));
  const last = new Map<string, string>();
  for (const stage of plan.promoted) {
    const before = last.get(stage.branch);
    workflow.addJobs(
      promotionJobs({
        repository,
        plan,
        stage,
        names: { guard: 'guard', difference: 'difference', deploy: 'deploy' },
        find: 'find',
        after: before === undefined ? [] : [before],
        condition: meant(stage),
      }),
    );
    last.set(stage.branch, `deploy-${stage.name}`);
  }
}

function meant(stage: PipelineStage): string {
  const branch = `github.ref == 'refs/heads/${stage.branch}'`;
  return stage.gate.kind === 'manual-dispatch' ? `${branch} && github.event_name == 'workflow_dispatch'` : branch;
}
