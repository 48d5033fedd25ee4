import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEV, PROD, PROD_BY_HAND, STAGING, synthesise, workflowOf, workflows } from './synthesise';

function scriptOf(name: string, job: string, step: string, stages = [DEV, PROD]): string {
  return workflowOf(stages, name).jobs[job]?.steps.find((candidate) => candidate.name === step)?.run ?? '';
}

describe('a pipeline of two stages', () => {
  test('has six workflows', () => {
    expect([...workflows([DEV, PROD]).keys()].sort()).toEqual([
      'ci',
      'deliver',
      'nightly',
      'promote',
      'rollback',
      'upgrades',
    ]);
  });

  test('checks pull requests to every branch that leads to a stage, and the merge queue', () => {
    expect(workflowOf([DEV, PROD], 'ci').on).toEqual({
      pull_request: { branches: ['develop', 'main'] },
      merge_group: {},
    });
  });

  test('checks pull requests without any environment', () => {
    for (const job of Object.values(workflowOf([DEV, PROD], 'ci').jobs)) expect(job.environment).toBeUndefined();
  });

  test('runs no code of the pull request in the job that may comment', () => {
    const steps = workflowOf([DEV, PROD], 'ci').jobs.difference?.steps ?? [];
    expect(steps[0]?.with?.ref).toBe('${{ github.base_ref }}');
    expect(steps.filter((step) => step.uses?.startsWith('actions/checkout@'))).toHaveLength(1);
  });

  test('delivers pushes to develop one after the other', () => {
    const { on, concurrency, jobs } = workflowOf([DEV, PROD], 'deliver');
    expect(on).toEqual({ push: { branches: ['develop'] } });
    expect(concurrency.group).toBe('deliver');
    expect(Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
      ['assemble', [], undefined],
      ['attest', ['assemble'], undefined],
      ['guard-dev', [], undefined],
      ['deploy-dev', ['assemble', 'guard-dev'], 'dev'],
      ['integration-dev', ['deploy-dev'], 'dev-test'],
      ['tested', ['assemble', 'attest', 'integration-dev'], undefined],
    ]);
  });

  test('promotes pushes to main: find, guard, difference, and behind the environment the deployment', () => {
    const { on, jobs } = workflowOf([DEV, PROD], 'promote');
    expect(on).toEqual({ push: { branches: ['main'] } });
    expect(Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
      ['find', [], undefined],
      ['guard-prod', ['find'], undefined],
      ['difference-prod', ['find', 'guard-prod'], undefined],
      ['deploy-prod', ['find', 'guard-prod', 'difference-prod'], 'prod'],
    ]);
  });

  test('tests the stages by a role of their own', () => {
    const roles = (name: string, job: string) =>
      workflowOf([DEV, PROD], name).jobs[job]?.steps.flatMap((step) => step.with?.['role-to-assume'] ?? []);
    expect(roles('deliver', 'deploy-dev')).toEqual([
      'arn:aws:iam::${{ vars.AWS_ACCOUNT_DEV }}:role/ai-multi-comms-deploy-dev',
    ]);
    expect(roles('deliver', 'integration-dev')).toEqual([
      'arn:aws:iam::${{ vars.AWS_ACCOUNT_DEV }}:role/ai-multi-comms-test-dev',
    ]);
    expect(roles('nightly', 'watch-prod')).toEqual([
      'arn:aws:iam::${{ vars.AWS_ACCOUNT_PROD }}:role/ai-multi-comms-test-prod',
    ]);
  });

  test('refuses an account other than the one that the stage names', () => {
    const assume = workflowOf([DEV, PROD], 'promote').jobs['deploy-prod']?.steps.find(
      (step) => step.name === 'Assume the deploy role',
    );
    expect(assume?.with).toMatchObject({
      'allowed-account-ids': '${{ vars.AWS_ACCOUNT_PROD }}',
      'aws-region': 'eu-west-2',
    });
  });

  test('asks whether the gate is there before anybody is asked to approve', () => {
    expect(scriptOf('promote', 'guard-prod', 'Check that the gate is closed')).toBe(
      'npx projen pipeline guard --environment prod --test-environment prod-test --test-branch develop --test-branch '
        + 'main --branch main --gate required-reviewers --merge-commits',
    );
  });

  test('rolls a stage back through the same gate', () => {
    const { on, jobs } = workflowOf([DEV, PROD], 'rollback');
    expect(on).toEqual({
      workflow_dispatch: {
        inputs: {
          stage: expect.objectContaining({ type: 'choice', options: ['prod'] }),
          run: expect.objectContaining({ type: 'string', required: true }),
        },
      },
    });
    expect(Object.keys(jobs)).toEqual([
      'find-release', 'make-way-prod', 'guard-rollback-prod', 'difference-rollback-prod', 'rollback-prod',
    ]);
    expect(jobs['rollback-prod']).toMatchObject({
      environment: 'prod',
      if: "inputs.stage == 'prod' && github.ref == 'refs/heads/main'",
    });
  });

  test('lets no rollback wait behind a release that waits for its approval', () => {
    const groups = (name: string) => {
      const { concurrency, jobs } = workflowOf([DEV, PROD], name);
      return [concurrency.group, ...Object.values(jobs).flatMap((job) => job.concurrency?.group ?? [])];
    };
    expect(groups('promote')).toEqual(['promote-${{ github.ref }}', 'deploy-prod']);
    expect(groups('rollback')).toEqual(['rollback-${{ inputs.stage }}', 'rollback-prod']);
    expect(groups('rollback').filter((group) => groups('promote').includes(group))).toEqual([]);
  });

  test('makes way for a rollback before anybody is asked to approve it', () => {
    const { jobs } = workflowOf([DEV, PROD], 'rollback');
    expect(jobs['make-way-prod']?.steps.at(-1)?.run).toBe('npx projen pipeline make-way --branch main');
    expect(jobs['guard-rollback-prod']?.needs).toEqual(['find-release', 'make-way-prod']);
    expect(jobs['rollback-prod']?.needs).toContain('guard-rollback-prod');
  });

  test('asks for the approval in the job that deploys, and in no other', () => {
    for (const name of ['promote', 'rollback']) {
      const asking = Object.entries(workflowOf([DEV, PROD], name).jobs).filter(([, job]) => job.environment === 'prod');
      expect(asking.map(([, job]) => job.steps.some(({ run }) => run?.includes('cdk deploy')))).toEqual([true]);
    }
  });

  test('looks at how GitHub protects every stage before it deploys there', () => {
    const all = [...workflows([DEV, STAGING, PROD]).values()].flatMap(({ jobs }) => Object.entries(jobs)
      .filter(([, job]) => job.steps.some(({ run }) => run?.includes('cdk deploy')))
      .map(([name, job]) => [name, job.needs.some((needed) => needed.startsWith('guard-'))] as const));
    expect(all.map(([name]) => name)).toEqual(
      ['deploy-dev', 'deploy-staging', 'deploy-prod', 'rollback-staging', 'rollback-prod']);
    expect(all.filter(([, isGuarded]) => !isGuarded)).toEqual([]);
  });

  test('tells each job by which subject AWS will know it', () => {
    expect(scriptOf('deliver', 'deploy-dev', 'Check the settings')).toContain(
      '--trusts repo:example-org/engine:environment:dev ');
    expect(scriptOf('deliver', 'integration-dev', 'Check the settings')).toContain(
      '--trusts repo:example-org/engine:environment:dev-test ');
    expect(scriptOf('nightly', 'watch-prod', 'Check the settings')).toContain(':environment:prod-test ');
  });

  test('runs everything on the functions\' Node.js, and at night on the oldest that is promised too', () => {
    const nightly = Object.keys(workflowOf([DEV, PROD], 'nightly').jobs).filter((name) => name.startsWith('suite-'));
    expect(nightly).toEqual(['suite-node-24']);
    const committed = readFileSync('.github/workflows/nightly.yml', 'utf8');
    expect([...committed.matchAll(/^  (suite-[\w-]+):$/gm)].map(([, name]) => name)).toEqual(
      ['suite-node-24', 'suite-node-20-20-0']);
    const functions = readFileSync('src/handlers/channel-router-function.ts', 'utf8');
    expect(functions).toContain("new lambda.Runtime('nodejs24.x'");
    expect(readFileSync('.nvmrc', 'utf8').trim()).toBe('24');
  });

  test('reports each nightly check by its name', () => {
    const { report } = workflowOf([DEV, PROD], 'nightly').jobs;
    expect(report).toMatchObject({ needs: ['watch-dev', 'watch-prod', 'advisories', 'suite-node-24'], if: 'always()' });
    expect(report?.steps.at(-1)?.run).toBe(
      'npx projen pipeline issues --reports dist/nightly --check report-watch-dev/drift-dev --check '
        + 'report-watch-dev/dead-letters-dev --check report-watch-prod/drift-prod --check '
        + 'report-watch-prod/dead-letters-prod --check report-advisories/advisories --check '
        + 'report-suite-node-24/suite-node-24',
    );
  });

  test('runs what nobody has reviewed in a workflow that reports on nothing else', () => {
    const running = [...workflows([DEV, PROD])].filter(([, { jobs }]) =>
      Object.values(jobs).some(({ steps }) => steps.some(({ run }) => run?.startsWith('npm update'))));
    expect(running.map(([name]) => name)).toEqual(['upgrades']);
    const { jobs } = workflowOf([DEV, PROD], 'upgrades');
    expect(Object.keys(jobs)).toEqual(['upgrades', 'report-upgrades']);
    expect(jobs['report-upgrades']?.steps.at(-1)?.run).toContain('--check report-upgrades/upgrades');
  });

  test('tells the bootstrap stack of its stages through cdk.json', () => {
    expect(synthesise([DEV, PROD])['cdk.json']).toMatchObject({
      context: {
        delivery: {
          repository: { owner: 'example-org', name: 'engine' },
          stages: [
            { name: 'dev', environment: 'dev', testEnvironment: 'dev-test', region: 'eu-west-2', writesTestData: true },
            {
              name: 'prod',
              environment: 'prod',
              testEnvironment: 'prod-test',
              region: 'eu-west-2',
              writesTestData: false,
            },
          ],
        },
      },
    });
  });
});

test('no task reads what it is given by a shell, for it may come from whoever starts a workflow', () => {
  const tasks = z
    .object({
      tasks: z.record(z.string(), z.object({ steps: z.array(z.record(z.string(), z.unknown())).default([]) })),
    })
    .parse(synthesise([DEV, PROD])['.projen/tasks.json']).tasks;
  for (const name of ['pipeline', 'bootstrap']) {
    expect(tasks[name]?.steps.map((step) => [Object.keys(step).includes('exec'), step.receiveArgs])).not.toContainEqual(
      [true, true],
    );
    expect(tasks[name]?.steps[0]?.receiveArgs).toBe(true);
  }
});

describe('a third stage', () => {
  test('is one more entry, and its jobs come before those of the stage behind it', () => {
    const { jobs } = workflowOf([DEV, STAGING, PROD], 'promote');
    expect(Object.entries(jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
      ['find', [], undefined],
      ['guard-staging', ['find'], undefined],
      ['deploy-staging', ['find', 'guard-staging'], 'staging'],
      ['guard-prod', ['find', 'deploy-staging'], undefined],
      ['difference-prod', ['find', 'guard-prod'], undefined],
      ['deploy-prod', ['find', 'guard-prod', 'difference-prod'], 'prod'],
    ]);
  });

  test('can be rolled back and is watched at night', () => {
    const stages = [DEV, STAGING, PROD];
    expect(workflowOf(stages, 'rollback').on).toMatchObject({
      workflow_dispatch: { inputs: { stage: { options: ['staging', 'prod'] } } },
    });
    expect(Object.keys(workflowOf(stages, 'nightly').jobs)).toEqual([
      'watch-dev',
      'watch-staging',
      'watch-prod',
      'advisories',
      'suite-node-24',
      'api-checks',
      'report',
    ]);
  });

  test('of a branch of its own does not wait for the others', () => {
    const { on, jobs } = workflowOf([DEV, { ...STAGING, branch: 'staging' }, PROD], 'promote');
    expect(on).toEqual({ push: { branches: ['staging', 'main'] } });
    expect(jobs['guard-prod']?.needs).toEqual(['find']);
    expect(jobs['deploy-staging']?.if).toBe("github.ref == 'refs/heads/staging'");
    expect(jobs['deploy-prod']?.if).toBe("github.ref == 'refs/heads/main'");
  });

  test('that shares the first branch is delivered after the first one is tested', () => {
    const { jobs } = workflowOf([DEV, { ...STAGING, branch: 'develop' }, PROD], 'deliver');
    expect(jobs['deploy-staging']?.needs).toEqual(['assemble', 'integration-dev', 'guard-staging']);
    expect(jobs.tested?.needs).toEqual(['assemble', 'attest', 'integration-staging']);
  });
});

describe('other lists of stages', () => {
  test('a stage that people release by hand is not promoted by a push', () => {
    const { on, jobs } = workflowOf([DEV, PROD_BY_HAND], 'promote');
    expect(on).toEqual({ workflow_dispatch: {} });
    expect(jobs['deploy-prod']?.if).toBe("github.ref == 'refs/heads/main' && github.event_name == 'workflow_dispatch'");
  });

  test('the guard of such a stage gets the people as data and the starter through the environment', () => {
    const step = workflowOf([DEV, PROD_BY_HAND], 'promote').jobs['guard-prod']?.steps.at(-1);
    expect(step?.run).toBe(
      'npx projen pipeline guard --environment prod --test-environment prod-test --test-branch develop --test-branch '
        + "main --branch main --gate manual-dispatch --team 'the release team'\\''s people' --person ada "
        + '--person grace --merge-commits --actor "$ACTOR" '
        + '--event "$EVENT"',
    );
    expect(step?.env).toEqual({
      GITHUB_TOKEN: '${{ github.token }}',
      ACTOR: '${{ github.triggering_actor }}',
      EVENT: '${{ github.event_name }}',
    });
  });

  test('one stage alone has nothing to promote or to roll back', () => {
    expect([...workflows([DEV]).keys()].sort()).toEqual(['ci', 'deliver', 'nightly', 'upgrades']);
  });

  test.each([
    ['no stage', [], 'it has no stage'],
    ['two of one name', [DEV, { ...PROD, name: 'dev' }], 'two stages have this name'],
    [
      'two in one environment',
      [DEV, { ...PROD, environment: 'dev' }],
      'the environment dev belongs to another stage too',
    ],
    [
      "tests in another stage's environment",
      [DEV, { ...PROD, testEnvironment: 'dev' }],
      'the environment dev belongs to another stage too',
    ],
    [
      'a gate on the branch that is deployed by itself',
      [DEV, { ...PROD, branch: 'develop' }],
      'shares the branch develop',
    ],
    ['a pattern for a branch', [DEV, { ...PROD, branch: 'release/*' }], 'is not a plain branch name'],
    ['a name that AWS would refuse', [{ ...DEV, name: 'Dev_1' }], 'lower-case letters'],
    ['an environment with a space', [{ ...DEV, environment: 'my dev' }], 'the environment "my dev"'],
    [
      'an account number in place of a variable',
      [{ ...DEV, accountVariable: '123456789012' }],
      'is not the name of a repository variable',
    ],
    [
      'a gate that names no person',
      [DEV, { ...PROD, gate: { kind: 'manual-dispatch' as const, team: 'nobody', people: [] } }],
      'names no person',
    ],
  ])('refuses %s', (_title, stages, reason) => {
    expect(() => synthesise(stages)).toThrow(reason);
  });
});
