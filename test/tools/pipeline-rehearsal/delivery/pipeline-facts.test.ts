import { join } from 'node:path';
import { stringify } from 'yaml';
import { readPipelineFacts } from '../../../../tools/pipeline-rehearsal/delivery/pipeline-facts';
import { temporaryFolder } from '../../delivery-steps/temporary-folder';

const stage = (name: string) => ({
  name,
  environment: name,
  testEnvironment: `${name}-test`,
  region: 'eu-west-2',
  writesTestData: true,
});
const CDK_JSON = {
  context: {
    delivery: {
      repository: { owner: 'example-org', name: 'engine' },
      stages: [stage('dev'), stage('staging'), stage('prod')],
    },
  },
};
const workflow = (branch: string, ...jobs: readonly string[]) =>
  stringify({
    on: { push: { branches: [branch] } },
    env: { ACCOUNT: '${{ vars.AWS_ACCOUNT_DEV }}' },
    jobs: Object.fromEntries(jobs.map((job) => [job, {}])),
  });

test('branches, stages and variables are read from the generated files, a third stage among them', async () => {
  const facts = await readPipelineFacts(temporaryFolder({
    'cdk.json': CDK_JSON,
    '.github/workflows/deliver.yml': workflow('develop', 'build', 'deploy-dev', 'integration-dev'),
    '.github/workflows/promote.yml': workflow('main', 'find', 'deploy-staging', 'deploy-prod'),
  }));
  expect(facts).toMatchObject({
    repository: 'example-org/engine',
    deliveryBranch: 'develop',
    promotionBranch: 'main',
    variables: ['AWS_ACCOUNT_DEV'],
  });
  expect([facts.delivered, facts.promoted].map((stages) => stages.map(({ name }) => name))).toEqual([
    ['dev'],
    ['staging', 'prod'],
  ]);
});

test('the project has what a rehearsal needs', async () => {
  const { delivered, promoted, variables } = await readPipelineFacts(join(__dirname, '../../../..'));
  expect([delivered.length, promoted.length, variables.length]).toEqual([
    expect.any(Number),
    expect.any(Number),
    expect.any(Number),
  ]);
  expect(Math.min(delivered.length, promoted.length, variables.length)).toBeGreaterThan(0);
});

test('a file that is missing or otherwise is named with what to do', async () => {
  await expect(readPipelineFacts(temporaryFolder({ 'cdk.json': {} }))).rejects.toThrow(
    /^Reading the pipeline from cdk\.json failed: .*Run npx projen, then rehearse again\.$/,
  );
  await expect(readPipelineFacts(temporaryFolder({ 'cdk.json': CDK_JSON }))).rejects.toThrow(
    /deliver\.yml failed: .*no such file/,
  );
});
