import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../../src/cli/command-error';
import type { DeploymentAccount, DeploymentHost } from '../../../tools/deployment/deployment-host';
import { runDeployment } from '../../../tools/deployment/deployment-program';

const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const stage = (name: string, region: string) => ({ name, region });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'cdk.json'),
  JSON.stringify({ context: { delivery: { stages: [stage('dev', 'eu-west-2'), stage('prod', 'eu-west-1')] } } }));

interface Setting {
  readonly account?: Partial<DeploymentAccount>;
  readonly stacks?: Readonly<Record<string, string>>;
  readonly typed?: string;
  readonly isAutomated?: boolean;
  readonly exitCode?: number;
  readonly projectFolder?: string;
  readonly shellRegion?: string;
  /** The stacks cannot be deleted. */
  readonly isProtected?: boolean;
}

/** Runs a command line against an account in memory, and answers what it said and what CDK was told. */
async function deployment(
  words: readonly string[],
  {
    account = {},
    stacks = {
      'ai-multi-comms-toolkit-dev': 'CREATE_COMPLETE', 'ai-multi-comms-toolkit-prod': 'CREATE_COMPLETE',
      'ai-multi-comms-dev': 'UPDATE_COMPLETE',
    },
    ...setting
  }: Setting = {}) {
  const said: string[] = [];
  const cdk: string[] = [];
  const regions: string[] = [];
  const { typed, isAutomated = false, exitCode = 0, projectFolder = folder, isProtected = false } = setting;
  const host: DeploymentHost = {
    projectFolder,
    isAutomated,
    shellRegion: setting.shellRegion,
    print: (line) => said.push(line),
    printError: (line) => said.push(line),
    ...(typed === undefined ? {} : { ask: async () => Promise.resolve(typed) }),
    openAccount: (region) => {
      regions.push(region);
      return {
        accountNumber: async () => Promise.resolve('123456789012'),
        stack: async (name) => {
          const status = stacks[name];
          return Promise.resolve(status === undefined ? undefined : { status, isProtected });
        },
        outputs: async (name) =>
          Promise.resolve<Readonly<Record<string, string>>>(
            name.startsWith('ai-multi-comms-toolkit-')
              ? { BootstrapVersion: '30' }
              : { ApiUrl: 'https://api.example.com/dev', CompanyTable: 'ai-multi-comms-company-data-dev' },
          ),
        template: async () => Promise.resolve(undefined),
        concurrency: async () => Promise.resolve({ limit: 1000, unreserved: 1000 }),
        logRole: async () => Promise.resolve(undefined),
        unowned: async () => Promise.resolve({ account: '123456789012', region, unowned: [], unreadable: [] }),
        close: () => undefined,
        ...account,
      };
    },
    synthesise: async () => Promise.resolve(join(__dirname, 'earlier-assembly')),
    runCdk: async (given, region) => {
      cdk.push(`${given.join(' ').replace(__dirname, '.')} in ${region}`);
      return Promise.resolve(exitCode);
    },
  };
  const code = await runDeployment(words, host);
  return { code, said: said.join('\n'), cdk, regions };
}

describe('deploying', () => {
  test('the first stage deploys its stack alone, in its own region, and keeps the outputs where tests find them',
    async () => {
      const { code, said, cdk, regions } = await deployment(['deploy', '--stage', 'dev']);
      expect(code).toBe(0);
      expect(cdk).toEqual([
        'deploy ai-multi-comms-dev --app ./earlier-assembly --build  --exclusively --progress events '
          + '--require-approval never in eu-west-2',
      ]);
      expect(regions).toEqual(['eu-west-2']);
      expect(said).toContain('ApiUrl        https://api.example.com/dev');
      expect(JSON.parse(readFileSync(join(folder, '.local/outputs/dev.json'), 'utf8'))).toMatchObject(
        { CompanyTable: 'ai-multi-comms-company-data-dev' });
    });

  test('a stage that is not there yet is deployed, and on a terminal CDK may ask', async () => {
    const { code, cdk } = await deployment(['deploy'], { stacks: { 'ai-multi-comms-toolkit-dev': 'CREATE_COMPLETE' }, typed: '' });
    expect([code, cdk]).toEqual([
      0,
      ['deploy ai-multi-comms-dev --app ./earlier-assembly --build  --exclusively --progress events in eu-west-2'],
    ]);
  });

  test('another stage needs its name typed', async () => {
    const refused = await deployment(['deploy', '--stage', 'prod'], { typed: 'dev' });
    expect(refused).toMatchObject(
      {
        code: 1, cdk: [],
        said: expect.stringContaining('the name that was typed is not prod, and nothing was changed'),
      });
    expect((await deployment(['deploy', '--stage', 'prod'], { typed: ' prod ' })).cdk).toHaveLength(1);
  });

  test('without a terminal another stage needs its name as a flag, but in the pipeline its gate has asked',
    async () => {
      expect(await deployment(['deploy', '--stage', 'prod'])).toMatchObject(
        { code: 1, cdk: [], said: expect.stringContaining('give --confirm prod') });
      expect((await deployment(['deploy', '--stage', 'prod', '--confirm', 'prod'])).cdk).toHaveLength(1);
      expect((await deployment(['deploy', '--stage', 'prod'], { isAutomated: true })).cdk).toHaveLength(1);
    });

  test('a deployment that fails says so and keeps no outputs', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'deployment-'));
    writeFileSync(join(elsewhere, 'cdk.json'), readFileSync(join(folder, 'cdk.json')));
    const { code, said } = await deployment(['deploy'], { exitCode: 3, projectFolder: elsewhere });
    expect([code, said]).toEqual(
      [1, expect.stringContaining('Deploying dev failed: the lines above say why (exit code 3 of cdk deploy)')]);
    expect(existsSync(join(elsewhere, '.local'))).toBe(false);
    rmSync(elsewhere, { recursive: true });
  });
});

describe('before anything is changed, a deployment refuses', () => {
  const refusal = async (setting: Setting) => {
    const { code, said: all, cdk } = await deployment(['deploy'], setting);
    const said = all.replace(/^Synthesising .*\n/, '');
    expect([code, cdk]).toEqual([1, []]);
    expect(said.split('\n')).toHaveLength(1);
    return said;
  };

  test('an account without CDK\'s own stack', async () => {
    expect(await refusal({ stacks: {} })).toBe(
      'Deploying dev failed: CDK has not been set up for this stage in the account and region 123456789012, eu-west-2; run `npx '
        + 'projen bootstrap -c stages=dev`, then try again.',
    );
  });

  test.each([
    ['ROLLBACK_COMPLETE', 'npx projen destroy --stage dev'],
    ['ROLLBACK_FAILED', 'delete the stack in the CloudFormation console'],
    ['CREATE_FAILED', 'npx projen destroy --stage dev'],
    ['UPDATE_ROLLBACK_FAILED', 'aws cloudformation continue-update-rollback --stack-name ai-multi-comms-dev'],
    ['UPDATE_FAILED', 'aws cloudformation rollback-stack --stack-name ai-multi-comms-dev'],
    ['DELETE_FAILED', 'remove or retain that'],
    ['IMPORT_ROLLBACK_FAILED', 'repair it in the CloudFormation console'],
    ['UPDATE_IN_PROGRESS', 'wait until that has ended'],
  ])('a stack in the state %s, and says what to do', async (status, advice) => {
    const said = await refusal({ stacks: { 'ai-multi-comms-toolkit-dev': 'CREATE_COMPLETE', 'ai-multi-comms-dev': status } });
    expect(said).toContain(`the stack ai-multi-comms-dev is in the state ${status}: `);
    expect(said).toContain(advice);
  });

  test.each(['ROLLBACK_COMPLETE', 'CREATE_FAILED', 'ROLLBACK_FAILED'])(
    'what a first deployment of a guarded stage left in the state %s, with every step of the way out in its order',
    async (status) => {
      const said = await refusal(
        { stacks: { 'ai-multi-comms-toolkit-dev': 'CREATE_COMPLETE', 'ai-multi-comms-dev': status }, isProtected: true });
      const steps = [
        'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name '
          + 'ai-multi-comms-dev --region eu-west-2',
        status === 'ROLLBACK_FAILED' ? 'delete the stack' : 'npx projen destroy --stage dev',
        'npx projen adopt --stage dev',
        'then try again',
      ];
      const places = steps.map((step) => said.indexOf(step));
      expect(places).not.toContain(-1);
      expect([...places].sort((one, other) => one - other)).toEqual(places);
    });

  test('a stack that protects and keeps nothing is not told to be unprotected or adopted', async () => {
    const said = await refusal(
      { stacks: { 'ai-multi-comms-toolkit-dev': 'CREATE_COMPLETE', 'ai-multi-comms-dev': 'ROLLBACK_COMPLETE' } });
    expect(said).not.toMatch(/protection|adopt/);
  });

  test('resources of the stage\'s names that no stack owns, and names the way out', async () => {
    const unowned = Array.from({ length: 8 }, (_none, index) => ({ kind: 'table', name: `table-${index}` } as const));
    const said = await refusal(
      { account: { unowned: async () => Promise.resolve({ account: '1', region: 'r', unowned, unreadable: [] }) } });
    expect(said).toContain('table table-0');
    expect(said).toContain('and 2 more');
    expect(said).toContain('npx projen adopt --stage dev');
  });

  const deployed = (template: unknown) => ({ template: async () => Promise.resolve(JSON.stringify(template)) });
  const sam = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      ConversationsTable: { Type: 'AWS::DynamoDB::Table' },
      ChannelRouterFunction: { Type: 'AWS::Serverless::Function' },
    },
  };

  test('a stack that another tool made under the same name, and names the way to take it over', async () => {
    expect(await refusal({ account: deployed(sam) })).toBe(
      'Deploying dev failed: another app made the stack ai-multi-comms-dev (ConversationsTable, '
      + 'ChannelRouterFunction), ' +
        'and this deployment would delete what it holds; take it over with ' +
        '`npx projen adopt --stage dev --from-stack ai-multi-comms-dev`.',
    );
    expect(await refusal({ account: { template: async () => Promise.resolve('Resources:\n  Table:\n') } }))
      .toContain('another app made the stack ai-multi-comms-dev, and');
  });

  test('an account that runs fewer functions at once than the stage may start, and names the quota', async () => {
    const account = { concurrency: async () => Promise.resolve({ limit: 10, unreserved: 10 }) };
    expect(await refusal({ account })).toBe(
      'Deploying dev failed: the account runs at most 10 Lambda functions at once in eu-west-2, and this stage '
      + 'needs 21; ' +
        'run `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 ' +
        '--desired-value 1000 --region eu-west-2`, wait until AWS has approved it, then try again.',
    );
  });

  test('a CDK stack that is too old', async () => {
    expect(await refusal({ account: { outputs: async () => Promise.resolve({ BootstrapVersion: '5' }) } }))
      .toContain('is of version 5, and version 6 is needed; run `npx projen bootstrap -c stages=dev`');
  });

  test('credentials that may not look', async () => {
    const unreadable = [{ kind: 'role' as const, why: 'iam:ListRoles' }];
    expect(await refusal(
      {
        account: {
          unowned: async () =>
            Promise.resolve(JSON.parse(JSON.stringify({ unowned: [], unreadable }))),
        },
      })).toContain(
      'may not list resources of its names that no stack owns (role)');
  });

  test('credentials that are not good', async () => {
    const accountNumber = async () =>
      Promise.reject(new CommandError(
        'Asking AWS whose credentials these are failed: the AWS credentials have expired; sign in again.'));
    expect(await refusal({ account: { accountNumber } })).toContain('the AWS credentials have expired; sign in again.');
  });

  test('a stage that does not exist, and a folder that is not the project\'s', async () => {
    expect(await deployment(['deploy', '--stage', 'stagign'])).toMatchObject(
      {
        code: 1, regions: [],
        said: expect.stringMatching(/^There is no stage "stagign": take one of dev, prod, or add it/),
      });
    expect(await deployment(['deploy'], { projectFolder: tmpdir() })).toMatchObject(
      { code: 1, said: expect.stringContaining('after `npx projen`') });
  });

  test('words that are not a command line', async () => {
    expect(await deployment(['deploy', '--stgae', 'dev'])).toMatchObject({ code: 2, cdk: [] });
    expect(await deployment(['--', 'deploy', '--help'])).toMatchObject(
      { code: 0, cdk: [], said: expect.stringContaining('--stage') });
  });
});

describe('preparing an account', () => {
  const APP = '--app npx tsx src/bootstrap.ts --build  --output .local/bootstrap';

  test('checks stage, region and credentials, then makes the policies and after them CDK\'s own stack', async () => {
    expect(await deployment(['bootstrap', '-c', 'stages=dev', '-c', 'githubProvider=exists'])).toMatchObject({
      code: 0,
      regions: ['eu-west-2'],
      cdk: [
        `${APP} deploy --all --require-approval never -c stages=dev -c githubProvider=exists in eu-west-2`,
        `${APP} bootstrap aws://123456789012/eu-west-2 --qualifier amcdev `
          + '--toolkit-stack-name ai-multi-comms-toolkit-dev --cloudformation-execution-policies '
          + 'arn:aws:iam::123456789012:policy/ai-multi-comms-execution-dev '
          + '--custom-permissions-boundary ai-multi-comms-boundary-dev --apply-permissions-boundary-to-all-roles '
          + '-c stages=dev -c githubProvider=exists in eu-west-2',
      ],
    });
  });

  test.each([
    [[], undefined, 2, /-c, --context/],
    [['-c', 'githubProvider=exists'], undefined, 1, /no stage was named; add -c stages=/],
    [['-c', 'stages=stagign'], undefined, 1, /^There is no stage "stagign": take one of dev, prod/],
    [['-c', 'stages=dev'], 'us-east-1', 1,
      /lives in eu-west-2, not in us-east-1; run AWS_REGION=eu-west-2 npx projen bootstrap -c stages=dev\.$/],
    [['-c', 'stages=dev,prod'], undefined, 1,
      /dev and prod live in eu-west-2 and eu-west-1; run AWS_REGION=eu-west-2 .* and AWS_REGION=eu-west-1 /],
  ])('refuses %j in the region %s before CDK starts', async (words, shellRegion, code, sentence) => {
    const result = await deployment(['bootstrap', ...words], shellRegion === undefined ? {} : { shellRegion });
    expect(result).toMatchObject({ code, cdk: [], said: expect.stringMatching(sentence) });
  });

  test('with credentials that are not good says so before CDK starts, and one command that fails is the last',
    async () => {
      const accountNumber = async () => Promise.reject(new CommandError('Asking AWS failed: sign in.'));
      expect(await deployment(['bootstrap', '-c', 'stages=dev'], { account: { accountNumber } }))
        .toMatchObject({ code: 1, cdk: [], said: 'Asking AWS failed: sign in.' });
      const failed = await deployment(['bootstrap', '-c', 'stages=dev'], { exitCode: 1 });
      expect(failed).toMatchObject({ code: 1, said: expect.stringContaining('the lines above say why (exit code 1)') });
      expect(failed.cdk).toHaveLength(1);
    });
});

describe('looking and taking away', () => {
  test('a difference changes nothing and asks for nothing', async () => {
    expect(await deployment(['diff', '--stage', 'prod'])).toMatchObject(
      { code: 0, cdk: ['diff ai-multi-comms-prod --exclusively in eu-west-1'] });
  });

  test('a stack is deleted only once its name was typed, in the pipeline too', async () => {
    expect(await deployment(['destroy'], { isAutomated: true })).toMatchObject({ code: 1, cdk: [] });
    expect(await deployment(['destroy'], { typed: 'yes' })).toMatchObject({ code: 1, cdk: [] });
    expect((await deployment(['destroy'], { typed: 'dev' })).cdk).toEqual(
      ['destroy ai-multi-comms-dev --exclusively --force in eu-west-2']);
  });

  test('a stack that is protected is left alone before anybody is asked, and the command that lets it be deleted is '
    + 'named', async () => {
    const protectedStack = { isProtected: true, typed: 'prod', stacks: { 'ai-multi-comms-prod': 'ROLLBACK_COMPLETE' } };
    expect(await deployment(['destroy', '--stage', 'prod'], protectedStack)).toMatchObject({
      code: 1,
      cdk: [],
      said: expect.stringContaining(
        '`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name '
          + 'ai-multi-comms-prod --region eu-west-1`, then try again.',
      ),
    });
    expect((await deployment(['destroy', '--stage', 'prod'], { ...protectedStack, isProtected: false })).cdk).toEqual([
      'destroy ai-multi-comms-prod --exclusively --force in eu-west-1',
    ]);
  });

  test('a stack that is not there is said to be missing', async () => {
    expect(await deployment(['destroy'], { stacks: {}, typed: 'dev' })).toMatchObject(
      { code: 1, cdk: [], said: expect.stringContaining('has no stack ai-multi-comms-dev in eu-west-2') });
  });
});
