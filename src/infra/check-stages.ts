import { WEBHOOKS } from '../providers/vendors';
import type { StageSettings, Throttle } from './stages';

/** A client that uses up its rate leaves room in the API for two others. */
const CLIENTS_AT_ONCE = 3;

/** Lambda's least for the consumers of a queue. */
const LEAST_CONCURRENCY = 2;

/** Executions that an account may run at once in a region, unless AWS has agreed on another number. */
const ACCOUNT_EXECUTIONS = 1_000;
/** The part of them that webhooks may start, whoever calls; without a reservation, the rest is the others'. */
const WEBHOOK_SHARE = 0.4;
/** Seconds of one call of a webhook, generously: it waits for a few reads and a write. */
const WEBHOOK_SECONDS = 0.3;

/**
 * Refuses settings that no stack should be made of. `delivered` are the stages of .projenrc.ts: the pipeline would
 * reach one without settings only after its build.
 */
export function checkStages(stages: readonly StageSettings[], delivered: readonly string[]): void {
  const names = stages.map(({ name }) => name);
  const missing = delivered.find((name) => !names.includes(name));
  if (missing !== undefined) {
    refuse(
      missing,
      `.projenrc.ts delivers to it, but src/infra/stages.ts has only ${names.join(' and ')}. ` +
      'Add its settings there, or remove it from .projenrc.ts',
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(twice, 'src/infra/stages.ts has two stages of this name. Rename one of them');
  for (const stage of stages) checkStage(stage);
}

function checkStage({ name, alertEmail, processorConcurrency, throttle, vendors }: StageSettings): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    refuse(name, 'its name may have only lower-case letters, digits and hyphens. Rename it in src/infra/stages.ts');
  }
  if (alertEmail !== undefined && !/^[^\s@]+@[^\s@]+$/.test(alertEmail)) {
    refuse(name, `alertEmail "${alertEmail}" is not a valid address. Correct it in src/infra/stages.ts`);
  }
  if (processorConcurrency < LEAST_CONCURRENCY) {
    refuse(name, `processorConcurrency is below ${LEAST_CONCURRENCY}, Lambda's least. Raise it in src/infra/stages.ts`);
  }
  if (isTooSmall(throttle.api, throttle.client)) {
    refuse(
      name,
      `the API's throttle is below ${CLIENTS_AT_ONCE} times a client's, so that one client could use up the whole API. ` +
        'Raise throttle.api in src/infra/stages.ts',
    );
  }
  if (webhookExecutions(throttle) > ACCOUNT_EXECUTIONS * WEBHOOK_SHARE) {
    refuse(
      name,
      `the webhooks could use more than ${WEBHOOK_SHARE * 100} % of the account's ${ACCOUNT_EXECUTIONS} executions. ` +
        'Lower throttle.webhooks in src/infra/stages.ts',
    );
  }
  const [vendor] = Object.entries(vendors).find(([, url]) => !url.startsWith('https://')) ?? [];
  if (vendor !== undefined) {
    refuse(name, `the address of ${vendor} does not start with https://. Correct it in src/infra/stages.ts`);
  }
}

function isTooSmall(api: Throttle, client: Throttle): boolean {
  return api.rate < CLIENTS_AT_ONCE * client.rate || api.burst < CLIENTS_AT_ONCE * client.burst;
}

/** Executions at once that the throttles let all webhooks, and the page that opts out, together start. */
function webhookExecutions({ webhooks, mail }: StageSettings['throttle']): number {
  const throttles = [...WEBHOOKS.map(({ webhook }) => (webhook.isRare ? mail : webhooks)), mail, mail];
  return throttles.reduce((sum, { rate, burst }) => sum + Math.max(rate * WEBHOOK_SECONDS, burst), 0);
}

function refuse(name: string, why: string): never {
  throw new Error(`Synthesising the stage "${name}" failed: ${why}.`);
}
