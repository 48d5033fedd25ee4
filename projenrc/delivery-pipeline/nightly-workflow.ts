import { github } from 'projen';
import type { RepositoryIdentity } from '../../src/infra/bootstrap/delivery-context';
import { actionStep, prepare } from './action-step';
import { job } from './job';
import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { assumeTestRole, checkSettings } from './stage-steps';
import { addWorkflow } from './workflow-file';

type JobStep = github.workflows.JobStep;

/** Where a job leaves its reports, and where those of all jobs are read. */
export const REPORTS = 'dist/nightly';


interface NightlyOptions {
  readonly repository: RepositoryIdentity;
  /** Versions of Node.js that everything must work on. */
  readonly nodeVersions: readonly string[];
}

/** Early enough that a finding is there in the morning; not on the hour, when GitHub's queue is longest. */
const EVERY_NIGHT = '23 3 * * *';

/**
 * Looks for what no change announces, and keeps one issue a check: opened, brought up to date, closed when all is well
 * again.
 */
export function addNightlyWorkflow(provider: github.GitHub, plan: StagePlan, options: NightlyOptions): void {
  const { repository } = options;
  const workflow = addWorkflow(provider, 'nightly', {
    triggers: { schedule: [{ cron: EVERY_NIGHT }], workflowDispatch: {} },
    concurrency: { group: 'nightly', cancelInProgress: false },
  });
  const stages = [...plan.delivered, ...plan.promoted];
  for (const stage of stages) workflow.addJob(`watch-${stage.name}`, watchJob(stage, repository));
  workflow.addJob('advisories', advisoriesJob());
  for (const node of options.nodeVersions) workflow.addJob(suiteName(node), suiteJob(node));
  workflow.addJob('api-checks', apiJob());
  workflow.addJob('report', reportJob({
    ...Object.fromEntries(stages.map(({ name }) => [`watch-${name}`, [`drift-${name}`, `dead-letters-${name}`]])),
    advisories: ['advisories'],
    ...Object.fromEntries(options.nodeVersions.map((node) => [suiteName(node), [suiteName(node)]])),
  }));
}

function watchJob(stage: PipelineStage, repository: RepositoryIdentity): github.workflows.Job {
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
      checkSettings(stage, repository, testEnvironmentOf(stage)),
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

function advisoriesJob(): github.workflows.Job {
  return job({
    timeoutMinutes: 15,
    steps: [
      ...prepare(),
      pipelineStep('Ask for known weaknesses', 'advisories', { flags: { report: `${REPORTS}/advisories.json` } }),
      storeReports('advisories'),
    ],
  });
}

/** The API's document and the client's package, judged by other people's tools; a finding fails the job. */
function apiJob(): github.workflows.Job {
  return job({
    timeoutMinutes: 45,
    steps: [
      ...prepare(),
      { name: "Lint the API's document and the client's package", run: 'npx projen openapi:lint' },
      { name: 'Derive requests from the document', run: 'npx projen openapi:fuzz -- --require --examples 200' },
    ],
  });
}

/** Letters, digits and hyphens, as a job's name may have them. */
function suiteName(node: string): string {
  return `suite-node-${node.replaceAll('.', '-')}`;
}

/** The whole build on a version of Node.js: the newest of the functions' runtime, and the oldest that is promised. */
function suiteJob(node: string): github.workflows.Job {
  return job({
    timeoutMinutes: 45,
    steps: [
      ...prepare({ node }),
      { name: 'Build, lint and test', id: 'build', run: 'npx projen build', continueOnError: true },
      pipelineStep('Say how it went', 'suite', {
        flags: { node, report: `${REPORTS}/${suiteName(node)}.json` },
        expressions: { outcome: 'steps.build.outcome' },
      }),
      storeReports(suiteName(node)),
    ],
  });
}

/** Keeps a job's reports in an artifact of its own. */
export function storeReports(name: string): JobStep {
  return actionStep('Store the reports', 'actions/upload-artifact', {
    if: 'success() || failure()',
    with: {
      'name': `report-${name}`,
      'path': REPORTS,
      'if-no-files-found': 'ignore',
      'overwrite': true,
      'retention-days': 7,
    },
  });
}

/**
 * Keeps one issue per check. `checks` names the checks of each job; each is read from that job's artifact alone, so
 * that no job can speak for another.
 */
export function reportJob(checks: Readonly<Record<string, readonly string[]>>): github.workflows.Job {
  return job({
    needs: Object.keys(checks),
    if: 'always()',
    timeoutMinutes: 10,
    grants: { issues: github.workflows.JobPermission.WRITE },
    steps: [
      ...prepare(),
      actionStep('Fetch the reports', 'actions/download-artifact', { with: { pattern: 'report-*', path: REPORTS } }),
      pipelineStep('Keep one issue per check', 'issues', {
        flags: {
          reports: REPORTS,
          check: Object.entries(checks).flatMap(([name, all]) => all.map((check) => `report-${name}/${check}`)),
        },
        callsGitHub: true,
      }),
    ],
  });
}
