import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../src/core/channel';
import { CHANNELS } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { recordKey } from '../../src/console-api/routes/record-key';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { fillSample, REVIEWED_PROJECT } from '../../tools/local-stage/sample/fill-sample';
import { sendSample } from '../../tools/local-stage/sample/send-sample';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { ConsolePerson } from './console-calls';
import { signIn } from './console-calls';
import { request, startStage } from './local-stage-of-tests';

const QUERY = `?company=${SAMPLE.companyId}`;
const today = () => new Date().toISOString().slice(0, 10);

interface Held {
  readonly key: string;
  readonly heldSince: string;
  readonly sendBefore: string;
}

describe('the console of a stage', () => {
  let stage: LocalStage;
  let reviewer: ConsolePerson;
  let admin: ConsolePerson;
  let operator: ConsolePerson;
  beforeAll(async () => {
    stage = await startStage('console');
    await fillSample(stage);
    [reviewer, admin, operator] = (await Promise.all(
      ['robin.reviewer', 'casey.admin', 'oskar.operator'].map(async (person) => signIn(stage, person)),
    )) as [ConsolePerson, ConsolePerson, ConsolePerson];
  });
  afterAll(async () => stage.stop());

  const waiting = async () => (await reviewer.get(`/reviews${QUERY}`)).body.waiting as readonly Held[];
  const anew = async (channel: Channel = 'sms') => {
    const { requestId, body } = request(channel, {
      company_data: { company_id: SAMPLE.companyId, project_id: REVIEWED_PROJECT },
    });
    const { body: accepted } = await postRequest(stage.url, stage.apiKey, body);
    const id = String(accepted.conversation_id);
    for (;;) {
      const { status, body: item } = await reviewer.get(`/reviews/${recordKey(id)}`);
      if (status === 200) return { id, requestId, key: recordKey(id), ...item } as unknown as Anew;
    }
  };
  /** The key of a chat whose recipient has asked for a person, once it waits for one. */
  const heardFrom = async (telephone: string): Promise<string> => {
    const id = await sendSample(stage, { channel: 'sms', telephone, reply: 'Can I talk to somebody about this please?' });
    const agent = await signIn(stage, 'avery.agent');
    for (;;) {
      const { body } = await agent.get(`/replies/${recordKey(id)}`);
      if (body.since !== undefined) return recordKey(id);
    }
  };
  /** An endpoint that the company's own key made. */
  const addedEndpoint = async (): Promise<string> => {
    const answer = await fetch(`${stage.url}/event-endpoints`, {
      method: 'POST',
      headers: { 'x-api-key': stage.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://events.example.com/in' }),
    });
    const body: unknown = await answer.json();
    return (body as { readonly endpoint: { readonly endpoint_id: string } }).endpoint.endpoint_id;
  };
  interface Anew {
    readonly id: string;
    readonly key: string;
    readonly held: Held;
    readonly shown: string;
  }
  const order = ({ held, shown }: Anew) => ({ heldSince: held.heldSince, shown, values: {} });

  test('lists what waits, what has to go soonest first, without a name or an address', async () => {
    const listed = await waiting();
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.map(({ sendBefore }) => sendBefore)).toEqual(
      [...listed].map(({ sendBefore }) => sendBefore).sort(),
    );
    expect(JSON.stringify(listed)).not.toMatch(/\+4477009002|amara|jonas|Amara|Lindqvist/);
  });

  test('an approved message is sent, once, with the person who approved it', async () => {
    const item = await anew();
    expect(await reviewer.post(`/reviews/${item.key}/approve`, order(item))).toMatchObject({
      status: 200,
      body: { outcome: 'approved' },
    });
    expect(await reviewer.post(`/reviews/${item.key}/approve`, order(item))).toMatchObject({
      status: 409,
      body: { code: 'DECIDED' },
    });
    for (;;) {
      const { body } = await reviewer.get(`/conversations/${item.key}`);
      if (body.status === 'initial_message_sent') break;
    }
    const { body } = await admin.get(`/conversations/${item.key}`);
    expect(JSON.stringify(body.way)).toContain('robin.reviewer@example.com');
  });

  test('of two reviewers one wins, and the other sees who decided', async () => {
    const other = await signIn(stage, 'sasha.reviewer');
    const item = await anew();
    const answers = await Promise.all([
      reviewer.post(`/reviews/${item.key}/approve`, order(item)),
      other.post(`/reviews/${item.key}/reject`, {
        heldSince: item.held.heldSince,
        shown: item.shown,
        note: 'Not needed any more.',
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = answers[0].status === 200 ? ['robin', answers[1]] : ['sasha', answers[0]];
    expect(String(lost?.body.message)).toContain(`${won}.reviewer@example.com`);
  });

  test('a decision about anything but what was shown decides nothing', async () => {
    const item = await anew();
    const decide = async (change: object) =>
      reviewer.post(`/reviews/${item.key}/approve`, { ...order(item), ...change });
    expect(await decide({ shown: 'a'.repeat(64) })).toMatchObject({ status: 409, body: { code: 'CHANGED' } });
    expect(await decide({ heldSince: '2026-01-01T00:00:00.000Z' })).toMatchObject({
      status: 409,
      body: { code: 'CHANGED' },
    });
    expect(await decide({ shown: 'not a hash' })).toMatchObject({ status: 400 });
    expect(await decide({ values: { unclear_point: 'Send us £9,999 today.' } })).toMatchObject({
      status: 422,
      body: { code: 'UNPROVED' },
    });
    expect((await reviewer.get(`/reviews/${item.key}`)).status).toBe(200);
  });

  test('values of the person are proved, and go', async () => {
    const item = await anew();
    const values = { unclear_point: 'your CV shows no work between March and September 2022.' };
    expect((await reviewer.post(`/reviews/${item.key}/proof`, { values })).body).toMatchObject({
      proof: { outcome: 'proved' },
    });
    const lie = { unclear_point: 'your CV shows no work between March and October 2021.' };
    expect((await reviewer.post(`/reviews/${item.key}/proof`, { values: lie })).body).toMatchObject({
      proof: { outcome: 'unproved' },
    });
    expect(await reviewer.post(`/reviews/${item.key}/approve`, { ...order(item), values })).toMatchObject({
      status: 200,
    });
  });

  test('who may not read is shown states and no word; an operator gives a reason; each look is recorded', async () => {
    const item = await anew();
    const path = `/conversations/${item.key}`;
    expect(JSON.stringify((await operator.get(path)).body)).not.toMatch(/\+4477009002|Lindqvist|March|Staff Nurse/);
    expect(await operator.post(`${path}/text`)).toMatchObject({ status: 400, body: { code: 'REASON_NEEDED' } });
    expect(await operator.post(`${path}/text`, { reason: 'complaint' })).toMatchObject({
      status: 200,
      body: { recipientName: 'Jonas Lindqvist' },
    });
    const { body } = await admin.get(`/audit${QUERY}&day=${today()}`);
    const own = (body.items as ReadonlyArray<Readonly<Record<string, unknown>>>).filter(
      ({ conversationId: id }) => id === item.id,
    );
    expect(own).toMatchObject([
      {
        person: 'oskar.operator@example.com',
        action: 'reveal',
        reason: 'complaint',
        fields: ['text', 'facts', 'recipient'],
      },
      { person: 'robin.reviewer@example.com', action: 'read_text' },
    ]);
    expect(JSON.stringify(own)).not.toMatch(/Jonas|Lindqvist|\+4477009002/);
  });

  test('replies wait for an agent, who marks what was read and nothing that came since', async () => {
    const agent = await signIn(stage, 'avery.agent');
    const { body } = await agent.get(`/replies${QUERY}`);
    const [first] = body.waiting as ReadonlyArray<{ readonly key: string; readonly replies: number }>;
    if (!first) throw new Error('no reply waits');
    const read = await agent.post(`/conversations/${first.key}/text`);
    expect(read).toMatchObject({ status: 200, body: { messages: [{ role: 'assistant' }, { role: 'user' }] } });
    expect(await agent.post(`/replies/${first.key}/acknowledge`, { seen: 0 })).toMatchObject({
      status: 409,
      body: { code: 'CHANGED' },
    });
    expect(await agent.post(`/replies/${first.key}/acknowledge`, { seen: first.replies })).toMatchObject({
      status: 200,
    });
    // What does not wait any more is not an agent's to read.
    expect((await agent.post(`/conversations/${first.key}/text`)).status).toBe(403);
  });

  test('an agent takes a chat over and answers in own words, which go once; another agent is told who has it', async () => {
    const [agent, other] = await Promise.all(['avery.agent', 'blake.agent'].map(async (name) => signIn(stage, name)));
    if (!agent || !other) throw new Error('no agent');
    const key = await heardFrom('+447700900221');
    const path = `/replies/${key}`;
    // Both at once: one has it, the other is told who.
    const took = await Promise.all([agent, other].map(async (one) => one.post(`${path}/take`)));
    expect(took.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [holder, late] = took[0]?.status === 200 ? [agent, other] : [other, agent];
    const name = holder === agent ? 'avery.agent@example.com' : 'blake.agent@example.com';
    expect(await late.post(`${path}/messages`, { text: 'Not mine.' })).toMatchObject({
      status: 409, body: { code: 'NOT_TAKEN', message: expect.stringContaining(name) },
    });
    expect((await late.get(path)).body).toMatchObject({ thread: { owner: 'person', takenBy: name, mine: false } });
    const words = 'Friday at ten is fine.';
    const sent = await holder.post(`${path}/messages`, { text: words });
    expect(sent).toMatchObject({ status: 200, body: { outcome: 'queued' } });
    for (;;) {
      const { body } = await holder.get(`/conversations/${String(sent.body.key)}`);
      if (body.status === 'initial_message_sent') break;
    }
    // The line of what went is written right after the message's own record.
    for (;;) {
      const { body } = await holder.get(path);
      expect(body).toMatchObject({ shows: true, thread: { mine: true } });
      type Lines = ReadonlyArray<{ readonly text: string; readonly by?: string }>;
      const { lines } = body.thread as { readonly lines: Lines };
      if (lines.some(({ text, by }) => text === words && by === name)) break;
    }
    expect(await holder.post(`${path}/messages`, { text: words })).toMatchObject({ body: { outcome: 'queued_before' } });
    const received = stage.vendors.deliveries().filter(({ text }) => text === words);
    expect(received).toHaveLength(1);
    expect(await holder.post(`${path}/return`)).toMatchObject({ status: 200, body: { outcome: 'returned' } });
    expect(await holder.post(`${path}/messages`, { text: 'Too late.' })).toMatchObject({ body: { code: 'NOT_TAKEN' } });
  });

  test('operators see the health of the stage, the record of a company, and try a request', async () => {
    expect(await operator.get('/health')).toMatchObject({ status: 200, body: { looked: { complete: true } } });
    const [alarm] = stage.cloud.template.ofType('AWS::CloudWatch::Alarm');
    stage.cloud.alarms.set(alarm?.name ?? '', 'ALARM');
    expect((await operator.get('/health/alarms')).body).toMatchObject({ alarms: [{ name: alarm?.name }] });
    stage.cloud.alarms.set(alarm?.name ?? '', 'OK');
    expect((await operator.get('/health/costs')).body).toMatchObject({ costs: expect.any(Array), more: false });
    const record = await operator.get(`/companies/record${QUERY}&project=${SAMPLE.projectId}`);
    expect(record).toMatchObject({ status: 200, body: { faults: [], record: { company_id: SAMPLE.companyId } } });
    expect((await operator.get(`/companies/templates${QUERY}&project=${SAMPLE.projectId}`)).status).toBe(200);
    const tried = await operator.post(`/playground/dry-run${QUERY}`, { request: request('whatsapp').body });
    expect(tried).toMatchObject({ status: 200, body: { outcome: 'would_send' } });
    const foreign = { ...request('whatsapp').body, company_data: { company_id: 'another', project_id: 'one' } };
    expect(await admin.post(`/playground/dry-run${QUERY}`, { request: foreign })).toMatchObject({ status: 403 });
    expect(await admin.post(`/playground/dry-run${QUERY}`, { request: {} })).toMatchObject({ status: 400 });
  });

  test('conversations are listed by state, reason and page', async () => {
    const all = await admin.get(`/conversations${QUERY}`);
    expect(all.status).toBe(200);
    const failed = await admin.get(`/conversations${QUERY}&state=failed`);
    expect((failed.body.found as readonly object[]).length).toBeGreaterThan(0);
    expect((await admin.get(`/conversations${QUERY}&state=nonsense`)).status).toBe(400);
    expect((await admin.get(`/conversations${QUERY}&after=nonsense`)).status).toBe(400);
  });

  test('a role that is taken away, and a session that is ended, open nothing from then on', async () => {
    const other = await signIn(stage, 'sasha.reviewer');
    const { body } = await other.get('/sessions');
    const own = (body.sessions as ReadonlyArray<{ readonly key: string; readonly current: boolean }>).find(
      ({ current }) => current,
    );
    expect((await other.get('/me')).status).toBe(200);
    expect((await other.post('/sign-out')).status).toBe(200);
    expect(own).toBeDefined();
    expect((await other.get('/me')).status).toBe(401);
  });

  /** Calls are noted once a minute. */
  async function letTimePass(): Promise<void> {
    const { conversationTable: TableName } = resourceNames(LOCAL_STAGE);
    const { Items: own = [] } = await stage.tables.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'primary_channel = :own',
        ExpressionAttributeValues: { ':own': 'sessions-of#robin.reviewer' },
      }),
    );
    for (const { conversation_id: hash } of own) {
      await stage.tables.send(
        new UpdateCommand({
          TableName,
          Key: { primary_channel: `session#${String(hash)}`, conversation_id: 'session' },
          UpdateExpression: 'SET seenAt = :before',
          ExpressionAttributeValues: { ':before': new Date(Date.now() - 120_000).toISOString() },
        }),
      );
    }
  }

  test('every grant of its role is needed, and none is missing', async () => {
    await letTimePass();
    expect((await reviewer.get('/me')).status).toBe(200);
    // Tests run in any order, so each screen is opened here again.
    const screens: ReadonlyArray<readonly [ConsolePerson, string]> = [
      [admin, `/audit${QUERY}&day=${today()}`],
      [admin, `/conversations${QUERY}`],
      [operator, '/health'],
      [operator, `/companies/record${QUERY}&project=${SAMPLE.projectId}`],
      [reviewer, `/reviews${QUERY}`],
      [reviewer, '/sessions'],
    ];
    for (const [person, path] of screens) expect([path, (await person.get(path)).status]).toEqual([path, 200]);
    const agent = await signIn(stage, 'avery.agent');
    const replies = `/replies${QUERY}`;
    expect((await agent.get(replies)).status).toBe(200);
    const chat = `/replies/${await heardFrom('+447700900222')}`;
    expect((await agent.post(`${chat}/take`)).status).toBe(200);
    expect((await agent.post(`${chat}/messages`, { text: 'Monday is fine.' })).status).toBe(200);
    const endpoint = await addedEndpoint();
    for (const step of ['test', 'rotate']) {
      expect((await admin.post(`/companies/endpoints/${step}${QUERY}`, { id: endpoint })).status).toBe(200);
    }
    const stageWide = ['/health/alarms', '/health/costs', `/companies/endpoints${QUERY}`, `/companies/keys${QUERY}`];
    for (const path of stageWide) expect([path, (await operator.get(path)).status]).toEqual([path, 200]);
    await operator.post(`/conversations/${(await anew()).key}/text`, { reason: 'complaint' });
    await Promise.all(
      CHANNELS.map(async (channel) => {
        const item = await anew(channel);
        expect((await reviewer.post(`/reviews/${item.key}/approve`, order(item))).status).toBe(200);
        expect((await admin.post(`/playground/dry-run${QUERY}`, { request: request(channel).body })).status).toBe(
          200,
        );
      }),
    );
    const refused = stage.cloud.logs().filter(({ text }) => /AccessDenied|not authorized/.test(text));
    expect(refused.map(({ text }) => text)).toEqual([]);
    const unused = stage.cloud.services.unusedGrants().filter(({ role }) => role.startsWith('Console'));
    expect(unused.map(({ origin, actions }) => `${origin}: ${actions.join(', ')}`)).toEqual([]);
  });
});
