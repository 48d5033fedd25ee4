import type { Environment } from 'aws-cdk-lib';
import { VENDOR_URLS } from '../../src/providers/vendors';
import type { StageSettings } from '../../src/infra/stages';

/** Where the tested stacks are said to go, so that ARNs can be written out. */
export const PLACE = { account: '123456789012', region: 'eu-west-2' } as const;

/** What the pipeline's options say of the tested stages. */
export const DELIVERY = {
  repository: { owner: 'example-org', name: 'engine' },
  stages: ['dev', 'prod'].map((name) => ({
    name, environment: name, testEnvironment: `${name}-test`, region: PLACE.region, writesTestData: name === 'dev',
  })),
};

/** The tests' own stages, so that a deployment's settings can be changed without a test. */
export const DEV: StageSettings = {
  name: 'dev',
  logLevel: 'DEBUG',
  logRetentionDays: 14,
  recordRetentionDays: 30,
  guarded: false,
  allowedOrigins: ['*'],
  throttle: {
    client: { rate: 10, burst: 20 },
    api: { rate: 50, burst: 100 },
    webhooks: { rate: 100, burst: 40 },
    mail: { rate: 10, burst: 10 },
  },
  processorConcurrency: 5,
  rollout: 'at_once',
  setsApiGatewayLogRole: true,
  vendors: VENDOR_URLS,
};

export const PROD: StageSettings = {
  ...DEV,
  name: 'prod',
  logLevel: 'INFO',
  logRetentionDays: 90,
  recordRetentionDays: 365,
  guarded: true,
  throttle: {
    client: { rate: 10, burst: 20 },
    api: { rate: 200, burst: 400 },
    webhooks: { rate: 400, burst: 115 },
    mail: { rate: 30, burst: 12 },
  },
  processorConcurrency: 20,
  rollout: 'canary',
};

export const SAMPLE_STAGES: readonly StageSettings[] = [DEV, PROD];

/** The settings of a tested stage. */
export function sampleStage(name: string): StageSettings {
  const found = SAMPLE_STAGES.find((stage) => stage.name === name);
  if (!found) throw new Error(`The tests have no stage ${name}: take dev or prod.`);
  return found;
}

interface Variant {
  readonly stage: StageSettings;
  readonly env: Environment;
}

/** A build that deploys nothing knows the region from the pipeline's options, and no account. */
const WITHOUT_CREDENTIALS: Environment = { region: PLACE.region };

const ORIGIN = 'https://app.example.com';

/** Every stack whose template a test reads. All are synthesised once, before the first of these tests. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'dev': { stage: DEV, env: PLACE },
  'prod': { stage: PROD, env: PLACE },
  'dev without credentials': { stage: DEV, env: WITHOUT_CREDENTIALS },
  'prod without credentials': { stage: PROD, env: WITHOUT_CREDENTIALS },
  'prod under the name dev': { stage: { ...PROD, name: 'dev' }, env: PLACE },
  'an address for alerts': { stage: { ...DEV, alertEmail: 'on-call@example.com' }, env: PLACE },
  'one origin': { stage: { ...DEV, allowedOrigins: [ORIGIN] }, env: PLACE },
  'two origins': { stage: { ...DEV, allowedOrigins: [ORIGIN, 'https://admin.example.com'] }, env: PLACE },
  'the console': { stage: { ...DEV, console: {} }, env: PLACE },
  'the console of a guarded stage': { stage: { ...PROD, console: {} }, env: PLACE },
  'the console with a provider and an address of one\'s own': {
    stage: {
      ...DEV,
      console: {
        oidc: {
          issuer: 'https://login.example.com', clientId: 'engine', clientSecretName: 'console-client', rolesClaim: 'groups',
          roleMap: { 'engine-reviewers': 'reviewer:*' },
        },
        address: 'https://console.example.com',
      },
    },
    env: PLACE,
  },
  'an account with a log role': { stage: { ...DEV, setsApiGatewayLogRole: false }, env: PLACE },
};
