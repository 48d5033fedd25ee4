import type { github } from 'projen';
import { resourceNames } from '../../src/core/names';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { subjectsOf } from '../../src/infra/bootstrap/github-trust';
import { deployRoleName, testRoleName } from '../../src/infra/bootstrap/role-names';
import { actionStep } from './action-step';
import type { PipelineStage } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';

type JobStep = github.workflows.JobStep;

/** Says in one sentence what is missing, before AWS would answer with a riddle. */
export function checkSettings(stage: PipelineStage, repository: RepositoryIdentity, environment: string): JobStep {
  return pipelineStep('Check the settings', 'settings', {
    flags: {
      'stage': stage.name,
      'account-variable': stage.accountVariable,
      'repository': `${repository.owner}/${repository.name}`,
      'trusts': subjectsOf(repository, environment),
    },
    expressions: { account: `vars.${stage.accountVariable}` },
  });
}

export function assumeDeployRole(stage: PipelineStage, condition?: string): JobStep {
  return assumeRole('Assume the deploy role', stage, deployRoleName(stage.name), condition);
}

export function assumeTestRole(stage: PipelineStage): JobStep {
  return assumeRole('Assume the test role', stage, testRoleName(stage.name));
}

interface DeployOptions {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  /** The folder of the assembly. */
  readonly assembly: string;
}

/** Looks whether the account can take the stage, so that no deployment stops half way for what could be known. */
export function checkAccount(stage: PipelineStage, assembly: string): JobStep {
  return pipelineStep('Check the account', 'preflight', {
    flags: { stage: stage.name, region: stage.region, assembly },
  });
}

/** Deploys the stage's stack, and it alone, from an assembly as it lies there. */
export function deploy(stage: PipelineStage, options: DeployOptions): JobStep {
  const { assembly, ...step } = options;
  // The empty --build keeps the CLI from running cdk.json's build command, which it does even for a finished assembly.
  return {
    ...step,
    run: `npx cdk deploy --app ${assembly} --build '' --exclusively ${resourceNames(stage.name).stack} `
      + '--require-approval never --progress events',
  };
}

export function testStage(stage: PipelineStage, name: string): JobStep {
  return {
    name,
    id: 'tests',
    run: `npx projen ${stage.tests.task} --stage ${stage.name}`,
    timeoutMinutes: stage.tests.timeoutMinutes,
  };
}

function assumeRole(name: string, stage: PipelineStage, role: string, condition?: string): JobStep {
  const account = `\${{ vars.${stage.accountVariable} }}`;
  return actionStep(name, 'aws-actions/configure-aws-credentials', {
    ...(condition === undefined ? {} : { if: condition }),
    with: {
      'role-to-assume': `arn:aws:iam::${account}:role/${role}`,
      'role-session-name': `${stage.name}-\${{ github.run_id }}`,
      'aws-region': stage.region,
      'allowed-account-ids': account,
      'unset-current-credentials': true,
    },
  });
}
