import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPipelineStep } from '../../../tools/delivery-steps/pipeline-program';
import type { StepHost } from '../../../tools/delivery-steps/step-host';
import { startLoopbackServer } from '../../../tools/vendor-simulators/loopback-server';
import type { DeploymentAccount } from '../../../tools/deployment/deployment-host';
import type { HostingState } from '../../../tools/workflow-runner/hosting/hosting-state';
import { sampleAssembly } from './assembly/sample-assembly';
import { addRun, DIGEST, localGitHub, REPOSITORY } from './github/local-github';
import { git, temporaryFolder, temporaryRepository, writeFiles } from './temporary-folder';

/** An account that a first deployment of dev can go to, but for its quota. */
const ACCOUNT: DeploymentAccount = {
  accountNumber: async () => Promise.resolve('123456789012'),
  stack: async (name) => Promise.resolve(
    name === 'ai-multi-comms-toolkit-dev' ? { status: 'CREATE_COMPLETE', isProtected: false } : undefined),
  outputs: async () => Promise.resolve({ BootstrapVersion: '30' }),
  template: async () => Promise.resolve(undefined),
  concurrency: async () => Promise.resolve({ limit: 10, unreserved: 10 }),
  logRole: async () => Promise.resolve(undefined),
  unowned: async () => Promise.reject(new Error('The role of the pipeline may not list these.')),
  close: () => undefined,
};

interface Recorded {
  readonly outputs: Record<string, string>;
  readonly said: string[];
  readonly summaries: string[];
  readonly state: HostingState;
  run(...words: string[]): Promise<void>;
}

async function stepIn(folder: string, grants?: Readonly<Record<string, string>>): Promise<Recorded> {
  const { state, github } = await localGitHub(grants);
  const outputs: Record<string, string> = {};
  const said: string[] = [];
  const summaries: string[] = [];
  const host: StepHost = {
    folder,
    repository: REPOSITORY,
    say: (line) => said.push(line),
    putOut: async (values) => { Object.assign(outputs, values); return Promise.resolve(); },
    summarise: async (markdown) => { summaries.push(markdown); return Promise.resolve(); },
    github: () => github,
    identitySubject: async () => Promise.resolve(undefined),
    openAccount: () => ACCOUNT,
  };
  return { outputs, said, summaries, state, run: async (...words) => runPipelineStep(words, host) };
}

test('an unknown step is refused with those that there are', async () => {
  const step = await stepIn(temporaryFolder());
  await expect(step.run('destroy')).rejects.toThrow(
    "unknown command 'destroy'. The steps are generated-files, settings, preflight, seal, verify, bill-of-materials, source-maps, difference",
  );
  await expect(step.run('toString')).rejects.toThrow("unknown command 'toString'");
});

test('flags that are missing, empty or unknown are one sentence, and --help lists those that a step takes', async () => {
  const step = await stepIn(temporaryFolder());
  const sentence = (reason: string) =>
    `Running the pipeline step "seal" failed: ${reason}. The steps are generated-files, settings, preflight, seal`;
  await expect(step.run('seal', '--assembly', 'a')).rejects.toThrow(
    sentence("required option '--archive <file>' not specified"),
  );
  await expect(step.run('seal', '--assembly', '', '--archive', 'b')).rejects.toThrow(
    sentence("required option '--assembly <folder>' not specified"),
  );
  await expect(step.run('seal', '--assembly', 'a', '--archive', 'b', '--colour', 'red')).rejects.toThrow(
    sentence("unknown option '--colour'"),
  );
  await step.run('guard', '--help');
  expect(step.said.join('\n')).toMatch(/Usage: npx projen pipeline guard .*--test-environment <name>/s);
});

test('seal and verify hand an assembly from job to job', async () => {
  const build = temporaryRepository({ '.gitignore': 'cdk.out\ndist\n' });
  writeFiles(join(build, 'cdk.out'), sampleAssembly());
  const sealing = await stepIn(build);
  await sealing.run('generated-files');
  await sealing.run('seal', '--assembly', 'cdk.out', '--archive', 'dist/sealed/assembly.tar.gz');
  expect(sealing.outputs.tree).toBe(git(build, 'rev-parse', 'HEAD^{tree}'));
  await sealing.run(
    'verify',
    '--archive',
    'dist/sealed/assembly.tar.gz',
    '--digest',
    sealing.outputs.digest ?? '',
    '--assembly',
    'dist/opened',
  );
  expect(existsSync(join(build, 'dist/opened/manifest.json'))).toBe(true);
});

test('difference writes the report, the summary and the log', async () => {
  const folder = temporaryFolder();
  writeFiles(
    join(folder, 'after'),
    sampleAssembly({ template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } } }),
  );
  const step = await stepIn(folder);
  await step.run(
    'difference',
    '--before',
    'none',
    '--after',
    'after',
    '--stage',
    'dev',
    '--report',
    'dist/difference.md',
  );
  expect(readFileSync(join(folder, 'dist/difference.md'), 'utf8')).toContain('The stack is new: 1 resource.');
  expect(step.summaries).toEqual(step.said);
});

test('settings are checked against the repository in which the step runs', async () => {
  const step = await stepIn(temporaryFolder());
  const words = ['settings', '--stage', 'dev', '--account-variable', 'AWS_ACCOUNT_DEV', '--repository'];
  await expect(step.run(...words, REPOSITORY, '--account', '123456789012')).resolves.toBeUndefined();
  await expect(step.run(...words, REPOSITORY, '--account', '')).rejects.toThrow('AWS_ACCOUNT_DEV is not set');
  await expect(step.run(...words, 'other/engine', '--account', '123456789012')).rejects.toThrow(
    `but GitHub calls this one ${REPOSITORY}`,
  );
});

describe('preflight', () => {
  const scaled = (most: number) => temporaryFolder(Object.fromEntries(Object.entries(sampleAssembly({
    template: {
      Resources: {
        Source: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ScalingConfig: { MaximumConcurrency: most } } },
      },
    },
  })).map(([file, content]) => [`cdk.out/${file}`, content])));
  const words = ['preflight', '--region', 'eu-west-2', '--assembly', 'cdk.out', '--stage'];

  test('lets a deployment begin that the account can take', async () => {
    const step = await stepIn(scaled(5));
    await step.run(...words, 'dev');
    expect(step.said).toEqual(['The account 123456789012 can take the stage dev.']);
  });

  test.each([
    ['dev', 20, 'the account runs at most 10 Lambda functions at once in eu-west-2, and this stage needs 25; run `aws service-quotas'],
    ['prod', 5, 'CDK has not been set up for this stage in the account and region 123456789012, eu-west-2; run `npx projen bootstrap -c stages=prod`'],
  ])('refuses %s with %i executions in one sentence', async (stage, most, sentence) => {
    const step = await stepIn(scaled(most));
    await expect(step.run(...words, stage)).rejects.toThrow(sentence);
  });
});

test('find-tested takes the tree of the checkout', async () => {
  const checkout = temporaryRepository({ 'code.ts': 'released' });
  const tree = git(checkout, 'rev-parse', 'HEAD^{tree}');
  const step = await stepIn(checkout);
  const run = await addRun(step.state, { tree }, [`tested-${tree}-${DIGEST}`]);
  await step.run('find-tested', '--workflow', 'deliver.yml', '--branch', 'develop', '--release', 'main',
    '--environment', 'dev');
  expect(step.outputs).toEqual({ run: String(run.id), artifact: `tested-${tree}-${DIGEST}`, tree, digest: DIGEST });
});

test('find-released puts out nothing before the first release, and refuses a run that released nothing', async () => {
  const step = await stepIn(temporaryFolder());
  await step.run('find-released', '--stage', 'prod', '--branch', 'main', '--environment', 'prod=prod');
  expect(step.outputs).toEqual({});
  expect(step.said).toEqual([expect.stringContaining('Nothing was released to prod yet')]);
  await expect(step.run('find-released', '--stage', 'prod', '--branch', 'main', '--environment', 'prod=prod', '--run', '5')).rejects.toThrow(
    'no such run exists',
  );
});

describe('guard', () => {
  const WORDS = ['guard', '--environment', 'prod', '--test-environment', 'prod-test', '--test-branch', 'main',
    '--branch', 'main', '--gate'];

  test('lists every fault in the summary and in its one sentence', async () => {
    const step = await stepIn(temporaryFolder());
    await expect(step.run(...WORDS, 'required-reviewers')).rejects.toThrow(
      /^Releasing to prod is refused, because its gate is open\. The environment prod does not exist/,
    );
    expect(step.summaries[0]).toMatch(/^## The gate of prod is open\n- The environment prod does not exist/);
  });

  test('says what is worth knowing of a closed gate', async () => {
    const step = await stepIn(temporaryFolder());
    step.state.environments
      .set('prod', { reviewers: ['ada'], branches: ['main'] })
      .set('prod-test', { reviewers: [], branches: ['main'] });
    step.state.protectedBranches.add('main');
    await step.run(...WORDS, 'required-reviewers');
    expect(step.said).toEqual(['The gate of prod is closed. Administrators of the repository may pass the gate.']);
    await step.run(
      ...WORDS,
      'manual-dispatch',
      '--team',
      'us',
      '--person',
      'ada',
      '--actor',
      'ada',
      '--event',
      'workflow_dispatch',
    );
    await expect(step.run(...WORDS, 'manual-dispatch', '--person', 'ada')).rejects.toThrow('is not one of the team');
  });

  test('knows no other gate', async () => {
    await expect((await stepIn(temporaryFolder())).run(...WORDS, 'hope')).rejects.toThrow(
      '"hope" is not a gate that can be checked',
    );
  });
});

test('comment posts the report', async () => {
  const step = await stepIn(temporaryFolder({ 'dist/difference.md': 'one table is replaced' }), {
    'pull-requests': 'write',
  });
  await step.run('comment', '--report', 'dist/difference.md', '--pull-request', '7');
  expect(step.state.comments).toEqual([{ id: 1, issue: 7, body: expect.stringContaining('one table is replaced') }]);
});

test('issues opens one for a finding and one for a check that left no report', async () => {
  const step = await stepIn(
    temporaryFolder({
      'dist/nightly/report-watch-dev/drift-dev.json': { title: 'Stage dev differs', state: 'found', body: 'x' },
      // Another job's artifact speaks for a check that is not its own.
      'dist/nightly/report-upgrades/drift-prod.json': { title: 'All is well', state: 'clean', body: 'x' },
    }),
    { issues: 'write' },
  );
  await step.run('issues', '--reports', 'dist/nightly', '--check', 'report-watch-dev/drift-dev',
    '--check', 'report-watch-prod/drift-prod');
  expect(step.state.issues.map(({ title }) => title)).toEqual([
    'Stage dev differs',
    'The nightly check drift-prod did not finish',
  ]);
});

describe('the checks of a stage', () => {
  const before = { ...process.env };
  afterEach(() => { process.env = { ...before }; });

  test.each([
    [
      'drift',
      403,
      '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
      'text/xml',
      'CloudFormation did not compare the stack ai-multi-comms-dev: AccessDenied',
    ],
    [
      'dead-letters',
      400,
      JSON.stringify({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no' }),
      'application/x-amz-json-1.0',
      'The stage dev was never deployed.',
    ],
  ])("%s asks AWS in the stage's region and leaves its report", async (check, status, body, type, found) => {
    const headers = { 'content-type': type, 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' };
    const aws = await startLoopbackServer(0, async () => Promise.resolve({ kind: 'answer', status, body, headers }));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: aws.url });
    const folder = temporaryFolder();
    await (
      await stepIn(folder)
    )
      .run(check, '--stage', 'dev', '--region', 'eu-west-2', '--report', 'dist/report.json')
      .finally(aws.stop);
    expect(JSON.parse(readFileSync(join(folder, 'dist/report.json'), 'utf8'))).toMatchObject({
      state: 'unknown',
      body: found,
    });
  });
});

test('upgrades compares the lock file with the commit\'s', async () => {
  const lock = (version: string) => ({
    lockfileVersion: 3,
    packages: { '': { dependencies: { zod: '^4.0.0' } }, 'node_modules/zod': { version } },
  });
  const folder = temporaryRepository({
    'package.json': { name: 'engine', version: '1.0.0' },
    'package-lock.json': lock('4.0.0'),
  });
  writeFiles(folder, { 'package-lock.json': lock('4.1.0') });
  const step = await stepIn(folder);
  await step.run('upgrades', '--outcome', 'success', '--report', 'dist/nightly/upgrades.json');
  expect(JSON.parse(readFileSync(join(folder, 'dist/nightly/upgrades.json'), 'utf8'))).toMatchObject({
    state: 'found',
    body: expect.stringContaining('Within the ranges, 1 packages'),
  });
  expect(step.summaries[0]).toMatch(/^## Packages can be upgraded: found/);
});
