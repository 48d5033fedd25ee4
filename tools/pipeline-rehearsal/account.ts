import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { toolkitWords } from '../deployment/bootstrap';
import type { RunProgram } from '../run-program';
import { lastWords } from '../run-program';
import type { PipelineFacts } from './delivery/pipeline-facts';

export interface AccountOptions {
  readonly projectFolder: string;
  readonly facts: PipelineFacts;
  readonly account: string;
  /** As the account's administrator. */
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunProgram;
  print(line: string): void;
}

/** Sets an account up as docs/deploying.md says: CDK's own stack in each region, then the pipeline's roles. */
export async function prepareAccount(options: AccountOptions): Promise<void> {
  const { facts: { delivered, promoted }, environment, account } = options;
  const stages = [...delivered, ...promoted];
  const [first = '', ...others] = new Set(stages.map(({ region }) => region));
  const elsewhere = stages.filter(({ region }) => others.includes(region));
  const names = stages.map(({ name }) => name).join(',');
  await createIdentityProvider();
  await run(options, ['projen', 'bootstrap', '-c', `stages=${names}`, '-c', 'githubProvider=exists'], {
    ...environment,
    AWS_REGION: first,
    AWS_DEFAULT_REGION: first,
  });
  for (const { name, region } of elsewhere) {
    await run(
      options,
      ['cdk', '--app', 'npx tsx src/bootstrap.ts', '--output', '.local/bootstrap', ...toolkitWords(name, account, region)],
      environment,
    );
  }
}

/**
 * By hand, because the emulator's CloudFormation does not know the type; an account that has the provider already is
 * set up in the same way.
 */
async function createIdentityProvider(): Promise<void> {
  const client = new IAMClient();
  try {
    await client.send(
      new CreateOpenIDConnectProviderCommand({
        Url: 'https://token.actions.githubusercontent.com',
        ClientIDList: ['sts.amazonaws.com'],
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && /EntityAlreadyExists/.test(error.name))) throw error;
  } finally {
    client.destroy();
  }
}

async function run(
  { projectFolder, run: runProgram, print }: AccountOptions,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const begun = performance.now();
  const { code, output } = await runProgram('npx', words, { folder: projectFolder, environment });
  if (code !== 0) throw new Error(`npx ${words.join(' ')} ended with exit code ${code}: ${lastWords(output)}`);
  print(`    npx ${words.slice(0, 2).join(' ')} …: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}
