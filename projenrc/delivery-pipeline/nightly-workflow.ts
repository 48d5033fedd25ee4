import { github } from 'projen';
import { actionStep, prepare } from './action-step';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { assumeTestRole, checkSettings } from './stage-steps';
import { addWorkflow } from './workflow-file';

type JobStep = github.workflows.JobStep;

const REPORTS = 'dist/nightly';
/** Early enough that a finding is there in the morning; not on the hour, when GitHub's queue is longest. */
const EVERY_NIGHT = '23 3 * * *';

/**
 * Looks for what no change announces, and keeps one issue a check: opened, brought up to date, closed when all is well
 * again.
 */
export function addNightlyWorkflow(provider: github.GitHub, plan: StagePlan, repository: string): void {
  const workflow = addWorkflow(provider, 'nightly', {
    triggers: { schedule: [{ cron: EVERY_NIGHT }], workflowDispatch: {} },
    concurrency: { group: 'nightly', cancelInProgress: false },
  });
  const stages = [...plan.delivered, ...plan.promoted];
  for (const stage of stages) workflow.addJob(`watch-${stage.name}`, watchJob(stage, repository));
  workflow.addJob('upgrades', upgradesJob());
  workflow.addJob('report', reportJob(
    [...stages.map((stage) => `watch-${stage.name}`), 'upgrades'],
    [...stages.flatMap((stage) => [`drift-${stage.name}`, `dead-letters-${stage.name}`]), 'upgrades'],
  ));
}

function watchJob(stage: PipelineStage, repository: string): github.workflows.Job {
  const flags = (check: string) => ({
    stage: stage.name,
    region: stage.region,
    report: `${REPORTS}/${check}-${stage.name}.json`,
  });
  return job({
    environment: testEnvironmentOf(stage),
    timeoutMinutes: 30,
    steps: [
      ...prepare(),
      checkSettings(stage, repository),
      assumeTestRole(stage),
      pipelineStep('Compare the stage with its stack', 'drift', { flags: flags('drift') }),
      pipelineStep('Count the dead letters', 'dead-letters', {
        if: 'success() || failure()',
        flags: flags('dead-letters'),
      }),
      storeReports(`watch-${stage.name}`),
    ],
  });
}

/** New versions run here with a token that can only read; the issue is another job's. */
function upgradesJob(): github.workflows.Job {
  return job({
    timeoutMinutes: 30,
    steps: [
      ...prepare(),
      {
        name: 'Take the newest versions that the ranges allow',
        run: 'npm update --ignore-scripts --no-audit --no-fund',
      },
      { name: 'Build, lint and test with them', id: 'build', run: 'npx projen build', continueOnError: true },
      pipelineStep('Say what can be upgraded', 'upgrades', {
        flags: { report: `${REPORTS}/upgrades.json` },
        expressions: { outcome: 'steps.build.outcome' },
      }),
      storeReports('upgrades'),
    ],
  });
}

function storeReports(name: string): JobStep {
  return actionStep('Store the reports', 'actions/upload-artifact', {
    if: 'success() || failure()',
    with: {
      'name': `nightly-${name}`,
      'path': REPORTS,
      'if-no-files-found': 'ignore',
      'overwrite': true,
      'retention-days': 7,
    },
  });
}

function reportJob(needs: readonly string[], checks: readonly string[]): github.workflows.Job {
  return job({
    needs,
    if: 'always()',
    timeoutMinutes: 10,
    grants: { issues: github.workflows.JobPermission.WRITE },
    steps: [
      ...prepare(),
      actionStep('Fetch the reports', 'actions/download-artifact', {
        with: { 'pattern': 'nightly-*', 'path': REPORTS, 'merge-multiple': true },
      }),
      pipelineStep('Keep one issue a check', 'issues', {
        flags: { reports: REPORTS, check: checks },
        callsGitHub: true,
      }),
    ],
  });
}
