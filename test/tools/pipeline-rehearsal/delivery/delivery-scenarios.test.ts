import { runScenarios } from '../../../../tools/pipeline-rehearsal/scenarios';
import type { ScenarioResult } from '../../../../tools/pipeline-rehearsal/scenarios';
import type { DeliveryUnderTest } from '../../../../tools/pipeline-rehearsal/delivery/delivery-scenarios';
import { deliveryScenarios } from '../../../../tools/pipeline-rehearsal/delivery/delivery-scenarios';
import type { DeliveryRun } from '../../../../tools/pipeline-rehearsal/delivery/delivery-rehearsal';
import { ArtifactStore } from '../../../../tools/workflow-runner/artifact-store';
import { HostingState } from '../../../../tools/workflow-runner/hosting/hosting-state';
import { ONE_COMMIT } from '../../delivery-steps/github/local-github';
import { temporaryFolder } from '../../delivery-steps/temporary-folder';

const stage = (name: string) => ({ name, environment: name, testEnvironment: `${name}-test`, region: 'eu-west-2' });
const FACTS = {
  repository: 'example-org/engine',
  deliveryBranch: 'develop',
  promotionBranch: 'main',
  delivered: [stage('dev')],
  promoted: [stage('prod')],
  variables: [],
};
const REASONS =
  'No reviewer has to approve a job of the environment / so that it is not what was built and tested / as a '
  + 'squash, a rebase or a direct change leaves them / ' +
  "Type 'string' is not assignable to type 'number' / the build changed / failed / Go back to the previous release / " +
  'that is not the number of a run';

/** What each run of the rehearsal must come to, in the order of the scenarios: the job that fails, or none. */
const AS_IT_MUST_BE = [
  '',
  '',
  'guard-prod',
  'difference-prod',
  'find',
  'assemble',
  'assemble',
  'deploy-dev',
  'integration-dev',
  '',
  'deploy-prod',
  '',
  '',
  '',
  'find-release',
];

interface World {
  /** Failing jobs by run. */
  readonly failing?: readonly string[];
  readonly log?: string;
  readonly asked?: readonly string[];
  readonly status?: string;
  readonly keeps?: (run: string) => boolean;
  /** Code of a stage's function after a number of runs. */
  readonly code?: (stage: string, runs: number) => string;
  readonly fault?: string;
}

/** Performs the scenarios against prepared answers. */
async function perform(world: World = {}): Promise<readonly ScenarioResult[]> {
  const { failing = AS_IT_MUST_BE, log = REASONS, asked = ['prod'], keeps = (run) => run !== '9' } = world;
  const state = new HostingState('example-org/engine', new ArtifactStore(temporaryFolder()), ONE_COMMIT);
  jest
    .spyOn(state.artifacts, 'list')
    .mockImplementation(async (run) => Promise.resolve(keeps(run) ? [{ name: 'tested-abc', storedAt: 0 }] : []));
  let runs = 0;
  const board: DeliveryUnderTest = {
    facts: FACTS,
    firstBuild: 'whole',
    repository: {
      head: async () => Promise.resolve('head'),
      inject: async () => Promise.resolve(),
      merge: async () => Promise.resolve(),
      reset: async () => Promise.resolve(),
    },
    delivery: {
      state,
      guard: () => undefined,
      tamper: async () => Promise.resolve(async () => Promise.resolve()),
      run: async (workflow) => {
        const failed = failing[runs] ?? '';
        runs += 1;
        const jobs: DeliveryRun['jobs'] =
          failed === ''
            ? [{ job: workflow === 'rollback' ? 'rollback-prod' : 'deploy-prod', result: 'success', seconds: 1 }]
            : [{ job: failed, result: 'failure', seconds: 1, failed: 'Step' }];
        return Promise.resolve({ id: String(runs), workflow, jobs, log, logFile: '/log', asked });
      },
    },
    view: (name) => ({
      code: async () =>
        Promise.resolve({
          router: world.code?.(name, runs) ?? (name === 'prod' && runs === 13 ? 'second release' : 'code'),
        }),
      state: async () => Promise.resolve({ status: world.status ?? 'UPDATE_ROLLBACK_COMPLETE', outputs: {} }),
      faultOfMessage: async () => Promise.resolve(world.fault),
    }),
  };
  return runScenarios(deliveryScenarios(board), {
    signal: new AbortController().signal,
    now: () => 0,
    print: () => undefined,
  });
}

function unexpected(rows: readonly ScenarioResult[]): readonly string[] {
  return rows.filter(({ result }) => result === 'UNEXPECTED').map(({ seen }) => seen);
}

test('a pipeline that keeps its promises goes as expected, fault for fault', async () => {
  const rows = await perform();
  expect(unexpected(rows)).toEqual([]);
  expect(rows).toHaveLength(12);
});

test.each([2, 3, 4, 5, 6, 7, 8, 14])('the injected fault of run %i that stops nothing is found', async (index) => {
  const rows = await perform({ failing: AS_IT_MUST_BE.map((job, run) => (run === index ? '' : job)) });
  expect(unexpected(rows)).toEqual([`no job failed instead of ${AS_IT_MUST_BE[index] ?? ''} (/log)`]);
});

test('a fault that is stopped for another reason is found', async () => {
  expect(unexpected(await perform({ log: 'something else failed' }))).toContain(
    'guard-prod failed, but for another reason than "No reviewer has to approve a job of the environment" (/log)',
  );
});

test('a release that fails in its first delivery ends the rehearsal', async () => {
  const rows = await perform({ failing: ['deploy-dev'], log: 'deploy-dev | Deploy: why\ndeploy-dev | Deploy: failed' });
  expect(rows[0]?.seen).toBe(
    'the job deploy-dev of deliver ended as failure at "Step": deploy-dev | Deploy: why (/log)',
  );
  expect(rows.slice(1).every(({ result }) => result === 'not reached')).toBe(true);
});

test.each<[string, World, string]>([
  ['prod runs other code than dev', { code: (name) => name }, 'the function router-prod runs other code than it must'],
  ['the reviewers are not asked', { asked: [] }, 'the reviewers were asked 0 times instead of once'],
  ['no assembly is kept', { keeps: () => false }, 'every job went well, but no tested assembly was kept'],
  ['messages stay away', { fault: 'nothing came' }, 'dev does not serve: nothing came'],
  [
    'a stack stays half deployed',
    { status: 'UPDATE_ROLLBACK_FAILED' },
    'the stack of dev is in the state UPDATE_ROLLBACK_FAILED instead of UPDATE_ROLLBACK_COMPLETE',
  ],
  [
    'a broken deployment is not taken back',
    { code: (name, runs) => (name === 'dev' && runs >= 8 ? 'broken' : 'code') },
    'the function router-dev runs other code than it must',
  ],
  [
    'a broken release stays in prod',
    { code: (name, runs) => (name === 'prod' && runs >= 11 ? 'broken' : 'code') },
    'the function router-prod runs other code than it must',
  ],
  [
    'a rollback leaves prod as it was',
    { code: (name, runs) => (name === 'prod' && runs >= 13 ? 'second' : 'code') },
    'the function router-prod runs other code than it must',
  ],
  [
    'a rollback is tried on a release that changed nothing',
    { code: () => 'code' },
    'the second release changed no function of prod',
  ],
  [
    'an assembly whose suite failed is kept',
    { keeps: () => true },
    'the suite failed, but the assembly was kept as tested',
  ],
])('it is found that %s', async (_case, world, sentence) => {
  expect(unexpected(await perform(world))).toContain(sentence);
});
