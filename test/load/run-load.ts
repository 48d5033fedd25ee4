import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { addProject, ANSWERED_PROJECT } from '../../tools/local-stage/sample/add-project';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { openKeyFor } from '../../tools/local-stage/sample/fill-sample';
import type { MovableClock } from '../support/movable-clock';
import { Random } from '../support/random';
import type { AcceptedRequest } from './load-client';
import { loadRequest, postUntilAccepted } from './load-client';
import { LoadFaults } from './load-faults';
import type { LoadReport } from './load-report';
import { judgeLoad } from './load-report';
import { startFailingReceiver } from './replies/failing-receiver';
import { hearReplies } from './replies/hear-replies';
import { subscribe } from './replies/subscribe';
import { settleAll } from './settle-all';

export interface LoadOptions {
  readonly requests: number;
  readonly seed: number;
  /** Requests on their way at once, and recipients who write at once. */
  readonly clients: number;
  /** Nothing new is posted after so many minutes, so that the run ends on a busy machine too. */
  readonly minutes: number;
  /** Receipts that vendors have still to post; without it they are not waited for. */
  readonly receiptsPending?: () => number;
  readonly onProgress: (line: string) => void;
  /** Share of its calls that a client's endpoint does not take; with it recipients answer, and events are delivered. */
  readonly failingEndpoint?: number;
}

/**
 * One request in so many meets the fault. Duplicates are of two kinds: a request that is posted twice, a queue message
 * that is sent twice. Where recipients answer, one in three is of a project whose engine answers them.
 */
const ONE_IN = { vendorError: 20, kill: 100, postedTwice: 20, queuedTwice: 20, answered: 3 };
/** The usage plan gives each key ten requests a second; the run is many clients with a key each. */
const KEYS = 12;
const LONGEST_RECEIPTS = 5 * 60_000;

/**
 * Posts requests while vendors fail, processes die and messages come twice; resolves when all is at rest and has been
 * counted.
 */
export async function runLoad(stage: LocalStage, clock: MovableClock, options: LoadOptions): Promise<LoadReport> {
  const { requests, seed, clients, minutes, onProgress } = options;
  const random = new Random(seed);
  const faults = new LoadFaults(stage, random);
  const receiver = options.failingEndpoint === undefined
    ? undefined
    : await startFailingReceiver(random, options.failingEndpoint);
  if (receiver) await subscribe(stage, receiver);
  if (receiver) await addProject(stage, ANSWERED_PROJECT);
  const keys = await manyKeys(stage, [SAMPLE.projectId, ...(receiver ? [ANSWERED_PROJECT.project_id] : [])]);
  const accepted: AcceptedRequest[] = [];
  let postedTwice = 0;
  let next = 0;
  const begun = performance.now();
  const client = async () => {
    while (next < requests && performance.now() - begun < minutes * 60_000) {
      const index = next++;
      const isAnswered = receiver !== undefined && index % ONE_IN.answered === 2;
      const request = loadRequest(
        random.pick(CHANNELS), index, isAnswered ? ANSWERED_PROJECT.project_id : SAMPLE.projectId,
      );
      const key = keys[index % keys.length] ?? stage.apiKey;
      if (index % ONE_IN.vendorError === 7) faults.breakVendor(request.channel);
      if (index % ONE_IN.kill === 53) faults.kill();
      const twice = index % ONE_IN.postedTwice === 3;
      const twiceQueued = index % ONE_IN.queuedTwice === 13;
      if (twice) postedTwice += 1;
      const post = async () => postUntilAccepted(stage, key, request);
      const [conversationId] = await Promise.all([post(), twice ? post() : undefined]);
      if (conversationId === undefined) continue;
      accepted.push({ ...request, conversationId });
      if (twiceQueued) await faults.doubleQueueMessage(request.channel, conversationId);
      if (accepted.length % 250 === 0) {
        onProgress(`  ${accepted.length} accepted after ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const acceptedAfter = performance.now() - begun;
  await receiptsPosted(options);
  await settleAll(stage, clock, onProgress);
  const replies = receiver && (await hearReplies(stage, clock, { faults, clients, accepted, receiver, onProgress }));
  faults.stop();
  await receiver?.stop();
  const seconds = (performance.now() - begun) / 1000;
  return judgeLoad(stage, {
    ...(replies ? { replies } : {}),
    requests: next,
    accepted,
    faults: faults.counts,
    postedTwice,
    acceptedAfter,
    seconds,
    clockMoved: clock.ahead(),
    seed,
  });
}

/** Before the clock is moved by hours: a receipt that was posted in time must not look late. */
async function receiptsPosted({ receiptsPending, onProgress }: LoadOptions): Promise<void> {
  const end = performance.now() + LONGEST_RECEIPTS;
  while (receiptsPending && receiptsPending() > 0 && performance.now() < end) await setTimeout(250);
  onProgress(`  ${receiptsPending?.() ?? 0} receipts are left to be posted`);
}

/** The company's own limits of requests are lifted: they are not what this run is about. */
async function manyKeys(stage: LocalStage, projectIds: readonly string[]): Promise<readonly string[]> {
  const { companyTable: TableName } = resourceNames(LOCAL_STAGE);
  for (const project_id of projectIds) {
    await stage.tables.send(new UpdateCommand({
      TableName,
      Key: { company_id: SAMPLE.companyId, project_id },
      UpdateExpression: 'SET rate_limits.requests_per_minute = :lifted',
      ExpressionAttributeValues: { ':lifted': 1_000_000 },
    }));
  }
  return Promise.all(Array.from({ length: KEYS }, async () => {
    const key = stage.cloud.createApiKey({ name: `load-${randomUUID()}` }).value;
    await openKeyFor({ ...stage, apiKey: key }, projectIds);
    return key;
  }));
}
