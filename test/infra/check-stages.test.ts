import { checkStages } from '../../src/infra/check-stages';
import type { StageSettings } from '../../src/infra/stages';
import { STAGES } from '../../src/infra/stages';
import { DEV, PROD } from './sample-stages';

const staging: StageSettings = { ...PROD, name: 'staging', alertEmail: 'on-call@example.com' };
const slow = { rate: 1, burst: 2 };

test('what a deployment sets passes: an address for alerts, a third stage, other rates', () => {
  const throttle = { client: slow, api: { rate: 30, burst: 60 }, webhooks: slow, mail: slow };
  expect(() => checkStages([DEV, staging, { ...PROD, throttle }], ['dev', 'staging', 'prod'])).not.toThrow();
});

test('a stage of settings that the pipeline does not reach yet passes', () => {
  expect(() => checkStages([DEV, PROD], ['dev'])).not.toThrow();
});

test.each<[string, readonly StageSettings[], string]>([
  [
    'that .projenrc.ts names and stages.ts does not',
    [DEV],
    '"prod" failed: .projenrc.ts delivers to it, but src/infra/stages.ts has only dev. Add',
  ],
  ['twice', [DEV, PROD, DEV], '"dev" failed: src/infra/stages.ts has two stages of this name. Rename'],
  ['in capitals', [DEV, PROD, { ...DEV, name: 'Dev' }], '"Dev" failed: its name may have only'],
  [
    'with an alert address that is none',
    [DEV, { ...PROD, alertEmail: 'ops' }],
    '"prod" failed: alertEmail "ops" is not a valid address.',
  ],
  [
    'with one processor at a time',
    [DEV, { ...PROD, processorConcurrency: 1 }],
    '"prod" failed: processorConcurrency is below 2',
  ],
  [
    'whose rate one client could use up',
    [DEV, { ...PROD, throttle: { ...PROD.throttle, api: { rate: 29, burst: 60 } } }],
    '"prod" failed: the API\'s throttle is below 3 times',
  ],
  [
    'whose burst one client could use up',
    [DEV, { ...PROD, throttle: { ...PROD.throttle, api: { rate: 30, burst: 59 } } }],
    '"prod" failed: the API\'s throttle is below 3 times',
  ],
  [
    'whose webhooks could start half of the account',
    [DEV, { ...PROD, throttle: { ...PROD.throttle, webhooks: { rate: 560, burst: 100 } } }],
    '"prod" failed: the webhooks could use more than 40 % of the account\'s 1000 executions. Lower',
  ],
  [
    'whose webhooks could start half of the account in one burst',
    [DEV, { ...PROD, throttle: { ...PROD.throttle, webhooks: { rate: 10, burst: 134 } } }],
    '"prod" failed: the webhooks could use more than 40 % of the account\'s 1000 executions. Lower',
  ],
  [
    'that reaches a vendor without TLS',
    [DEV, { ...PROD, vendors: { ...PROD.vendors, twilio: 'http://127.0.0.1' } }],
    '"prod" failed: the address of twilio does not start',
  ],
])('a stage %s is refused in one sentence', (_what, stages, sentence) => {
  expect(() => checkStages(stages, ['dev', 'prod'])).toThrow(`Synthesising the stage ${sentence}`);
});

test('the shipped stages pass', () => {
  expect(() => checkStages(STAGES, [])).not.toThrow();
});
