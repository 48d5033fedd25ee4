import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as synthesised from './infra/synthesised';
import { inFolder, PLACE } from './infra/synthesised';

const saved = { ...process.env };

afterEach(() => {
  process.env = { ...saved };
});

/** Runs the CDK entry as the CDK command does, with its variables, and answers each stack's place. */
function run(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return inFolder((outdir) => {
    for (const name of ['CDK_DEFAULT_ACCOUNT', 'CDK_DEFAULT_REGION']) delete process.env[name];
    Object.assign(process.env, { CDK_OUTDIR: outdir, ...variables });
    jest.isolateModules(() => {
      // The copies of CDK and of its stand-ins that this run of the entry will see.
      const fresh: typeof synthesised = jest.requireActual('./infra/synthesised');
      fresh.withoutBundles();
      jest.requireActual('../src/main');
    });
    const { artifacts }: { artifacts: Record<string, { readonly type: string; readonly environment: string }> } =
      JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    return Object.fromEntries(Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack').map(([name, { environment }]) => [name, environment]));
  });
}

test('the app is one stack a stage, in the account and region of the credentials', () => {
  const place = `aws://${PLACE.account}/${PLACE.region}`;
  expect(run({ CDK_DEFAULT_ACCOUNT: PLACE.account, CDK_DEFAULT_REGION: PLACE.region })).toEqual({ 'ai-multi-comms-dev': place, 'ai-multi-comms-prod': place });
});

test('without credentials it is synthesised for anywhere', () => {
  expect(run({})).toEqual({
    'ai-multi-comms-dev': 'aws://unknown-account/unknown-region',
    'ai-multi-comms-prod': 'aws://unknown-account/unknown-region',
  });
});
