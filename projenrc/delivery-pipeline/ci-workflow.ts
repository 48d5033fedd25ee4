import { github } from 'projen';
import { prepare } from './action-step';
import { ASSEMBLY, openAssembly, sealAssembly } from './assembly-steps';
import { job } from './job';
import { pipelineStep } from './pipeline-step';
import type { StagePlan } from './stage-plan';
import { addWorkflow } from './workflow-file';

/** What the checks make stays only as long as it may be read, in days. */
const SHORT_RETENTION = 3;

/** Checks of a pull request: read-only towards the code, without an identity, whatever the change contains. */
export function addCiWorkflow(provider: github.GitHub, plan: StagePlan): void {
  const workflow = addWorkflow(provider, 'ci', {
    triggers: { pullRequest: { branches: [...plan.branches] }, mergeGroup: {} },
    concurrency: { group: 'ci-${{ github.ref }}', cancelInProgress: true },
  });
  workflow.addJob('build', job({
    timeoutMinutes: 20,
    outputs: { of: 'seal', names: ['digest'] },
    steps: [
      ...prepare({ cachePackages: true }),
      { name: 'Build, lint and test', run: 'npx projen build' },
      pipelineStep('Refuse changed generated files', 'generated-files'),
      ...sealAssembly('assembly', SHORT_RETENTION),
    ],
  }));
  workflow.addJob('difference', differenceJob());
}

/**
 * Runs the target branch's code only: the change itself is here as data, an assembly that is read and not executed. So
 * the one grant to write, the comment, never meets code of the pull request.
 */
function differenceJob(): github.workflows.Job {
  const report = 'dist/difference.md';
  return job({
    needs: ['build'],
    if: "github.event_name == 'pull_request'",
    timeoutMinutes: 15,
    grants: { pullRequests: github.workflows.JobPermission.WRITE },
    steps: [
      ...prepare({ ref: '${{ github.base_ref }}', cachePackages: true }),
      { name: 'Synthesise the target branch', run: 'npx projen synth:silent' },
      ...openAssembly(
        { artifact: 'assembly', digest: 'needs.build.outputs.digest' },
        { title: "the change's assembly", folder: 'sealed', into: 'dist/changed' },
      ),
      pipelineStep('Compare the infrastructure', 'difference', {
        flags: { before: ASSEMBLY, after: 'dist/changed', report },
      }),
      pipelineStep('Comment on the pull request', 'comment', {
        // A fork's token may only read, whatever the grants say; its difference is in the job's summary.
        if: 'github.event.pull_request.head.repo.full_name == github.repository',
        flags: { report },
        expressions: { 'pull-request': 'github.event.pull_request.number' },
        callsGitHub: true,
      }),
    ],
  });
}
