import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RoleRequest } from '../../../tools/workflow-runner/actions/action-call';
import { ActionFailure } from '../../../tools/workflow-runner/actions/action-failure';
import { ArtifactStore } from '../../../tools/workflow-runner/artifact-store';
import type { WorkflowResult } from '../../../tools/workflow-runner/run-workflow';
import { runWorkflow } from '../../../tools/workflow-runner/run-workflow';
import type { RunnerOptions } from '../../../tools/workflow-runner/runner-options';
import { readWorkflow } from '../../../tools/workflow-runner/workflow-file';
import { commit, git, temporaryFolder, temporaryRepository, writeFiles } from '../delivery-steps/temporary-folder';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const CHECKOUT = {
  name: 'Check out',
  id: 'check_out',
  uses: `actions/checkout@${SHA}`,
  with: { 'persist-credentials': false },
};

type Written = Readonly<Record<string, unknown>>;

function step(id: string, script: string, more: Written = {}): Written {
  return { name: `Step ${id}`, id, run: script, ...more };
}

function action(id: string, name: string, inputs: Written = {}): Written {
  return { name: `Step ${id}`, id, uses: `${name}@${SHA}`, with: inputs };
}

function job(steps: readonly Written[], more: Written = {}): Written {
  return {
    'runs-on': 'ubuntu-24.04',
    'permissions': { contents: 'read' },
    'timeout-minutes': 5,
    'steps': steps,
    ...more,
  };
}

interface Ran extends WorkflowResult {
  readonly log: readonly string[];
  readonly workspaces: string;
  readonly asked: readonly RoleRequest[];
  /** Outcomes of a job's steps, by id. */
  outcomes(job: string): Readonly<Record<string, string>>;
}

async function run(jobs: Written, change: Partial<RunnerOptions> = {}): Promise<Ran> {
  const file = join(
    temporaryFolder({ 'workflow.yml': stringify({ name: 'sample', on: { push: {} }, permissions: {}, jobs }) }),
    'workflow.yml',
  );
  const source = change.source ?? temporaryRepository({ 'hello.txt': 'hello' });
  const log: string[] = [];
  const asked: RoleRequest[] = [];
  const options: RunnerOptions = {
    run: {
      id: '77',
      repository: 'example-org/engine',
      sha: git(source, 'rev-parse', 'main'),
      ref: 'refs/heads/main',
      eventName: 'push',
      event: { head: { number: 7, ref: 'x' } },
      actor: 'ada',
      baseRef: '',
    },
    source,
    workspaces: temporaryFolder(),
    artifacts: new ArtifactStore(temporaryFolder()),
    variables: { ACCOUNT: '123456789012' },
    inputs: { stage: 'prod' },
    environment: { PATH: process.env.PATH ?? '', HOME: temporaryFolder() },
    issueToken: (grants) => `token:${Object.keys(grants).join(',')}`,
    assumeRole: async (request) => {
      asked.push(request);
      return Promise.resolve({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'session' });
    },
    approve: async () => Promise.resolve(true),
    print: (line) => log.push(line),
    ...change,
  };
  const result = await runWorkflow(await readWorkflow(file), options);
  const outcomes = (name: string) =>
    Object.fromEntries([...(result.jobs.get(name)?.steps ?? [])].map(([id, { outcome }]) => [id, outcome]));
  return { ...result, log, workspaces: options.workspaces, asked, outcomes };
}

describe('jobs', () => {
  test('run in the order of their needs and hand on their outputs', async () => {
    const { jobs, conclusion } = await run({
      last: job([step('show', 'test "$TREE" = abc')], {
        needs: ['first', 'middle'],
        steps: [step('show', 'test "$TREE" = abc', { env: { TREE: '${{ needs.first.outputs.tree }}' } })],
      }),
      middle: job([step('idle', 'true')], { needs: 'first' }),
      first: job([step('make', 'echo tree=abc >> "$GITHUB_OUTPUT"')], {
        outputs: { tree: '${{ steps.make.outputs.tree }}' },
      }),
    });
    expect([...jobs.keys()]).toEqual(['first', 'middle', 'last']);
    expect(jobs.get('first')?.outputs).toEqual({ tree: 'abc' });
    expect(conclusion).toBe('success');
  });

  test('that need a failed one are skipped, as are those that wait for a skipped one', async () => {
    const { jobs, conclusion } = await run({
      build: job([step('fail', 'false')]),
      deploy: job([step('idle', 'true')], { needs: 'build' }),
      verify: job([step('idle', 'true')], { needs: 'deploy' }),
      report: job([step('idle', 'true')], { needs: ['build', 'verify'], if: 'always()' }),
      repair: job([step('idle', 'true')], { needs: 'verify', if: 'failure()' }),
    });
    expect([...jobs].map(([name, { result }]) => [name, result])).toEqual([
      ['build', 'failure'],
      ['deploy', 'skipped'],
      ['verify', 'skipped'],
      ['report', 'success'],
      ['repair', 'success'],
    ]);
    expect(conclusion).toBe('failure');
  });

  test('whose condition is not met are skipped without harm', async () => {
    const { jobs, conclusion } = await run({
      other: job([step('idle', 'true')], { if: "github.ref == 'refs/heads/develop'" }),
      after: job([step('idle', 'true')], { needs: 'other' }),
      chosen: job([step('idle', 'true')], { if: "inputs.stage == 'prod' && github.event_name == 'push'" }),
    });
    expect([...jobs].map(([name, { result }]) => [name, result])).toEqual([
      ['other', 'skipped'],
      ['after', 'skipped'],
      ['chosen', 'success'],
    ]);
    expect(conclusion).toBe('success');
  });

  test('of an environment wait for its reviewers', async () => {
    const asked: string[] = [];
    const approve = async (environment: string, name: string) =>
      Promise.resolve(asked.push(`${environment} ${name}`) > 5);
    const { jobs, log } = await run({ deploy: job([step('idle', 'true')], { environment: 'prod' }) }, { approve });
    expect(asked).toEqual(['prod deploy']);
    expect(jobs.get('deploy')).toMatchObject({ result: 'failure', steps: new Map() });
    expect(log).toContain('deploy: no reviewer approved it for the environment prod.');
  });

  test('end when their time is over', async () => {
    const { outcomes, log } = await run(
      { slow: job([step('hang', 'sleep 60'), step('never', 'true')], { 'timeout-minutes': 0.5 }) },
      { minute: 400 },
    );
    expect(outcomes('slow')).toEqual({ hang: 'failure', never: 'skipped' });
    expect(log).toContain('slow | Step hang: The step was stopped: its time, or the job\'s, was over.');
  });

  test.each([
    [
      'a need that is not a job',
      { one: job([step('a', 'true')], { needs: 'ghost' }) },
      'one needs "ghost", which is not a job of it',
    ],
    [
      'needs in a circle',
      { one: job([step('a', 'true')], { needs: 'two' }), two: job([step('a', 'true')], { needs: 'one' }) },
      'one needs two needs one, which is a circle',
    ],
    [
      'a key that is not known',
      { one: job([step('a', 'true')], { strategy: { matrix: { node: [20, 24] } } }) },
      'Unrecognized key: "strategy"',
    ],
    [
      "a step's key that is not known",
      { one: job([step('a', 'true', { shell: 'python' })]) },
      'Unrecognized key: "shell"',
    ],
    ['no time limit', { one: { ...job([step('a', 'true')]), 'timeout-minutes': undefined } }, 'timeout-minutes'],
  ])('with %s are an error', async (_title, jobs, reason) => {
    await expect(run(jobs)).rejects.toThrow(reason);
  });
});

describe('steps', () => {
  test('run in bash that stops at the first failing command', async () => {
    const { outcomes, workspaces } = await run({ build: job([step('two', 'false\ntouch after.txt')]) });
    expect(outcomes('build')).toEqual({ two: 'failure' });
    expect(existsSync(join(workspaces, 'build', 'after.txt'))).toBe(false);
  });

  test('hand on outputs and variables, and write the job\'s summary', async () => {
    const { jobs, outcomes } = await run({
      build: job([
        step(
          'make',
          'echo digest=abc >> "$GITHUB_OUTPUT"; echo COLOUR=red >> "$GITHUB_ENV"; echo "# Made" >> '
            + '"$GITHUB_STEP_SUMMARY"',
        ),
        step('use', 'test "$DIGEST-$COLOUR-$SEEN" = abc-red-red', {
          env: { DIGEST: '${{ steps.make.outputs.digest }}', SEEN: '${{ env.COLOUR }}' },
        }),
      ]),
    });
    expect(outcomes('build')).toEqual({ make: 'success', use: 'success' });
    expect(jobs.get('build')?.summary).toBe('# Made\n');
  });

  test('see the run\'s variables and none of this machine\'s', async () => {
    process.env.SECRET_OF_THIS_MACHINE = 'yes';
    const { outcomes } = await run({
      build: job([
        step(
          'look',
          'test -z "$SECRET_OF_THIS_MACHINE"; test "$GITHUB_REPOSITORY $GITHUB_RUN_ID $CI" = "example-org/engine 77 '
            + 'true"',
        ),
      ]),
    });
    delete process.env.SECRET_OF_THIS_MACHINE;
    expect(outcomes('build')).toEqual({ look: 'success' });
  });

  test('after a failed one run only if they ask for it', async () => {
    const { outcomes } = await run({
      deploy: job([
        step('tests', 'false'),
        step('store', 'true'),
        step('back', 'true', { if: "failure() && steps.tests.outcome == 'failure'" }),
        step('tidy', 'true', { if: 'always()' }),
        step('shown', 'true', { if: "steps.store.outcome == 'skipped' && failure()" }),
      ]),
    });
    expect(outcomes('deploy')).toEqual({
      tests: 'failure',
      store: 'skipped',
      back: 'success',
      tidy: 'success',
      shown: 'success',
    });
  });

  test('that may fail leave the job well, and their outcome to be seen', async () => {
    const { jobs, outcomes } = await run({
      upgrade: job([
        step('build', 'false', { 'continue-on-error': true }),
        step('say', 'test "$OUTCOME" = failure', { env: { OUTCOME: '${{ steps.build.outcome }}' } }),
      ]),
    });
    expect([jobs.get('upgrade')?.result, outcomes('upgrade')]).toEqual([
      'success',
      { build: 'failure', say: 'success' },
    ]);
  });

  test('have time limits of their own', async () => {
    const { outcomes } = await run(
      { slow: job([step('hang', 'sleep 60 & wait', { 'timeout-minutes': 1 })]) },
      { minute: 200 },
    );
    expect(outcomes('slow')).toEqual({ hang: 'failure' });
  });

  test('can have their script replaced where it cannot run here', async () => {
    const { outcomes } = await run(
      { build: job([step('install', 'npm ci')]) },
      { replaceScript: (script) => (script === 'npm ci' ? 'true' : script) },
    );
    expect(outcomes('build')).toEqual({ install: 'success' });
  });

  test.each([
    ['an action without a stand-in', action('x', 'actions/cache'), 'the local runner has no stand-in for it'],
    [
      'an action that is not pinned',
      { name: 'X', id: 'x', uses: 'actions/checkout@v7' },
      'it is not pinned to a commit',
    ],
    [
      'an input that is not known',
      action('x', 'actions/checkout', { 'fetch-depth': 0 }),
      'does not know the input "fetch-depth"',
    ],
    ['a checkout that keeps the token', action('x', 'actions/checkout'), 'the token would be kept in .git/config'],
    [
      'an output of a step that does not come before',
      step('x', 'true', { env: { A: '${{ steps.later.outputs.a }}' } }),
      'no step before this one has the id "later"',
    ],
    [
      'an output of a job that is not needed',
      step('x', 'true', { env: { A: '${{ needs.build.outputs.a }}' } }),
      'does not name "build" in its needs',
    ],
    [
      "a value of GitHub's that is not known",
      step('x', 'true', { env: { A: '${{ github.head_ref }}' } }),
      'Evaluating "github.head_ref" failed',
    ],
    [
      'an input of the run that there is not',
      step('x', 'true', { env: { A: '${{ inputs.run }}' } }),
      'Evaluating "inputs.run" failed',
    ],
    [
      'a part of an event that is not a value',
      step('x', 'true', { env: { A: '${{ github.event.head }}' } }),
      'it is not a single value',
    ],
    [
      'a word of a step that there is not',
      step('x', 'true', { env: { A: '${{ steps.first.conclusion }}' } }),
      'Evaluating "steps.first.conclusion" failed',
    ],
    ['neither a script nor an action', { name: 'X', id: 'x' }, 'it has neither run nor uses'],
    ['an odd output', step('x', 'echo odd >> "$GITHUB_OUTPUT"'), 'it is not name=value'],
  ])('with %s stop the whole run with an error', async (_title, faulty, reason) => {
    await expect(run({ build: job([step('first', 'true'), faulty]) })).rejects.toThrow(reason);
  });

  test('read what an event has, and nothing where it has nothing', async () => {
    const { outcomes } = await run({
      build: job([
        step('look', 'test "$A-$B-$C" = 7--token:contents', {
          env: { A: '${{ github.event.head.number }}', B: '${{ github.event.tail.number }}', C: '${{ github.token }}' },
        }),
      ]),
    });
    expect(outcomes('build')).toEqual({ look: 'success' });
  });
});

describe('stand-ins for actions', () => {
  test('checkout fetches exactly the run\'s commit, without a remote', async () => {
    const source = temporaryRepository({ 'hello.txt': 'first' });
    const first = git(source, 'rev-parse', 'HEAD');
    writeFiles(source, { 'hello.txt': 'second' });
    commit(source);
    const { workspaces } = await run(
      { build: job([CHECKOUT]) },
      {
        source,
        run: {
          id: '1',
          repository: 'a/b',
          sha: first,
          ref: 'refs/heads/main',
          eventName: 'push',
          event: {},
          actor: 'ada',
          baseRef: '',
        },
      },
    );
    expect(readFileSync(join(workspaces, 'build', 'hello.txt'), 'utf8')).toBe('first');
    expect(git(join(workspaces, 'build'), 'remote')).toBe('');
  });

  test('checkout takes another branch where one is named', async () => {
    const source = temporaryRepository({ 'hello.txt': 'main' });
    git(source, 'checkout', '--quiet', '-b', 'develop');
    writeFiles(source, { 'hello.txt': 'develop' });
    commit(source);
    const { workspaces } = await run(
      { compare: job([{ ...CHECKOUT, with: { ...CHECKOUT.with, ref: '${{ github.ref_name }}' } }]) },
      {
        source,
        run: {
          id: '1',
          repository: 'a/b',
          sha: git(source, 'rev-parse', 'main'),
          ref: 'refs/heads/develop',
          eventName: 'push',
          event: {},
          actor: 'ada',
          baseRef: '',
        },
      },
    );
    expect(readFileSync(join(workspaces, 'compare', 'hello.txt'), 'utf8')).toBe('develop');
  });

  test('setup-node says where the machine has another version', async () => {
    const { log } = await run({
      build: job([action('node', 'actions/setup-node', { 'node-version': '99', 'package-manager-cache': false })]),
    });
    expect(log).toContainEqual(expect.stringMatching(/asks for Node\.js 99; this run takes /));
  });

  test('artifacts travel from job to job, and from run to run', async () => {
    const artifacts = new ArtifactStore(temporaryFolder());
    const upload = (name: string) =>
      action('store', 'actions/upload-artifact', {
        'name': name,
        'path': 'out/file.txt',
        'if-no-files-found': 'error',
        'overwrite': true,
        'retention-days': 7,
      });
    await run(
      { build: job([step('make', 'mkdir out; echo sealed > out/file.txt'), upload('assembly-${{ github.run_id }}')]) },
      { artifacts },
    );
    const { outcomes } = await run(
      {
        same: job([
          action('fetch', 'actions/download-artifact', { name: 'assembly-77', path: 'in' }),
          step('look', 'grep sealed in/file.txt'),
        ]),
        other: job([
          action('fetch', 'actions/download-artifact', {
            'name': 'assembly-77',
            'path': 'in',
            'run-id': '77',
            'github-token': '${{ github.token }}',
          }),
          step('look', 'grep sealed in/file.txt'),
        ]),
        merged: job([
          action('fetch', 'actions/download-artifact', {
            'pattern': 'assembly-*',
            'path': 'in',
            'merge-multiple': true,
          }),
          step('look', 'grep sealed in/file.txt'),
        ]),
      },
      { artifacts },
    );
    expect([outcomes('same'), outcomes('other'), outcomes('merged')]).toEqual(
      Array.from({ length: 3 }, () => ({ fetch: 'success', look: 'success' })),
    );
  });

  test.each([
    ['is missing', action('x', 'actions/download-artifact', { name: 'ghost', path: 'in' })],
    ['has an empty name', action('x', 'actions/download-artifact', { name: '${{ vars.NOTHING }}', path: 'in' })],
    ['has a name that GitHub refuses', action('x', 'actions/download-artifact', { name: '../other', path: 'in' })],
    [
      'lies in another run and no token is given',
      action('x', 'actions/download-artifact', { 'name': 'a', 'path': 'in', 'run-id': '5' }),
    ],
    [
      'has no file to store',
      action('x', 'actions/upload-artifact', { 'name': 'a', 'path': 'none', 'if-no-files-found': 'error' }),
    ],
  ])('an artifact that %s fails the step, as on GitHub', async (_title, faulty) => {
    const { outcomes, conclusion } = await run({ build: job([faulty]) });
    expect([outcomes('build'), conclusion]).toEqual([{ x: 'failure' }, 'failure']);
  });

  test('an artifact is not overwritten unless that is allowed, and none is stored where none is needed', async () => {
    const upload = (id: string, path: string, more: Written = {}) =>
      action(id, 'actions/upload-artifact', { 'name': 'a', path, 'if-no-files-found': 'ignore', ...more });
    const { outcomes } = await run({
      build: job([
        step('make', 'echo 1 > f'),
        upload('nothing', 'none'),
        upload('one', 'f'),
        upload('again', 'f', { overwrite: true }),
        upload('twice', 'f'),
      ]),
    });
    expect(outcomes('build')).toEqual({
      make: 'success',
      nothing: 'success',
      one: 'success',
      again: 'success',
      twice: 'failure',
    });
  });

  test('any other pattern of artifacts is not known', async () => {
    await expect(
      run({ build: job([action('x', 'actions/download-artifact', { pattern: '*-a', path: 'in' })]) }),
    ).rejects.toThrow('only a pattern that ends in *, merged');
  });
});

describe('the stand-in for configure-aws-credentials', () => {
  const INPUTS = {
    'role-to-assume': 'arn:aws:iam::${{ vars.ACCOUNT }}:role/deploy',
    'aws-region': 'eu-west-2',
    'allowed-account-ids': '${{ vars.ACCOUNT }}',
  };
  const IDENTIFIED = { environment: 'dev', permissions: { 'contents': 'read', 'id-token': 'write' } };
  const assume = (inputs: Written = INPUTS) => action('assume', 'aws-actions/configure-aws-credentials', inputs);

  test('asks by the job\'s environment, and gives the keys to later steps only', async () => {
    const { outcomes, asked } = await run({
      deploy: job(
        [
          step('before', 'test -z "$AWS_ACCESS_KEY_ID"'),
          assume(),
          step('after', 'test "$AWS_ACCESS_KEY_ID $AWS_SESSION_TOKEN $AWS_REGION" = "key session eu-west-2"'),
        ],
        IDENTIFIED,
      ),
    });
    expect(outcomes('deploy')).toEqual({ before: 'success', assume: 'success', after: 'success' });
    expect(asked).toEqual([
      {
        roleArn: 'arn:aws:iam::123456789012:role/deploy',
        audience: 'sts.amazonaws.com',
        subject: 'repo:example-org/engine:environment:dev',
      },
    ]);
  });

  test.each([
    ['without an environment', INPUTS, { permissions: { 'id-token': 'write' } }],
    ['without the grant', INPUTS, { environment: 'dev' }],
    ['without an account', { ...INPUTS, 'role-to-assume': 'arn:aws:iam::${{ vars.NOTHING }}:role/deploy' }, IDENTIFIED],
    ['without a region', { ...INPUTS, 'aws-region': '' }, IDENTIFIED],
    ['in another account', { ...INPUTS, 'allowed-account-ids': '999999999999' }, IDENTIFIED],
  ])('fails the step %s', async (_title, inputs, more) => {
    const { outcomes, asked } = await run({ deploy: job([assume(inputs)], more) });
    expect([outcomes('deploy'), asked]).toEqual([{ assume: 'failure' }, []]);
  });

  test('fails the step if the role does not trust the job', async () => {
    const assumeRole = async () =>
      Promise.reject(new ActionFailure('Not authorized to perform sts:AssumeRoleWithWebIdentity'));
    const { outcomes, log } = await run({ deploy: job([assume()], IDENTIFIED) }, { assumeRole });
    expect(outcomes('deploy')).toEqual({ assume: 'failure' });
    expect(log).toContain('deploy | Step assume: Not authorized to perform sts:AssumeRoleWithWebIdentity');
  });
});

test('each step is reported once it is over, with what became of it', async () => {
  const reported: string[] = [];
  await run(
    { build: job([step('good', 'true'), step('bad', 'exit 3'), step('left', 'true')]) },
    {
      stepEnded: ({ job: name, step: title, outcome, milliseconds }) =>
        reported.push(`${name} ${title} ${outcome} ${milliseconds >= 0 ? 'timed' : ''}`),
    },
  );
  expect(reported).toEqual([
    'build Step good success timed',
    'build Step bad failure timed',
    'build Step left skipped timed',
  ]);
});

test('stopping it ends the running script with all that it started, and begins no other', async () => {
  const stopping = new AbortController();
  const reported: string[] = [];
  await expect(
    run(
      {
        build: job([step('first', 'echo begun; sleep 600 & wait'), step('next', 'true')]),
        after: job([step('other', 'echo other')]),
      },
      {
        signal: stopping.signal,
        print: (line) => {
          reported.push(line);
          if (line.endsWith('begun')) stopping.abort(new Error('stopped'));
        },
        stepEnded: ({ step: title, outcome }) => reported.push(`${title} ${outcome}`),
      },
    ),
  ).rejects.toThrow('stopped');
  expect(reported).toContain('Step first failure');
  expect(reported).not.toContain('after | Step other: other');
});
