import type { github } from 'projen';
import { prepare } from './action-step';
import { job } from './job';
import { REPORTS, reportJob, storeReports } from './nightly-workflow';
import { pipelineStep } from './pipeline-step';
import { addWorkflow } from './workflow-file';

/** After the nightly checks. */
const EVERY_NIGHT = '53 3 * * *';

/**
 * Tries the newest versions of packages. It is a workflow of its own because it runs what nobody has reviewed: what it
 * stores lies in a run of its own, where no check of a stage looks.
 */
export function addUpgradesWorkflow(provider: github.GitHub): void {
  const workflow = addWorkflow(provider, 'upgrades', {
    triggers: { schedule: [{ cron: EVERY_NIGHT }], workflowDispatch: {} },
    concurrency: { group: 'upgrades', cancelInProgress: false },
  });
  workflow.addJob('upgrades', upgradesJob());
  workflow.addJob('report-upgrades', reportJob({ upgrades: ['upgrades'] }));
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
