import type { github } from 'projen';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { actionStep, prepare } from './action-step';
import type { SealedAssembly } from './assembly-steps';
import { ASSEMBLY, BILL, openAssembly, sealAssembly, storeAssembly, storeBill, storeSourceMaps } from './assembly-steps';
import { guardJob } from './guard-job';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { assumeDeployRole, assumeTestRole, checkAccount, checkSettings, deploy, testStage } from './stage-steps';
import { addWorkflow } from './workflow-file';

/** The build's own assembly: only until the run's other jobs have it, in days. */
const BUILD_RETENTION = 7;

/** Not `build`: a check of that name is required of pull requests, and must mean one job alone. */
const BUILD = 'assemble';

const BUILT: SealedAssembly = { artifact: 'assembly', digest: `needs.${BUILD}.outputs.digest` };

/** The file that the search for a tested assembly trusts. */
export const DELIVER_FILE = 'deliver.yml';

/** Builds once, deploys and tests that build stage by stage, and keeps it under its tree's hash if all went well. */
export function addDeliverWorkflow(provider: github.GitHub, plan: StagePlan, repository: RepositoryIdentity): void {
  const workflow = addWorkflow(provider, 'deliver', {
    triggers: { push: { branches: [plan.deliveryBranch] } },
    concurrency: { group: 'deliver', cancelInProgress: false },
  });
  workflow.addJob(BUILD, job({
    timeoutMinutes: 30,
    outputs: { of: 'seal', names: ['digest', 'tree'] },
    steps: [
      ...prepare(),
      { name: 'Build, lint and test', run: 'npx projen build' },
      pipelineStep('Refuse changed generated files', 'generated-files'),
      ...sealAssembly(BUILT.artifact, BUILD_RETENTION),
      ...storeBill(),
      ...storeSourceMaps(),
    ],
  }));
  workflow.addJob('attest', attestJob());
  let previous = BUILD;
  for (const stage of plan.delivered) {
    const guard = `guard-${stage.name}`;
    workflow.addJob(guard, guardJob(stage, plan, { needs: [] }));
    workflow.addJob(`deploy-${stage.name}`, deployJob(stage, repository, [previous, guard]));
    workflow.addJob(`integration-${stage.name}`, integrationJob(stage, repository));
    previous = `integration-${stage.name}`;
  }
  workflow.addJob('tested', job({
    needs: [BUILD, 'attest', previous],
    timeoutMinutes: 10,
    steps: [
      ...prepare(),
      ...openAssembly(BUILT, { title: 'the assembly', folder: 'sealed', into: ASSEMBLY }),
      storeAssembly(`tested-\${{ needs.${BUILD}.outputs.tree }}-\${{ needs.${BUILD}.outputs.digest }}`, 'sealed'),
    ],
  }));
}

function deployJob(
  stage: PipelineStage, repository: RepositoryIdentity, before: readonly string[]): github.workflows.Job {
  return job({
    needs: [...new Set([BUILD, ...before])],
    environment: stage.environment,
    exclusive: `deploy-${stage.name}`,
    timeoutMinutes: 45,
    steps: [
      ...prepare(),
      checkSettings(stage, repository, stage.environment),
      ...openAssembly(BUILT, { title: 'the assembly', folder: 'sealed', into: ASSEMBLY }),
      assumeDeployRole(stage),
      checkAccount(stage, ASSEMBLY),
      deploy(stage, { name: 'Deploy', id: 'deploy', assembly: ASSEMBLY }),
    ],
  });
}

function integrationJob(stage: PipelineStage, repository: RepositoryIdentity): github.workflows.Job {
  return job({
    needs: [`deploy-${stage.name}`],
    environment: testEnvironmentOf(stage),
    timeoutMinutes: stage.tests.timeoutMinutes + 10,
    steps: [
      ...prepare(),
      checkSettings(stage, repository, testEnvironmentOf(stage)),
      assumeTestRole(stage),
      testStage(stage, 'Test the deployed stage'),
    ],
  });
}

/** Where a repository's plan has attestations though it is private, the repository variable of this name says so. */
export const ATTESTATIONS_VARIABLE = 'ARTIFACT_ATTESTATIONS';

/**
 * Lets GitHub sign which workflow of which commit has made the assembly, and what is in it. The job runs no code of
 * ours and no package, so that none of them can sign anything.
 */
function attestJob(): github.workflows.Job {
  const offered = `!github.event.repository.private || vars.${ATTESTATIONS_VARIABLE} == 'offered'`;
  const subject = {
    'subject-name': 'assembly.tar.gz',
    'subject-digest': `sha256:\${{ ${BUILT.digest} }}`,
  };
  const notice = `Not attested: GitHub attests private repositories on the plan Enterprise Cloud alone. `
    + `If yours has it, set the repository variable ${ATTESTATIONS_VARIABLE} to offered.`;
  return job({
    needs: [BUILD],
    attests: true,
    timeoutMinutes: 10,
    steps: [
      { name: 'Say that nothing is attested', if: `!(${offered})`, run: `echo '::notice title=Attestation::${notice}'` },
      actionStep('Fetch the bill of materials', 'actions/download-artifact', {
        if: offered, with: { name: BILL.artifact, path: BILL.folder },
      }),
      actionStep('Attest where the assembly comes from', 'actions/attest', { if: offered, with: subject }),
      actionStep('Attest what is in it', 'actions/attest', {
        if: offered, with: { ...subject, 'sbom-path': `${BILL.folder}/${BILL.file}` },
      }),
    ],
  });
}
