import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAGES } from '../src/infra/stages';
import { PLACE } from './infra/sample-stages';
import type * as withCdk from './infra/with-cdk';
import { inFolder } from './infra/with-cdk';

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
      const fresh: typeof withCdk = jest.requireActual('./infra/with-cdk');
      fresh.withoutBundles();
      jest.requireActual('../src/main');
    });
    const { artifacts }: { artifacts: Record<string, { readonly type: string; readonly environment: string }> } =
      JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    return Object.fromEntries(Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack').map(([name, { environment }]) => [name, environment]));
  });
}

const everyStack = (place: string) => Object.fromEntries(STAGES.map(({ name }) => [`ai-multi-comms-${name}`, place]));

test('the app is one stack a stage, in the account and region of the credentials', () => {
  const place = `aws://${PLACE.account}/${PLACE.region}`;
  expect(run({ CDK_DEFAULT_ACCOUNT: PLACE.account, CDK_DEFAULT_REGION: PLACE.region })).toEqual(everyStack(place));
});

test('without credentials it is synthesised for anywhere', () => {
  expect(run({})).toEqual(everyStack('aws://unknown-account/unknown-region'));
});
