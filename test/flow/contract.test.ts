import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import { resourceNames } from '../../src/core/names';
import { senderIdentity } from '../../src/core/lifecycle/conversation-id';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { twilioInboundUrl, twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import type { Call, CallVerdict } from '../../tools/embedded-aws/services/call';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE, sampleCompany } from '../../tools/local-stage/sample/company';
import { DRY_RUN_CODES } from '../../src/openapi/dry-run';
import { INITIATE_CODES } from '../../src/openapi/initiate-conversation';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { grantItemKey } from '../../src/records/item-keys';
import { DocumentedAnswers } from '../openapi/documented-answers';
import type { HttpAnswer } from '../openapi/documented-answers';
import type { EventsWorldOfContract } from './contract-of-events';
import { EVENT_PATHS, EVENTS_NOT_PROVOKED, EVENTS_PROVOKED } from './contract-of-events';
import { RECIPIENTS_NOT_PROVOKED, RECIPIENTS_PROVOKED } from './contract-of-recipients';
import { REPLIES_NOT_PROVOKED, REPLIES_PROVOKED, REPLY_PATHS } from './contract-of-replies';
import { recipient, request, startStage } from './local-stage-of-tests';
import { awaitRecord, postAgain } from './webhook-calls';

const names = resourceNames(LOCAL_STAGE);
const PATH = '/initiate-conversation';
const READINGS = ['/conversations/{conversation_id}', '/messages/{conversation_id}'];
const CANCELLINGS = READINGS.map((path) => `${path}/cancel`);
const DRY_RUN = '/dry-run';
const TEMPLATES = '/templates';
const MESSAGES = '/messages';
const OPEN = ['/openapi.json', '/docs'];

/** Documented, and not to be had over HTTP from here. */
const NOT_PROVOKED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    WEBHOOK_PATHS.map((path) => [
      `post ${path} 429 RATE_LIMIT_EXCEEDED`,
      "a webhook's burst of 400 would have to be used up; the same gateway response answers the clients' rate, "
        + 'which is provoked',
    ]),
  ),
  ...Object.fromEntries(
    [
      PATH, ...READINGS, ...CANCELLINGS, ...REPLY_PATHS, DRY_RUN, TEMPLATES, MESSAGES,
      ...EVENT_PATHS.map(([, path]) => path),
    ].map((path) => [
      `options ${path} 429 RATE_LIMIT_EXCEEDED`,
      "the whole stage's burst would have to be used up; it is the same gateway response as the clients' rate",
    ]),
  ),
  ...EVENTS_NOT_PROVOKED,
  ...RECIPIENTS_NOT_PROVOKED,
  ...REPLIES_NOT_PROVOKED,
  ...Object.fromEntries(
    OPEN.map((path) => [
      `get ${path} 500 INTERNAL_ERROR`,
      'the answer is made of what the function holds: nothing of it can fail',
    ]),
  ),
};

/** How one documented answer is had. */
type Provoke = (world: World) => Promise<HttpAnswer>;

/** What a case works with: each has a key of its own, so that none uses up the rate of another. */
interface World {
  readonly stage: LocalStage;
  /** The client's key. */
  readonly key: string;
  post(body: unknown, key?: string): Promise<HttpAnswer>;
  dryRun(body: unknown, key?: string): Promise<HttpAnswer>;
  templates(key?: string): Promise<HttpAnswer>;
  /** Asks by the client's key. */
  get(path: string, key?: string): Promise<HttpAnswer>;
  cancel(path: string, key?: string): Promise<HttpAnswer>;
  call(method: string, path: string, init?: Omit<RequestInit, 'method'>): Promise<HttpAnswer>;
  /** A project of the sample company whose record has these values. */
  project(
    values: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly company_data: { readonly company_id: string; readonly project_id: string } }>;
  /** Lets calls of functions to AWS fail while the work is done. */
  failing<Result>(verdict: (call: Call) => CallVerdict, work: () => Promise<Result>): Promise<Result>;
}

const without =
  (section: 'company_data' | 'recipient_data' | 'request_data', ...fields: readonly string[]): Provoke =>
    ({ post }) => {
      const { body } = request('whatsapp');
      if (fields.length === 0) return post({ ...body, [section]: undefined });
      return post({
        ...body,
        [section]: Object.fromEntries(Object.entries(body[section]).filter(([name]) => !fields.includes(name))),
      });
    };

const withFields =
  (section: 'company_data' | 'recipient_data' | 'request_data', fields: Readonly<Record<string, unknown>>): Provoke =>
    ({ post }) => {
      const { body } = request('whatsapp');
      return post({ ...body, [section]: { ...body[section], ...fields } });
    };

const instead =
  (values: Readonly<Record<string, unknown>>): Provoke =>
    ({ post }) =>
      post({ ...request('whatsapp').body, ...values });

const ofFunction = (functionName: string, service: string) => ({ caller, service: called }: Call): CallVerdict =>
  (caller.kind === 'function' && caller.functionName === functionName && called === service ? 'refuse' : 'pass');

const REFUSALS: Readonly<Record<(typeof INITIATE_CODES)[number], Provoke>> = {
  INVALID_REQUEST: ({ post }) => post('[]'),
  MISSING_COMPANY_DATA: without('company_data'),
  MISSING_RECIPIENT_DATA: without('recipient_data'),
  MISSING_REQUEST_DATA: without('request_data'),
  INVALID_COMPANY_DATA_TYPE: instead({ company_data: 'harbour' }),
  INVALID_RECIPIENT_DATA_TYPE: instead({ recipient_data: [] }),
  INVALID_PROJECT_DATA_TYPE: instead({ project_data: 'facts' }),
  INVALID_REQUEST_DATA_TYPE: instead({ request_data: 1 }),
  MISSING_IDENTIFIERS: without('company_data', 'project_id'),
  MISSING_REQUEST_ID: without('request_data', 'request_id'),
  INVALID_REQUEST_ID: withFields('request_data', { request_id: 'first' }),
  MISSING_CHANNEL_METHOD: without('request_data', 'channel_method'),
  UNSUPPORTED_CHANNEL: withFields('request_data', { channel_method: 'pigeon' }),
  MISSING_INITIAL_REQUEST_TIMESTAMP: without('request_data', 'initial_request_timestamp'),
  INVALID_TIMESTAMP: withFields('request_data', { initial_request_timestamp: 'yesterday' }),
  MISSING_RECIPIENT_TEL: without('recipient_data', 'recipient_tel'),
  INVALID_RECIPIENT_TEL: withFields('recipient_data', { recipient_tel: '07700 900210' }),
  MISSING_RECIPIENT_EMAIL: ({ post }) => post(request('email', recipient('email', { recipient_email: null })).body),
  INVALID_RECIPIENT_EMAIL: withFields('recipient_data', { recipient_email: 'amara' }),
  MISSING_COMMS_CONSENT: without('recipient_data', 'comms_consent'),
  INVALID_COMMS_CONSENT_TYPE: withFields('recipient_data', { comms_consent: 'yes' }),
  INVALID_SEND_AT: withFields('request_data', { send_at: '2999-01-01T09:00:00Z' }),
  INVALID_SEND_BEFORE: withFields('request_data', { send_before: '2026-11-22T09:00:00Z' }),
  INVALID_TEST: withFields('request_data', { test: { outcome: 'exploded' } }),
  PAYLOAD_TOO_LARGE: instead({ project_data: { text: 'x'.repeat(200_000) } }),
  INVALID_EXPECTED_ANSWERS: withFields('request_data', { expected_answers: [{ name: 'salary' }] }),
  MISSING_FACTS: async ({ post, project }) => {
    const { channel_config: channels } = sampleCompany(names, '2026-11-22T10:00:00.000Z');
    const template = { ...channels.sms.template, needs: ['project_data.salary'] };
    return post(
      request('sms', await project({ channel_config: { ...channels, sms: { ...channels.sms, template } } })).body,
    );
  },
  FORBIDDEN: ({ post }) => post(request('whatsapp').body, 'no-such-key-no-such-key'),
  TEST_KEY_REQUIRED: withFields('request_data', { test: { outcome: 'read' } }),
  PROJECT_INACTIVE: async ({ post, project }) =>
    post(request('sms', await project({ project_status: 'inactive' })).body),
  CHANNEL_NOT_ALLOWED: async ({ post, project }) =>
    post(request('sms', await project({ allowed_channels: ['email'] })).body),
  CONSENT_REQUIRED: withFields('recipient_data', { comms_consent: false }),
  RECIPIENT_OPTED_OUT: async ({ post, stage }) => {
    const directory = new DynamoDbDirectory(
      stage.records,
      { companies: names.companyTable, conversations: names.conversationTable },
      { sleep: async () => undefined },
    );
    await directory.addOptOut({
      recipient: '+447700900299',
      sender: senderIdentity(SAMPLE.smsNumber),
      at: '2026-11-22T10:00:00.000Z',
      source: 'test',
    });
    return post(request('sms', recipient('sms', { recipient_tel: '+447700900299' })).body);
  },
  COMPANY_NOT_FOUND: instead({ company_data: { company_id: 'no-firm', project_id: 'none' } }),
  IDEMPOTENCY_CONFLICT: async ({ post }) => {
    const { body } = request('sms');
    await post(body);
    return post({ ...body, project_data: { job_title: 'Porter' } });
  },
  RATE_LIMIT_EXCEEDED: async ({ post, project }) => {
    const limited = await project({ rate_limits: { requests_per_day: 1 } });
    await post(request('sms', limited).body);
    return post(request('sms', limited).body);
  },
  CONFIGURATION_ERROR: async ({ post, project }) => post(request('sms', await project({ channel_config: {} })).body),
  DATABASE_ERROR: ({ post, failing }) =>
    failing(ofFunction(names.router, 'dynamodb'), async () => post(request('sms').body)),
  QUEUE_ERROR: ({ post, failing }) => failing(ofFunction(names.router, 'sqs'), async () => post(request('sms').body)),
  INTERNAL_ERROR: ({ post, failing, stage }) =>
    failing(
      (call) => {
        if (ofFunction(names.router, 'dynamodb')(call) === 'refuse') stage.cloud.functions.kill(names.router);
        return 'pass';
      },
      async () => post(request('sms').body),
    ),
};

/** The same refusals of a dry run, whose function is another one. */
const DRY_RUN_REFUSALS: Readonly<Record<string, Provoke>> = {
  ...Object.fromEntries(
    DRY_RUN_CODES.map((code): readonly [string, Provoke] => [
      code,
      async (world) => REFUSALS[code]({ ...world, post: world.dryRun }),
    ]),
  ),
  DATABASE_ERROR: ({ dryRun, failing }) =>
    failing(ofFunction(names.dryRun, 'dynamodb'), async () => dryRun(request('sms').body)),
  INTERNAL_ERROR: ({ dryRun, failing, stage }) =>
    failing(
      (call) => {
        if (ofFunction(names.dryRun, 'dynamodb')(call) === 'refuse') stage.cloud.functions.kill(names.dryRun);
        return 'pass';
      },
      async () => dryRun(request('sms').body),
    ),
};

const preflightOf = (path: string, method: string): Provoke => ({ call }) =>
  call('options', path, { headers: { 'origin': 'https://example.com', 'access-control-request-method': method } });

/** The path of a conversation, or of none. */
const placeOf = (path: string, conversationId = 'any') => (
  path.replace('{conversation_id}', encodeURIComponent(conversationId))
);

async function accepted({ post }: World, { body } = request('sms')): Promise<string> {
  const answer: Readonly<Record<string, unknown>> = JSON.parse((await post(body)).body);
  return String(answer.conversation_id);
}

const killed = (functionName: string, work: Provoke): Provoke => (world) =>
  world.failing(
    (call) => {
      if (ofFunction(functionName, 'dynamodb')(call) === 'refuse') world.stage.cloud.functions.kill(functionName);
      return 'pass';
    },
    async () => work(world),
  );

const untilLimited = (work: Provoke): Provoke => async (world) => {
  const answers = await Promise.all(Array.from({ length: 60 }, async () => work(world)));
  return answers.find(({ status }) => status === 429) ?? work(world);
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

function readingOf(path: string): Readonly<Record<string, Provoke>> {
  const place = placeOf(path);
  const ask: Provoke = ({ get }) => get(place);
  return {
    [`get ${path} 200`]: async (world) => world.get(`${placeOf(path, await accepted(world))}?include=text`),
    [`get ${path} 400 INVALID_REQUEST`]: ({ get }) => get(`${place}?include=everything`),
    [`get ${path} 403 FORBIDDEN`]: ({ get }) => get(place, 'no-such-key-no-such-key'),
    [`get ${path} 404 CONVERSATION_NOT_FOUND`]: ask,
    [`get ${path} 500 DATABASE_ERROR`]: (world) =>
      world.failing(ofFunction(names.reader, 'dynamodb'), async () => ask(world)),
    [`get ${path} 500 INTERNAL_ERROR`]: killed(names.reader, ask),
    [`get ${path} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(ask),
    [`options ${path} 204`]: preflightOf(place, 'GET'),
  };
}

function cancellingOf(path: string): Readonly<Record<string, Provoke>> {
  const place = placeOf(path);
  const ask: Provoke = ({ cancel }) => cancel(place);
  const later = () => {
    const { body, ...made } = request('sms');
    const send_at = new Date(Date.now() + 3_600_000).toISOString();
    return { ...made, body: { ...body, request_data: { ...body.request_data, send_at } } };
  };
  return {
    [`post ${path} 200`]: async (world) => world.cancel(placeOf(path, await accepted(world, later()))),
    [`post ${path} 403 FORBIDDEN`]: ({ cancel }) => cancel(place, 'no-such-key-no-such-key'),
    [`post ${path} 404 CONVERSATION_NOT_FOUND`]: ask,
    [`post ${path} 409 NOT_CANCELLABLE`]: async (world) => {
      const made = request('sms');
      const id = await accepted(world, made);
      await awaitRecord(world.stage, made.requestId, { conversation_status: 'initial_message_sent' });
      return world.cancel(placeOf(path, id));
    },
    [`post ${path} 500 DATABASE_ERROR`]: (world) =>
      world.failing(ofFunction(names.canceller, 'dynamodb'), async () => ask(world)),
    [`post ${path} 500 INTERNAL_ERROR`]: killed(names.canceller, ask),
    [`post ${path} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(ask),
    [`options ${path} 204`]: preflightOf(place, 'POST'),
  };
}

const LIST = `${MESSAGES}?project_id=${SAMPLE.projectId}`;
const list: Provoke = ({ get }) => get(LIST);

const LISTING: Readonly<Record<string, Provoke>> = {
  [`get ${MESSAGES} 200`]: async (world) => {
    await accepted(world);
    return list(world);
  },
  [`get ${MESSAGES} 400 INVALID_REQUEST`]: ({ get }) => get(`${LIST}&state=lost&cursor=first`),
  [`get ${MESSAGES} 403 FORBIDDEN`]: ({ get }) => get(LIST, 'no-such-key-no-such-key'),
  [`get ${MESSAGES} 404 COMPANY_NOT_FOUND`]: ({ get }) => get(`${MESSAGES}?project_id=none`),
  [`get ${MESSAGES} 500 DATABASE_ERROR`]: (world) =>
    world.failing(ofFunction(names.reader, 'dynamodb'), async () => list(world)),
  [`get ${MESSAGES} 500 INTERNAL_ERROR`]: killed(names.reader, list),
  [`get ${MESSAGES} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(list),
  [`options ${MESSAGES} 204`]: preflightOf(MESSAGES, 'GET'),
};

const PROVOKED: Readonly<Record<string, Provoke>> = {
  [`post ${DRY_RUN} 200`]: ({ dryRun }) => dryRun(request('sms').body),
  [`options ${DRY_RUN} 204`]: preflightOf(DRY_RUN, 'POST'),
  ...Object.fromEntries(
    DRY_RUN_CODES.map((code) => [`post ${DRY_RUN} ${REFUSAL_STATUS[code]} ${code}`, DRY_RUN_REFUSALS[code]]),
  ),
  ...LISTING,
  [`get ${TEMPLATES} 200`]: ({ templates }) => templates(),
  [`options ${TEMPLATES} 204`]: preflightOf(TEMPLATES, 'GET'),
  [`get ${TEMPLATES} 403 FORBIDDEN`]: ({ templates }) => templates('no-such-key-no-such-key'),
  [`get ${TEMPLATES} 500 DATABASE_ERROR`]: ({ templates, failing }) =>
    failing(ofFunction(names.reader, 'dynamodb'), async () => templates()),
  [`get ${TEMPLATES} 500 INTERNAL_ERROR`]: ({ templates, failing, stage }) =>
    failing(
      (call) => {
        if (ofFunction(names.reader, 'dynamodb')(call) === 'refuse') stage.cloud.functions.kill(names.reader);
        return 'pass';
      },
      async () => templates(),
    ),
  [`get ${TEMPLATES} 429 RATE_LIMIT_EXCEEDED`]: async ({ templates }) => {
    const answers = await Promise.all(Array.from({ length: 60 }, async () => templates()));
    return answers.find(({ status }) => status === 429) ?? templates();
  },
  ...Object.fromEntries(OPEN.flatMap((path): ReadonlyArray<readonly [string, Provoke]> => [
    [`get ${path} 200`, async ({ call }) => call('get', path)],
    [`get ${path} 429 RATE_LIMIT_EXCEEDED`, async ({ call }) => {
      const answers = await Promise.all(Array.from({ length: 60 }, async () => call('get', path)));
      return answers.find(({ status }) => status === 429) ?? call('get', path);
    }],
  ])),
  [`post ${PATH} 200`]: async ({ post }) => {
    const { body } = request('sms');
    await post(body);
    return post(body);
  },
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
  ...Object.fromEntries(READINGS.flatMap((path) => Object.entries(readingOf(path)))),
  ...Object.fromEntries(CANCELLINGS.flatMap((path) => Object.entries(cancellingOf(path)))),
  [`options ${PATH} 204`]: ({ call }) =>
    call('options', PATH, { headers: { 'origin': 'https://example.com', 'access-control-request-method': 'POST' } }),
  ...Object.fromEntries(INITIATE_CODES.map((code) => [`post ${PATH} ${REFUSAL_STATUS[code]} ${code}`, REFUSALS[code]])),
  ...Object.fromEntries(
    WEBHOOK_PATHS.flatMap((path) => {
      const query = new URLSearchParams({
        conversation_id: `${SAMPLE.companyId}#${SAMPLE.projectId}#${randomUUID()}#447700900101`,
        attempt_id: '1',
        company_id: SAMPLE.companyId,
        project_id: SAMPLE.projectId,
        channel: 'sms',
      });
      const forged: Provoke = ({ call }) =>
        call('post', path, { headers: { 'content-type': 'application/json' }, body: '[]' });
      const asked: Provoke = ({ call, failing }) =>
        failing(ofFunction(names.vendorWebhooks, 'dynamodb'), async () =>
          call('post', `${path}?${query.toString()}`, { body: '[]' }),
        );
      return [
        [`post ${path} 403 FORBIDDEN`, forged],
        [`post ${path} 500 INTERNAL_ERROR`, asked],
      ];
    }),
  ),
  [`post ${twilioStatusWebhook.path} 204`]: async ({ stage, post }) => {
    const { requestId, body } = request('sms');
    await post(body);
    const { vendor_message_id: sid } = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    const ended = () => stage.vendors.twilio.webhooks().find(({ parameters }) => parameters.MessageSid === sid);
    // The record may know before the vendor has read the answer.
    while (!ended()) await setTimeout(20);
    const told = await postAgain(ended());
    return { ...told, headers: new Map() };
  },
  [`post ${twilioInboundWebhook.path} 200`]: async ({ stage }) => {
    const url = twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'sms' });
    const { attempts, answer } = await stage.vendors.twilio.receiveInbound({
      from: '+447700900298',
      to: SAMPLE.smsNumber,
      body: 'Thank you',
      url,
    });
    return { status: Number(attempts.at(-1)), headers: new Map([['content-type', 'text/xml']]), body: answer };
  },
  [`post ${sendGridEventWebhook.path} 204`]: async ({ stage, post }) => {
    const { requestId, body } = request('email');
    await post(body);
    const { vendor_message_id: messageId } = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    const posted = await stage.vendors.sendgrid.emit(String(messageId), 'delivered');
    return { status: posted?.status ?? 0, headers: new Map(), body: '' };
  },
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
    const unknown = await call('post', PATH, { body: '{}' });
    expect([unknown.status, documented.differences('post', PATH, unknown)]).toEqual([403, []]);
    // A key without a grant costs the router least; twice its burst at once is more than its rate can renew.
    const key = stage.cloud.createApiKey({ name: randomUUID() }).value;
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => call('post', PATH, { body: '{}', headers: { 'x-api-key': key } })),
    );
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.headers.get('retry-after')).toBe('1');
    for (const answer of answers) expect(documented.differences('post', PATH, answer)).toEqual([]);
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
    const preflight = await call('options', PATH, {
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

async function worldOf(stage: LocalStage): Promise<World> {
  const key = stage.cloud.createApiKey({ name: randomUUID() }).value;
  const put = async (Item: Readonly<Record<string, unknown>>) =>
    stage.tables.send(new PutCommand({ TableName: names.companyTable, Item }));
  await put({
    ...grantItemKey(createHash('sha256').update(key).digest('hex')),
    owner_company_id: SAMPLE.companyId,
    project_ids: ['*'],
    created_at: '2026-11-22T10:00:00.000Z',
  });
  const call: World['call'] = async (method, path, init) => {
    const response = await fetch(`${stage.url}${path}`, { ...init, method: method.toUpperCase() });
    return { status: response.status, headers: new Map(response.headers), body: await response.text() };
  };
  const postTo = async (path: string, body: unknown, other: string) =>
    call('post', path, {
      headers: { 'content-type': 'application/json', 'x-api-key': other },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    stage,
    key,
    call,
    dryRun: async (body, other = key) => postTo(DRY_RUN, body, other),
    templates: async (other = key) => call('get', TEMPLATES, { headers: { 'x-api-key': other } }),
    post: async (body, other = key) => postTo(PATH, body, other),
    get: async (path, other = key) => call('get', path, { headers: { 'x-api-key': other } }),
    cancel: async (path, other = key) => call('post', path, { headers: { 'x-api-key': other } }),
    project: async (values) => {
      const company_data = { company_id: SAMPLE.companyId, project_id: randomUUID() };
      await put({ ...sampleCompany(names, '2026-11-22T10:00:00.000Z'), ...company_data, ...values });
      return { company_data };
    },
    failing: async (verdict, work) => {
      const release = stage.cloud.services.intercept({ beforeCall: verdict });
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
