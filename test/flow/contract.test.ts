import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { DocumentedAnswers } from '../openapi/documented-answers';
import type { HttpAnswer } from '../openapi/documented-answers';
import type { EventsWorldOfContract } from './contract-of-events';
import { EVENT_PATHS, EVENTS_NOT_PROVOKED, EVENTS_PROVOKED } from './contract-of-events';
import { READING_PATHS, READINGS_NOT_PROVOKED, READINGS_PROVOKED } from './contract-of-readings';
import { RECIPIENTS_NOT_PROVOKED, RECIPIENTS_PROVOKED } from './contract-of-recipients';
import { REPLIES_NOT_PROVOKED, REPLIES_PROVOKED, REPLY_PATHS } from './contract-of-replies';
import { REQUESTS_PROVOKED } from './contract-of-requests';
import { WEBHOOKS_NOT_PROVOKED, WEBHOOKS_PROVOKED } from './contract-of-webhooks';
import type { Provoke, World } from './contract-world';
import { DRY_RUN, INITIATE, killed, ofFunction, placeOf, preflightOf, worldOf } from './contract-world';
import { request, startStage } from './local-stage-of-tests';

/** Documented, and not to be had over HTTP from here. */
const NOT_PROVOKED: Readonly<Record<string, string>> = {
  ...WEBHOOKS_NOT_PROVOKED,
  ...Object.fromEntries(
    [INITIATE, DRY_RUN, ...READING_PATHS, ...REPLY_PATHS, ...EVENT_PATHS.map(([, path]) => path)].map((path) => [
      `options ${path} 429 RATE_LIMIT_EXCEEDED`,
      "the whole stage's burst would have to be used up; it is the same gateway response as the clients' rate",
    ]),
  ),
  ...EVENTS_NOT_PROVOKED,
  ...RECIPIENTS_NOT_PROVOKED,
  ...REPLIES_NOT_PROVOKED,
  ...READINGS_NOT_PROVOKED,
};

/** The calls about endpoints and events by the client's key. */
function eventsWorldOf(world: World): EventsWorldOfContract {
  return {
    ask: async (method, path, body, key = world.key) => world.call(method, path, {
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    post: async (body) => world.post(body),
    refusing: async (name, service, work) => world.failing(ofFunction(name, service), work),
    killing: async (name, work) => killed(name, work)(world),
  };
}

const PROVOKED: Readonly<Record<string, Provoke>> = {
  ...REQUESTS_PROVOKED,
  ...READINGS_PROVOKED,
  ...WEBHOOKS_PROVOKED,
  ...Object.fromEntries(Object.entries(EVENTS_PROVOKED).map(([answer, provoke]): readonly [string, Provoke] => (
    [answer, async (world) => provoke(eventsWorldOf(world))]
  ))),
  ...Object.fromEntries(Object.entries(RECIPIENTS_PROVOKED).map(([answer, provoke]): readonly [string, Provoke] => (
    [answer, async (world) => provoke({ ...world, ...eventsWorldOf(world) })]
  ))),
  ...Object.fromEntries(Object.entries(REPLIES_PROVOKED).map(([answer, provoke]): readonly [string, Provoke] => (
    [answer, async (world) => provoke({ ...world, ...eventsWorldOf(world) })]
  ))),
  ...Object.fromEntries(REPLY_PATHS.map((path) => [`options ${path} 204`, preflightOf(placeOf(path), 'POST')])),
  ...Object.fromEntries(EVENT_PATHS.map(([method, path]) => (
    [`options ${path} 204`, preflightOf(path.replace(/\{\w+\}/, 'any'), method.toUpperCase())]
  ))),
};

test('every documented answer is provoked, or is named with the reason why it cannot be', () => {
  expect([...Object.keys(PROVOKED), ...Object.keys(NOT_PROVOKED)].sort()).toEqual(
    [...new DocumentedAnswers().all()].sort(),
  );
});

/**
 * The stage as a whole has one rate, which a quick machine uses up with the cases that ask for 429: what the throttle
 * turned away was never tried.
 */
async function unthrottled(expected: string | undefined, provoke: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await provoke().catch((error: unknown) => {
      if (tries === 10) throw error;
      return undefined;
    });
    if (answer && (answer.status !== 429 || expected === '429' || tries === 10)) return answer;
    await setTimeout(1000);
  }
}

describe('the running API answers as its document says', () => {
  const documented = new DocumentedAnswers();
  let stage: LocalStage;
  beforeAll(async () => {
    stage = await startStage('contract', { receiptDelayMilliseconds: 5 }, { runsSchedules: false });
  });
  afterAll(async () => { await stage.stop(); });

  test.each(Object.entries(PROVOKED))('%s', async (expected, provoke) => {
    const [method = '', path = '', status, code] = expected.split(' ');
    const answer = await unthrottled(status, async () => provoke(await worldOf(stage)));
    expect(documented.differences(method, path, answer)).toEqual([]);
    expect([String(answer.status), code && JSON.parse(answer.body).error_code]).toEqual([status, code]);
  });

  test('a replay says so in its header', async () => {
    const { post } = await worldOf(stage);
    const { body } = request('sms');
    expect((await post(body)).headers.has('idempotency-replayed')).toBe(false);
    expect((await post(body)).headers.get('idempotency-replayed')).toBe('true');
  });

  test('the gateway\'s own refusals are documented ones: no key, and a key\'s rate', async () => {
    const { call } = await worldOf(stage);
    const unknown = await unthrottled('403', async () => call('post', INITIATE, { body: '{}' }));
    expect([unknown.status, documented.differences('post', INITIATE, unknown)]).toEqual([403, []]);
    // A key without a grant costs the router least; twice its burst at once is more than its rate can renew.
    const key = stage.cloud.createApiKey({ name: randomUUID() }).value;
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => call('post', INITIATE, { body: '{}', headers: { 'x-api-key': key } })),
    );
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.headers.get('retry-after')).toBe('1');
    for (const answer of answers) expect(documented.differences('post', INITIATE, answer)).toEqual([]);
  });

  test('the client\'s example sends a message, and tells why it cannot', async () => {
    expect(await runExample({ ENGINE_URL: stage.url, ENGINE_KEY: stage.apiKey })).toMatch(
      /^Queued as harbour-and-pine#nurse-recruitment#[0-9a-f-]{36}#447700900100\.\n$/,
    );
    expect(await runExample({ ENGINE_URL: stage.url, ENGINE_KEY: 'no-such-key-no-such-key' })).toMatch(
      /^Not sent \(FORBIDDEN\): Forbidden /,
    );
  });

  test('a page of an allowed origin may read what its document promises', async () => {
    const { call } = await worldOf(stage);
    const preflight = await call('options', INITIATE, {
      headers: { 'origin': 'https://example.com', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-expose-headers')).toBe('Idempotency-Replayed,Retry-After');
  });
});

/** Runs the example of docs/client.md as its reader would. */
async function runExample(environment: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'test/client/ask-candidate.ts'],
    { env: { ...process.env, ...environment } },
  );
  return stdout;
}
