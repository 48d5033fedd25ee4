import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../src/core/channel';
import { formatCursor } from '../../src/core/listing/cursor';
import { resourceNames } from '../../src/core/names';
import { WEBHOOK_QUERY } from '../../src/core/contract/webhook-query';
import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { twilioInboundUrl, twilioInboundWebhook } from '../../src/providers/twilio-inbound-webhook';
import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import { restApiDefinition } from '../../tools/embedded-aws/api/rest-api-definition';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { twilioSignature } from '../../tools/vendor-simulators/twilio-messages/signature';
import { engine, engineWith } from '../cli/engine-run';
import { recipient, request, startStage } from './local-stage-of-tests';
import { addKey, addProject, ofTenant } from './tenants-of-tests';

interface Victim {
  readonly id: string;
  readonly requestId: string;
  readonly attemptId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
}

/** What an attempt was answered, but for what differs with every call. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One way to reach for what is another's: at what there is, and at what there is not. */
interface Attempt {
  readonly what: string;
  readonly atExisting: () => Promise<Answer>;
  readonly atNothing: () => Promise<Answer>;
  /** What both must be answered; the webhooks' own vendor is answered that its call was taken. */
  readonly status: number;
}

const names = resourceNames(LOCAL_STAGE);
const NOBODY = { companyId: 'no-such-firm', projectId: SAMPLE.projectId };
const RIVAL = { companyId: 'rival-recruitment', projectId: 'rival-project' };
const SIBLING = { projectId: 'porter-recruitment' };
const RIVAL_TWILIO = {
  twilio_account_sid: 'AC00000000000000000000000000000002',
  twilio_auth_token: 'rival-twilio-token',
  twilio_template_sid: SAMPLE.contentSid,
};
/** Where a list of events goes on: a moment. */
const CURSOR_OF_NOW = /"next":"\d+",/;
/** Tokens and identifiers in their form, of nothing. */
const GUESS = 'a'.repeat(32);
const NO_TOKEN = 'b'.repeat(32);
const NO_ENDPOINT = randomUUID();
/** Differ with each call, whoever makes it. */
const VOLATILE = /^(date|connection|keep-alive|x-amzn-requestid|x-amz-apigw-id|x-amzn-trace-id)$/;

describe('tenants apart', () => {
  let stage: LocalStage;
  let victim: Victim;
  let mail: Victim;
  /** The victim's endpoint, and an event of its. */
  let endpointId: string;
  let event: string;
  /**
   * Valid keys of others: of another company, of another project of the same one; and the victim's own that count no
   * more.
   */
  let thieves: Readonly<Record<'another company' | 'another project', string>>;
  let spent: readonly string[];
  const signing = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));

  beforeAll(async () => {
    stage = await startStage('tenants', undefined, { runsSchedules: false });
    writeAccessFile(folder, stage);
    const access = {
      endpoint: stage.cloud.awsEndpoint,
      region: stage.cloud.template.region,
      credentials: stage.cloud.services.administratorCredentials,
    };
    const secrets = new SecretsManagerClient(access);
    const publicKey = signing.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    await secrets.send(
      new CreateSecretCommand({
        Name: names.credentialSecret('sms', RIVAL.companyId, RIVAL.projectId),
        SecretString: JSON.stringify(RIVAL_TWILIO),
      }),
    );
    await secrets.send(new CreateSecretCommand({
      Name: names.credentialSecret('email', RIVAL.companyId, RIVAL.projectId),
      SecretString: JSON.stringify({ sendgrid_api_key: 'SG.rival', sendgrid_webhook_public_key: publicKey }),
    }));
    secrets.destroy();
    await addProject(stage, RIVAL, (record) => {
      record.channel_config.sms.sms_credentials_id = names.credentialSecret('sms', RIVAL.companyId, RIVAL.projectId);
      record.channel_config.sms.company_sms_number = '+447700900199';
      record.channel_config.email.email_credentials_id = names.credentialSecret(
        'email',
        RIVAL.companyId,
        RIVAL.projectId,
      );
    });
    await addProject(stage, SIBLING);
    thieves = {
      'another company': await addKey(stage, RIVAL.companyId, ['*']),
      'another project': await addKey(stage, SAMPLE.companyId, [SIBLING.projectId]),
    };
    spent = [
      await addKey(stage, SAMPLE.companyId, ['*'], { revoked_at: '2026-01-01T00:00:00.000Z' }),
      await addKey(stage, SAMPLE.companyId, ['*'], { expires_at: '2026-01-01T00:00:00.000Z' }),
    ];
    victim = await sent('sms', recipient('sms', { recipient_tel: '+447700900970' }));
    mail = await sent('email', recipient('email', { recipient_email: 'no-events@example.com' }));
    const added = await ask(stage.apiKey, 'POST', '/event-endpoints', { url: 'https://example.com/events' });
    endpointId = String(JSON.parse(added.body).endpoint.endpoint_id);
    while (!event) {
      await setTimeout(200);
      event = String(JSON.parse((await ask(stage.apiKey, 'GET', '/events')).body).events[0]?.id ?? '');
    }
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  async function sent(channel: Channel, change: Readonly<Record<string, unknown>>): Promise<Victim> {
    const { requestId, body } = request(channel, change);
    await postRequest(stage.url, stage.apiKey, body);
    const record = await awaitOutcome(stage, requestId);
    expect(record.conversation_status).toBe('initial_message_sent');
    return { id: String(record.conversation_id), requestId, attemptId: String(record.attempt_id), body, channel };
  }

  async function call(path: string, init: RequestInit): Promise<Answer> {
    let response = await fetch(`${stage.url}${path}`, init);
    // A key has ten requests a second, and a quick machine asks more: what the throttle turned away was never tried.
    while (response.status === 429) {
      await setTimeout(150);
      response = await fetch(`${stage.url}${path}`, init);
    }
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !VOLATILE.test(name)));
    return { status: response.status, headers, body: (await response.text()).replace(CURSOR_OF_NOW, '') };
  }
  const post = async (key: string, body: unknown) =>
    call('/initiate-conversation', {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const dryRun = async (key: string, body: unknown) =>
    call('/dry-run', {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const templates = async (key: string) => call('/templates', { headers: { 'x-api-key': key } });
  const list = async (key: string, query = '') => call(`/messages${query}`, { headers: { 'x-api-key': key } });
  const get = async (key: string, id: string, query = '', place = '/conversations') =>
    call(`${place}/${encodeURIComponent(id)}${query}`, { headers: { 'x-api-key': key } });
  const ask = async (key: string, method: string, path: string, body?: unknown) => call(path, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const inNoCompany = (id: string) => id.replace(SAMPLE.companyId, NOBODY.companyId);
  const withoutRequest = (id: string, requestId: string) =>
    id.replace(requestId, '00000000-0000-4000-8000-000000000000');

  /** Every item of the tables, in an order of their own: what differs is then told alone. */
  const everything = async () =>
    Promise.all(
      [names.companyTable, names.conversationTable].map(async (TableName) => {
        const { Items: items = [] } = await stage.tables.send(new ScanCommand({ TableName, ConsistentRead: true }));
        return items.map((item) => JSON.stringify(item)).sort();
      }),
    );

  /** A webhook as the rival's own vendor would sign it. */
  const twilio = async (
    path: string,
    query: Readonly<Record<string, string>>,
    parameters: Readonly<Record<string, string>>,
    token = RIVAL_TWILIO.twilio_auth_token,
  ) => {
    const address = `${path}?${new URLSearchParams(query).toString()}`;
    return call(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': twilioSignature(token, `${stage.url}${address}`, parameters),
      },
      body: new URLSearchParams(parameters).toString(),
    });
  };
  const sendGrid = async (
    tenant: { readonly companyId: string; readonly projectId: string },
    conversation: string,
    attempt: string,
    path = sendGridEventWebhook.path,
  ) => {
    const body = JSON.stringify([
      {
        event: 'bounce',
        type: 'bounce',
        conversation_id: conversation,
        attempt_id: attempt,
        email: 'x@example.com',
        sg_event_id: 'e',
        sg_message_id: 'm',
        timestamp: 1,
      },
    ]);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const query = new URLSearchParams({
      [WEBHOOK_QUERY.company]: tenant.companyId,
      [WEBHOOK_QUERY.project]: tenant.projectId,
    }).toString();
    return call(`${path}?${query}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-timestamp': timestamp,
        'x-twilio-email-event-webhook-signature': createSign('sha256')
          .update(timestamp + body)
          .sign(signing.privateKey)
          .toString('base64'),
      },
      body,
    });
  };

  /** Reads by key: what there is, and what there is not. */
  const readings = (key: string, place: string): readonly Attempt[] =>
    [victim, mail].flatMap(({ id, requestId }) =>
      ['', '?include=text'].flatMap((query) =>
        [['read', inNoCompany(id)], ['guess', withoutRequest(id, requestId)]].map(([what = '', nothing = '']) => ({
          what: `${what}${query}`,
          status: 404,
          atExisting: async () => get(key, id, query, place),
          atNothing: async () => get(key, nothing, query, place),
        }))));
  const cancellations = (key: string, place: string): readonly Attempt[] =>
    [victim, mail].map(({ id, requestId }) => ({
      what: 'cancel',
      status: 404,
      atExisting: async () => ask(key, 'POST', `${place}/${encodeURIComponent(id)}/cancel`),
      atNothing: async () => ask(key, 'POST', `${place}/${encodeURIComponent(withoutRequest(id, requestId))}/cancel`),
    }));
  /** Answering, silencing and waking the engine in what is another's. */
  const repliesOf = (key: string, action: string): readonly Attempt[] =>
    [victim, mail].map(({ id, requestId }) => {
      const at = (place: string) => async () => (
        ask(
          key, 'POST', `/conversations/${encodeURIComponent(place)}/${action}`,
          action === 'acknowledge' ? { replies: 1 } : { request_id: requestId, text: 'Hello' },
        )
      );
      return { what: action, status: 404, atExisting: at(id), atNothing: at(withoutRequest(id, requestId)) };
    });
  /** What the victim's endpoint and event are called, and what nothing is. */
  const eventAttempts = (
    key: string, method: string, path: string, existing: string, nothing: string, status = 404,
  ): Attempt => ({
    what: 'reach',
    status,
    atExisting: async () => ask(key, method, path.replace(/\{\w+\}/, existing)),
    atNothing: async () => ask(key, method, path.replace(/\{\w+\}/, nothing)),
  });
  /** They name nobody: what they list is the key's own. */
  const ownList = (key: string, path: string): Attempt => ({
    what: 'list', status: 200, atExisting: async () => ask(key, 'GET', path), atNothing: async () => ask(key, 'GET', path),
  });

  /** By endpoint: every way that a tenant has to reach for what is another's. A new endpoint needs an entry here. */
  const ATTEMPTS: Readonly<Record<string, (key: string) => readonly Attempt[]>> = {
    'POST /initiate-conversation': (key) => {
      const requestId = randomUUID();
      const fresh = (tenant: Parameters<typeof ofTenant>[0], change: Readonly<Record<string, unknown>> = {}) => {
        const { body } = request('sms', { ...ofTenant(tenant), ...change });
        return { ...body, request_data: { ...body.request_data, request_id: requestId } };
      };
      const without = (change: Readonly<Record<string, unknown>>): Pick<Attempt, 'atExisting' | 'atNothing'> => ({
        atExisting: async () => post(key, fresh({ projectId: SAMPLE.projectId }, change)),
        atNothing: async () => post(key, fresh(NOBODY, change)),
      });
      return [
        { what: 'send', status: 404, ...without({}) },
        { what: 'send to whom has not agreed', status: 404, ...without(recipient('sms', { comms_consent: false })) },
        {
          what: 'ask for a channel',
          status: 404,
          ...without({
            request_data: {
              request_id: requestId,
              channel_method: 'email',
              initial_request_timestamp: '2026-11-22T10:00:00Z',
            },
          }),
        },
        {
          what: 'replay',
          status: 404,
          atExisting: async () => post(key, victim.body),
          atNothing: async () => post(key, { ...victim.body, ...ofTenant(NOBODY) }),
        },
        {
          what: 'meet a request_id that was used',
          status: 404,
          atExisting: async () => post(key, { ...victim.body, project_data: { job_title: 'Another' } }),
          atNothing: async () =>
            post(key, { ...victim.body, project_data: { job_title: 'Another' }, ...ofTenant(NOBODY) }),
        },
      ];
    },
    'POST /dry-run': (key) =>
      ['sms', 'email'].map((channel_method) => {
        const at = (tenant: Parameters<typeof ofTenant>[0]) => async () => {
          const { body } = request('sms', ofTenant(tenant));
          const request_data = { ...body.request_data, request_id: victim.requestId, channel_method };
          return dryRun(key, { ...body, request_data });
        };
        return {
          what: `try ${channel_method}`,
          status: 404,
          atExisting: at({ projectId: SAMPLE.projectId }),
          atNothing: at(NOBODY),
        };
      }),
    // It names nobody: what it lists is the key's own, which a test of its own looks at.
    'GET /templates': (key) => [
      { what: 'list', status: 200, atExisting: async () => templates(key), atNothing: async () => templates(key) },
    ],
    'GET /messages': (key) =>
      ['', '&state=failed', '&state=open', '&state=waiting'].map((query) => ({
        what: `list${query}`,
        status: 404,
        atExisting: async () => list(key, `?project_id=${SAMPLE.projectId}${query}`),
        atNothing: async () => list(key, `?project_id=no-such-project${query}`),
      })),
    ...Object.fromEntries(['/conversations', '/messages'].flatMap((place) => [
      [`GET ${place}/{conversation_id}`, (key: string) => readings(key, place)],
      [`POST ${place}/{conversation_id}/cancel`, (key: string) => cancellations(key, place)],
    ])),
    ...Object.fromEntries(['replies', 'take-over', 'return', 'acknowledge'].map((action) => (
      [`POST /conversations/{conversation_id}/${action}`, (key: string) => repliesOf(key, action)]
    ))),
    ...Object.fromEntries([
      ['DELETE', '/event-endpoints/{endpoint_id}'],
      ['POST', '/event-endpoints/{endpoint_id}/rotate'],
      ['POST', '/event-endpoints/{endpoint_id}/test'],
    ].map(([method = '', path = '']) => [
      `${method} ${path}`, (key: string) => [eventAttempts(key, method, path, endpointId, NO_ENDPOINT)],
    ])),
    'POST /events/{event_id}/replay': (key) => [
      eventAttempts(key, 'POST', '/events/{event_id}/replay', event, randomUUID()),
    ],
    'GET /event-endpoints': (key) => [ownList(key, '/event-endpoints')],
    'GET /events': (key) => [ownList(key, '/events')],
    // A key of all projects of another company names a project of its own company by the same word.
    'POST /event-endpoints': (key) => (key === thieves['another company'] ? [] : [{
      what: "have another's events called",
      status: 400,
      atExisting: async () => ask(key, 'POST', '/event-endpoints', {
        url: 'https://example.com/thief', project_ids: [SAMPLE.projectId],
      }),
      atNothing: async () => ask(key, 'POST', '/event-endpoints', {
        url: 'https://example.com/thief', project_ids: ['no-such-project'],
      }),
    }]),
    'GET /unsubscribe/{token}': (key) => [eventAttempts(key, 'GET', '/unsubscribe/{token}', GUESS, NO_TOKEN, 200)],
    'POST /unsubscribe/{token}': (key) => [eventAttempts(key, 'POST', '/unsubscribe/{token}', GUESS, NO_TOKEN)],
    [`POST ${sendGridInboundWebhook.path}`]: () => [{
      what: 'answer in a person\'s name, as the other company',
      status: 403,
      atExisting: async () => sendGrid({ ...SAMPLE }, mail.id, mail.attemptId, sendGridInboundWebhook.path),
      atNothing: async () => sendGrid(NOBODY, mail.id, mail.attemptId, sendGridInboundWebhook.path),
    }],
    [`POST ${twilioStatusWebhook.path}`]: () => [
      {
        what: 'tell of a delivery',
        status: 403,
        atExisting: async () =>
          twilio(
            twilioStatusWebhook.path,
            { conversation_id: victim.id, attempt_id: victim.attemptId },
            { MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: 'undelivered', ErrorCode: '30005' },
          ),
        atNothing: async () =>
          twilio(
            twilioStatusWebhook.path,
            { conversation_id: withoutRequest(victim.id, victim.requestId), attempt_id: victim.attemptId },
            { MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: 'undelivered', ErrorCode: '30005' },
          ),
      },
    ],
    [`POST ${twilioInboundWebhook.path}`]: () =>
      ['STOP', 'Hello'].flatMap((text) => {
        const parameters = {
          From: '+447700900970',
          To: SAMPLE.smsNumber,
          Body: text,
          MessageSid: `SM${text}`,
          NumMedia: '0',
        };
        const at = (tenant: { readonly companyId: string; readonly projectId: string }) => async () => {
          const url = new URL(twilioInboundUrl(stage.url, { ...tenant, channel: 'sms' }));
          return twilio(twilioInboundWebhook.path, Object.fromEntries(url.searchParams), parameters);
        };
        return [
          {
            what: `answer ${text} in a person's name, as the other company's vendor`,
            status: 403,
            atExisting: at({ ...SAMPLE }),
            atNothing: at(NOBODY),
          },
        ];
      }),
    [`POST ${sendGridEventWebhook.path}`]: () => [
      {
        what: 'tell of a mail, as the other company',
        status: 403,
        atExisting: async () => sendGrid({ ...SAMPLE }, mail.id, mail.attemptId),
        atNothing: async () => sendGrid(NOBODY, mail.id, mail.attemptId),
      },
      {
        what: "tell of another's mail under one's own name",
        status: 204,
        atExisting: async () => sendGrid(RIVAL, mail.id, mail.attemptId),
        atNothing: async () => sendGrid(RIVAL, withoutRequest(mail.id, mail.requestId), mail.attemptId),
      },
    ],
  };

  /** Documents that everyone may read. */
  const PUBLIC = ['GET /docs', 'GET /openapi.json'];

  test('every endpoint of the stack is tried here', () => {
    const endpoints = restApiDefinition(stage.cloud.template).routes.flatMap(({ resourcePath, methods }) =>
      [...methods.keys()]
        // The gateway answers these by itself: other origins, and methods that nothing serves.
        .filter((method) => method !== 'OPTIONS' && method !== 'ANY')
        .map((method) => `${method} ${resourcePath}`),
    );
    expect([...Object.keys(ATTEMPTS), ...PUBLIC].sort()).toEqual([...endpoints].sort());
    expect(endpoints.length).toBeGreaterThan(4);
  });

  test('whoever reaches for what is another\'s is answered as if it were not there, and nothing happens', async () => {
    const [before, deliveries, calls] = [
      await everything(),
      stage.vendors.deliveries().length,
      stage.vendors.openai.received().length,
    ];
    for (const [thief, key] of Object.entries(thieves)) {
      for (const [endpoint, attempts] of Object.entries(ATTEMPTS)) {
        for (const { what, status, atExisting, atNothing } of attempts(key)) {
          const answers = { existing: await atExisting(), nothing: await atNothing() };
          expect({ thief, endpoint, what, ...answers.existing }).toEqual({ thief, endpoint, what, ...answers.nothing });
          expect({ thief, endpoint, what, status: answers.existing.status }).toEqual({ thief, endpoint, what, status });
        }
      }
    }
    expect(await everything()).toEqual(before);
    expect([stage.vendors.deliveries().length, stage.vendors.openai.received().length]).toEqual([deliveries, calls]);
  });

  test('the very same attempts succeed for whom they belong to, so that it is the key that decides', async () => {
    const own = await get(stage.apiKey, victim.id, '?include=text');
    expect(own).toMatchObject({ status: 200, body: expect.stringContaining(victim.requestId) });
    expect(await post(stage.apiKey, victim.body)).toMatchObject({
      status: 200,
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(await get(await addKey(stage, SAMPLE.companyId, ['*']), mail.id)).toMatchObject({ status: 200 });
  });

  test('a key lists the templates of its own projects alone', async () => {
    const listed = async (key: string) => JSON.parse((await templates(key)).body);
    const projectsOf = async (key: string) =>
      new Set((await listed(key)).templates.map((one: { project_id: string }) => one.project_id));
    expect(await projectsOf(thieves['another company'])).toEqual(new Set([RIVAL.projectId]));
    expect(await projectsOf(thieves['another project'])).toEqual(new Set([SIBLING.projectId]));
    expect(await projectsOf(stage.apiKey)).toContain(SAMPLE.projectId);
    for (const key of spent) expect((await templates(key)).status).toBe(403);
  });

  test('a key lists the messages of its own projects alone, and no cursor of another leads further', async () => {
    const projects = `?project_id=${SAMPLE.projectId}`;
    const own = JSON.parse((await list(stage.apiKey, projects)).body);
    const identifiers = own.messages.map((one: { conversation_id: string }) => one.conversation_id);
    expect(identifiers).toEqual(expect.arrayContaining([victim.id, mail.id]));
    for (const key of Object.values(thieves)) {
      for (const query of ['', '?state=open', '?state=waiting', '?state=failed']) {
        expect(JSON.parse((await list(key, query)).body)).toMatchObject({ messages: [], next_cursor: null });
      }
    }
    for (const key of spent) expect((await list(key)).status).toBe(403);
    const position = { at: own.messages[0].accepted_at, tie: '0000000000000000' };
    const cursorOf = (company: string) => formatCursor(position, JSON.stringify([company, null, null, null]));
    const at = async (company: string) => list(thieves['another company'], `?cursor=${cursorOf(company)}`);
    expect((await at(RIVAL.companyId)).status).toBe(200);
    expect((await at(SAMPLE.companyId)).status).toBe(400);
    expect(await at(SAMPLE.companyId)).toEqual(await at(NOBODY.companyId));
  });

  test('a key that was revoked or has expired is not a key, wherever it knocks', async () => {
    for (const key of spent) {
      const strange = await post('no-such-key', victim.body);
      for (const answer of [await post(key, victim.body), await get(key, victim.id)]) {
        expect(answer.status).toBe(403);
        expect(JSON.parse(answer.body)).toEqual(JSON.parse(strange.body));
      }
    }
  });

  test('a tenant who hides another\'s name in its own request reaches nothing of it', async () => {
    const key = thieves['another company'];
    for (const company of [
      `${RIVAL.companyId}#${SAMPLE.companyId}`,
      `${SAMPLE.companyId}#`,
      SAMPLE.companyId.toUpperCase(),
      ` ${SAMPLE.companyId}`,
    ]) {
      const { body } = request('sms', ofTenant({ companyId: company, projectId: SAMPLE.projectId }));
      expect((await post(key, body)).status).toBe(404);
    }
    for (const id of [
      `${RIVAL.companyId}#${victim.id}`,
      `${victim.id}#`,
      encodeURIComponent(victim.id),
      victim.id.replace(SAMPLE.companyId, RIVAL.companyId),
    ]) {
      expect((await get(key, id)).status).toBe(404);
    }
  });

  test('commands that take a key or name a company answer for that company alone', async () => {
    const send = async (tenant: Parameters<typeof ofTenant>[0], key: string) =>
      engineWith(
        { readInput: () => Promise.resolve(key) },
        folder,
        'send',
        '--company',
        tenant.companyId ?? SAMPLE.companyId,
        '--project',
        tenant.projectId,
        '--channel',
        'sms',
        '--to',
        '+447700900211',
        '--first-name',
        'A',
        '--last-name',
        'B',
        '--consent',
        '--request-id',
        '5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01',
      );
    for (const key of Object.values(thieves)) {
      const answers = [await send({ projectId: SAMPLE.projectId }, key), await send(NOBODY, key)];
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({ code: 1, errors: expect.stringContaining('404 COMPANY_NOT_FOUND') });
    }
    expect(
      (await engine(folder, 'conversation', 'list', '--company', RIVAL.companyId, '--project', RIVAL.projectId)).output,
    ).toBe('no conversations');
    const stolen = [RIVAL.companyId, RIVAL.projectId, victim.requestId].join('#');
    const nothing = [RIVAL.companyId, RIVAL.projectId, '00000000-0000-4000-8000-000000000000'].join('#');
    const byName = [
      ['conversation', 'show'],
      ['conversation', 'watch'],
      ['handoff', 'show'],
      ['handoff', 'approve', '--by', 'Sam'],
      ['handoff', 'reject', '--reason', 'x', '--by', 'Sam'],
      ['conversation', 'resolve', '--as', 'sent', '--by', 'Sam'],
    ];
    for (const words of byName) {
      const [one, other] = [await engine(folder, ...words, stolen), await engine(folder, ...words, nothing)];
      expect(one.code).toBe(1);
      expect(one.errors.replaceAll(stolen, '…')).toBe(other.errors.replaceAll(nothing, '…'));
    }
  });
});
