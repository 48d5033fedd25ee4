import type { App, Environment } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { engineApp } from '../../src/infra/engine-app';
import type { StageSettings } from '../../src/infra/stages';
import { DEV, PLACE, PROD, SAMPLE_STAGES } from './sample-stages';
import { inFolder, withoutBundles } from './with-cdk';

interface Synthesis {
  readonly stages?: readonly StageSettings[];
  readonly env?: Environment;
  readonly context?: Readonly<Record<string, unknown>>;
  /** A mistake, made before the synthesis. */
  readonly plant?: (app: App) => void;
}

/** What the CDK command would find in the assembly. */
function synthesise({ stages = SAMPLE_STAGES, env = {}, context = {}, plant }: Synthesis) {
  withoutBundles();
  return inFolder((outdir) => {
    const app = engineApp(stages, env, { outdir, context });
    plant?.(app);
    return app.synth().stacks;
  });
}

const devOnly = [DEV];

/** What .projenrc.ts says of one stage, as cdk.json hands it on. */
function deliveryOf(name: string, region: string) {
  const stage = { name, region, environment: name, testEnvironment: `${name}-test`, writesTestData: false };
  return { repository: { owner: 'example-org', name: 'engine' }, stages: [stage] };
}

test('there is one stack a stage, and prod\'s cannot be deleted by a slip', () => {
  expect(
    synthesise({ env: PLACE }).map((stack) => [
      stack.stackName,
      stack.environment.name,
      stack.terminationProtection ?? false,
    ]),
  ).toEqual([
    ['ai-multi-comms-dev', 'aws://123456789012/eu-west-2', false],
    ['ai-multi-comms-prod', 'aws://123456789012/eu-west-2', true],
  ]);
});

test('without credentials the stack can go anywhere, and cdk-nag passes it just so', () => {
  const places = synthesise({ stages: devOnly }).map(({ environment }) => environment.name);
  expect(places).toEqual(['aws://unknown-account/unknown-region']);
});

test('the pipeline\'s options say a stage\'s region, whatever region the synthesis is run from', () => {
  const delivery = deliveryOf('dev', 'eu-west-1');
  const places = (env: Environment) =>
    synthesise({ env, context: { delivery } }).map(({ environment }) => environment.name);
  expect(places({ region: 'us-east-1' })).toEqual([
    'aws://unknown-account/eu-west-1',
    'aws://unknown-account/us-east-1',
  ]);
  expect(places(PLACE)).toEqual(['aws://123456789012/eu-west-1', 'aws://123456789012/eu-west-2']);
});

test('a stage that .projenrc.ts names and stages.ts does not stops the synthesis', () => {
  expect(() => synthesise({ stages: devOnly, context: { delivery: deliveryOf('staging', 'eu-west-1') } })).toThrow(
    /^Synthesising the stage "staging" failed: \.projenrc\.ts delivers to it/,
  );
});

test('a guarded stage whose alarms have no subscriber says so', () => {
  const subscribed = { ...PROD, name: 'subscribed', alertEmail: 'on-call@example.com' };
  const warned = synthesise({ stages: [PROD, subscribed] })
    .flatMap(({ stackName, messages }) => messages.map(({ entry }) => `${stackName}: ${String(entry.data)}`));
  expect(warned).toEqual([
    expect.stringMatching(
      /^ai-multi-comms-prod: The alarms of prod have no subscriber: set alertEmail in src\/infra\/stages\.ts/,
    ),
  ]);
});

test('a finding of cdk-nag that nobody acknowledged stops the synthesis', () => {
  const plant = (app: App) => new Queue(app.node.findChild('ai-multi-comms-dev'), 'Careless');
  expect(() => synthesise({ stages: devOnly, plant })).toThrow(
    /AwsSolutions-SQS4[^]*Careless|Careless[^]*AwsSolutions-SQS4/,
  );
});

test('an acknowledged wildcard does not let another one of the same role pass', () => {
  const plant = (app: App) => {
    const role = app.node.findAll().find((construct) => construct.node.path.endsWith('/sms/Processor/Role'));
    if (!(role instanceof Role)) throw new Error('The stack has no role for the processor of sms.');
    role.addToPolicy(
      new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:*:*:table/*'] }),
    );
  };
  expect(() => synthesise({ stages: devOnly, plant })).toThrow(
    'AwsSolutions-IAM5[Resource::arn:aws:dynamodb:*:*:table/*]',
  );
});
