import type { github } from 'projen';
import { prepare } from './action-step';
import type { SealedAssembly } from './assembly-steps';
import { ASSEMBLY, openAssembly, sealAssembly, storeAssembly } from './assembly-steps';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { assumeDeployRole, assumeTestRole, checkSettings, deploy, testStage } from './stage-steps';
import { addWorkflow } from './workflow-file';

/** The build's own assembly: only until the run's other jobs have it, in days. */
const BUILD_RETENTION = 7;

const BUILT: SealedAssembly = { artifact: 'assembly', digest: 'needs.build.outputs.digest' };

/** The file that the search for a tested assembly trusts. */
export const DELIVER_FILE = 'deliver.yml';

/** Builds once, deploys and tests that build stage by stage, and keeps it under its tree's hash if all went well. */
export function addDeliverWorkflow(provider: github.GitHub, plan: StagePlan, repository: string): void {
  const workflow = addWorkflow(provider, 'deliver', {
    triggers: { push: { branches: [plan.deliveryBranch] } },
    concurrency: { group: 'deliver', cancelInProgress: false },
  });
  workflow.addJob('build', job({
    timeoutMinutes: 20,
    outputs: { of: 'seal', names: ['digest', 'tree'] },
    steps: [
      ...prepare(),
      { name: 'Build, lint and test', run: 'npx projen build' },
      pipelineStep('Refuse changed generated files', 'generated-files'),
      ...sealAssembly(BUILT.artifact, BUILD_RETENTION),
    ],
  }));
  let previous = 'build';
  for (const stage of plan.delivered) {
    workflow.addJob(`deploy-${stage.name}`, deployJob(stage, repository, previous));
    workflow.addJob(`integration-${stage.name}`, integrationJob(stage, repository));
    previous = `integration-${stage.name}`;
  }
  workflow.addJob('tested', job({
    needs: ['build', previous],
    timeoutMinutes: 10,
    steps: [
      ...prepare(),
      ...openAssembly(BUILT, { title: 'the assembly', folder: 'sealed', into: ASSEMBLY }),
      storeAssembly('tested-${{ needs.build.outputs.tree }}-${{ needs.build.outputs.digest }}', 'sealed'),
    ],
  }));
}

function deployJob(stage: PipelineStage, repository: string, previous: string): github.workflows.Job {
  return job({
    needs: [...new Set(['build', previous])],
    environment: stage.environment,
    exclusive: `deploy-${stage.name}`,
    timeoutMinutes: 45,
    steps: [
      ...prepare(),
      checkSettings(stage, repository),
      ...openAssembly(BUILT, { title: 'the assembly', folder: 'sealed', into: ASSEMBLY }),
      assumeDeployRole(stage),
      deploy(stage, { name: 'Deploy', id: 'deploy', assembly: ASSEMBLY }),
    ],
  });
}

function integrationJob(stage: PipelineStage, repository: string): github.workflows.Job {
  return job({
    needs: [`deploy-${stage.name}`],
    environment: testEnvironmentOf(stage),
    timeoutMinutes: stage.tests.timeoutMinutes + 10,
    steps: [
      ...prepare(),
      checkSettings(stage, repository),
      assumeTestRole(stage),
      testStage(stage, 'Test the deployed stage'),
    ],
  });
}
