import { randomUUID } from 'node:crypto';
import { CHANNELS } from '../../core/channel';
import type { ResourceNames } from '../../core/names';
import { WEBHOOK_PATHS, WEBHOOK_QUERY } from '../../core/webhook-paths';
import { CommandError } from '../command-error';
import type { DeployedStage } from './deployed-stage';

/** One thing that must hold; throws a sentence where it does not. */
export interface SmokeCheck {
  readonly title: string;
  readonly run: () => Promise<void>;
  /** It may not hold yet: what was just deployed reaches all of API Gateway's servers only after some seconds. */
  readonly isTriedAgain: boolean;
}

export interface SmokeWorld {
  readonly stage: DeployedStage;
  readonly names: ResourceNames;
  /** The API's base URL. */
  readonly url: string;
  readonly fetch: typeof fetch;
}

/** Milliseconds; API Gateway itself gives up after 29 s. */
const ANSWER_LIMIT = 30_000;

/**
 * What tells a release that does not start from one that does, without a key, a company or a message: functions and tables are there, queues reach
 * their processors, and each function behind the API answers in its own words.
 */
export function smokeChecks({ stage, names, url, fetch: call }: SmokeWorld): readonly SmokeCheck[] {
  const forged = new URLSearchParams({ [WEBHOOK_QUERY.conversation]: `smoke-test#smoke-test#${randomUUID()}#447700900000`, [WEBHOOK_QUERY.attempt]: randomUUID() });
  const refused = async (method: 'GET' | 'POST', path: string) => expectForbidden(call, method, `${url}${path}`);
  return [
    ...[names.router, names.reader, names.vendorWebhooks, names.reconciler, ...CHANNELS.map(names.processor)].map((name) => here(`the function ${name} is ready`, async () => {
      const { state, update } = await stage.functionState(name);
      if (state === 'Failed' || update !== 'Successful') throw new CommandError(`It is ${state}, and its last update ${update}; look at the function in the Lambda console.`);
    })),
    ...[names.companyTable, names.conversationTable].map((name) => here(`the table ${name} is there`, async () => {
      const status = await stage.tableStatus(name);
      if (!['ACTIVE', 'UPDATING'].includes(status)) throw new CommandError(`It is ${status}; look at the table in the DynamoDB console.`);
    })),
    ...CHANNELS.map((channel) => here(`the queue ${names.queue(channel)} reaches its processor`, async () => {
      const states = await stage.deliveriesOf(names.queue(channel));
      if (!states.includes('Enabled')) throw new CommandError(`${states.length === 0 ? 'No function takes from it' : `What takes from it is ${states.join(', ')}`}; look at the triggers of ${names.processor(channel)}.`);
    })),
    overHttp('a request without a key is refused', async () => refused('POST', '/initiate-conversation')),
    overHttp('a question without a key is refused', async () => refused('GET', '/conversations/smoke-test')),
    // It has no key to fail at before the function: the answer shows that the function starts, and reaches the records.
    overHttp('a forged call of a vendor is refused by its function', async () => refused('POST', `${WEBHOOK_PATHS.twilioStatus}?${forged.toString()}`)),
  ];
}

function here(title: string, run: () => Promise<void>): SmokeCheck {
  return { title, run, isTriedAgain: false };
}

function overHttp(title: string, run: () => Promise<void>): SmokeCheck {
  return { title, run, isTriedAgain: true };
}

async function expectForbidden(call: typeof fetch, method: 'GET' | 'POST', url: string): Promise<void> {
  const answer = await call(url, { method, ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: '{}' }), signal: AbortSignal.timeout(ANSWER_LIMIT) })
    .catch((error: unknown) => { throw new CommandError(`Nothing answers at ${new URL(url).host}; check the network and the API.`, { cause: error }); });
  const body = await answer.text();
  if (answer.status === 403 && body.includes('"FORBIDDEN"')) return;
  throw new CommandError(`The answer is ${answer.status} where the contract says 403 FORBIDDEN; look at the function's log.`);
}
