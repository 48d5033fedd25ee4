import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CHANNELS } from '../../src/core/channel';
import type { Channel } from '../../src/core/channel';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { resourceNames } from '../../src/core/names';
import { threadItemKeys } from '../../src/records/item-keys';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from './local-stage-of-tests';
import { addKey, addProject } from './tenants-of-tests';

type Item = Readonly<Record<string, unknown>>;

const names = resourceNames(LOCAL_STAGE);

/** A project whose messages expect an answer. */
const ASKING = 'asking';
const ANSWERS = [{ name: 'explanation', question: 'What did you do then?', type: 'text', required: true }];

/** A project whose client answers. */
const ANSWERED = 'answered';

/** Grants of functions that have flow tests of their own. */
const ELSEWHERE = /^(Console|Events|Reconciler|VendorWebhooks)/i;

describe('every grant of the roles is needed', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('grants'); });
  afterAll(async () => { await stage.stop(); });

  /** What the queue hands a processor on the last receive before the dead letters. */
  const lastReceive = (conversationId: string) => ({
    Records: [
      {
        messageId: 'last',
        receiptHandle: 'none',
        body: conversationId,
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: '',
        awsRegion: '',
        attributes: {
          ApproximateReceiveCount: '5',
          SentTimestamp: '0',
          SenderId: '',
          ApproximateFirstReceiveTimestamp: '0',
        },
      },
    ],
  });

  async function exercise(channel: Channel): Promise<void> {
    const sent = request(channel);
    await postRequest(stage.url, stage.apiKey, sent.body);
    const { conversation_id: id } = await awaitOutcome(stage, sent.requestId);
    await postRequest(stage.url, stage.apiKey, sent.body);
    expect(await readConversation(stage.url, stage.apiKey, String(id))).toMatchObject({ status: 200 });
    // A second copy of the queue message finds the work done.
    await stage.cloud.invoke(names.processor(channel), lastReceive(String(id)));

    // A reply that is noted in the record is looked for in its thread.
    const gone = await stage.conversation(sent.requestId);
    const Key = { primary_channel: gone?.primary_channel, conversation_id: gone?.conversation_id };
    const UpdateExpression = 'SET inbound_ids = :ids';
    const ExpressionAttributeValues = { ':ids': ['SM1'] };
    await stage.tables.send(
      new UpdateCommand({ TableName: names.conversationTable, Key, UpdateExpression, ExpressionAttributeValues }),
    );
    const withText = await readConversation(stage.url, stage.apiKey, String(id), '?include=text');
    expect(withText).toMatchObject({ status: 200, body: { messages: [{ role: 'assistant' }] } });

    // An idempotency record whose record was removed.
    await stage.tables.send(new DeleteCommand({ TableName: names.conversationTable, Key }));
    await stage.cloud.invoke(names.processor(channel), lastReceive(String(id)));

    const reviewed = request(channel, { project_data: {} });
    await postRequest(stage.url, stage.apiKey, reviewed.body);
    await awaitOutcome(stage, reviewed.requestId);

    // A secret that is named after another company is looked up among the companies before it is read.
    const foreign = `foreign-${channel}`;
    const [start = '', end = ''] = names.credentialSecretPattern(channel).replace(/-\?+$/, '').split('*');
    await addProject(stage, { projectId: foreign }, (record) => {
      Object.assign(record.channel_config[channel], { [`${channel}_credentials_id`]: `${start}an-older-name${end}` });
    });
    const company_data = { company_id: SAMPLE.companyId, project_id: foreign };
    const key = await addKey(stage, SAMPLE.companyId, [foreign]);
    const asked = request(channel, { company_data });
    expect(await postRequest(stage.url, key, asked.body)).toMatchObject({ status: 200 });

    // A model that does not answer: the message waits, and on its last receive it is put back as a fresh copy.
    const waiting = request(channel, { project_data: { job_title: 'Porter', unclear_point: 'simulate:server-error' } });
    const { body } = await postRequest(stage.url, stage.apiKey, waiting.body);
    while ((await stage.conversation(waiting.requestId))?.wait_count === undefined) {
      await pause(25);
    }
    await stage.cloud.invoke(names.processor(channel), lastReceive(String(body.conversation_id)));
  }

  /** A test's message that expects an answer, and what its recipient writes, until its record says what came of it. */
  async function hear(
    channel: Channel, reply: string, isHeard: (record: Item) => boolean, person: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const testKey = await addKey(stage, SAMPLE.companyId, [ASKING], { test: 'yes' });
    const company_data = { company_id: SAMPLE.companyId, project_id: ASKING };
    const { body } = request(channel, { company_data, ...recipient(channel, person) });
    const asked = { ...body, request_data: { ...body.request_data, test: { reply } } };
    const { status, body: answer } = await postRequest(stage.url, testKey, asked);
    expect(status).toBe(200);
    const { recipient_tel: number, recipient_email: mailbox } = body.recipient_data;
    const Key = {
      primary_channel: channel === 'email' ? mailbox : number, conversation_id: answer.conversation_id,
    };
    for (const end = Date.now() + 150_000; ; await pause(50)) {
      const { Item: record = {} } = await stage.tables.send(
        new GetCommand({ TableName: names.conversationTable, Key, ConsistentRead: true }),
      );
      if (isHeard(record)) {
        return threadIdOf({
          ...Key,
          company_id: SAMPLE.companyId,
          channel_method: channel,
          conversation_id: String(answer.conversation_id),
        });
      }
      if (Date.now() > end) throw new Error(`The reply by ${channel} was not heard: ${JSON.stringify(record)}`);
    }
  }

  /** One answers, one wants a person, one wants no more messages. */
  async function hearAll(): Promise<void> {
    await addProject(stage, { projectId: ASKING }, (record) => {
      Object.assign(record, { replies: 'answer', reply_burst: { quiet_seconds: 1 } });
      for (const channel of CHANNELS) record.channel_config[channel].template.answers = ANSWERS;
    });
    await addProject(stage, { projectId: ANSWERED }, (record) => { record.replies = 'hand_off'; });
    const [thread = ''] = await Promise.all([
      hear(
        'whatsapp', 'I was on parental leave in June. May I bring my dog?',
        ({ task_complete: isComplete }) => isComplete === 1,
      ),
      hear('sms', 'I was on leave. May I bring my dog?', ({ hand_off_to_human: isHanded }) => isHanded === true),
      hear('email', 'I have had enough, so leave me alone from now on', ({ inbound_ids: ids }) => ids !== undefined),
      hear(
        'email', 'May I bring my dog?', ({ hand_off_to_human: isHanded }) => isHanded === true,
        { recipient_email: 'asks@example.com' },
      ),
    ]);
    await putOff(thread);
  }

  /** A burst that another worker has in hand is put off until that one is done. */
  async function putOff(threadId: string): Promise<void> {
    const { thread: Key } = threadItemKeys(threadId);
    // The answers stand on the record before the turn that found them has ended.
    for (;;) {
      const { Item: thread } = await stage.tables.send(
        new GetCommand({ TableName: names.conversationTable, Key, ConsistentRead: true }),
      );
      if (thread && thread.answer_due_at === undefined && thread.turn_owner === undefined) break;
      await pause(50);
    }
    await stage.tables.send(new UpdateCommand({
      TableName: names.conversationTable,
      Key,
      UpdateExpression: 'SET answer_due_at = :past, turn_owner = :other, turn_until = :later',
      ExpressionAttributeValues: {
        ':past': '2026-01-01T00:00:00.000Z', ':other': 'other', ':later': '2099-01-01T00:00:00.000Z',
      },
    }));
    await stage.cloud.invoke(names.conversationTurns, lastReceive(threadId));
  }

  /** A message that was to go later and is cancelled; what names no message cannot be. */
  async function cancel(): Promise<void> {
    const { body } = request('sms');
    const send_at = new Date(Date.now() + 3_600_000).toISOString();
    const later = { ...body, request_data: { ...body.request_data, send_at } };
    const accepted = await postRequest(stage.url, stage.apiKey, later);
    const call = { method: 'POST', headers: { 'x-api-key': stage.apiKey } };
    const statuses = await Promise.all([String(accepted.body.conversation_id), 'nothing'].map(async (id) => (
      await fetch(`${stage.url}/conversations/${encodeURIComponent(id)}/cancel`, call)
    ).status));
    expect(statuses).toEqual([200, 404]);
  }

  /** What a recipient has written is answered by the client, who then returns the conversation. */
  async function answerAsClient(channel: Channel): Promise<void> {
    const key = await addKey(stage, SAMPLE.companyId, [ANSWERED]);
    const company_data = { company_id: SAMPLE.companyId, project_id: ANSWERED };
    const testKey = await addKey(stage, SAMPLE.companyId, [ANSWERED], { test: 'yes' });
    const person = recipient(channel, { recipient_tel: '+447700900390', recipient_email: 'answered@example.com' });
    const { body } = request(channel, { company_data, ...person });
    const asked = { ...body, request_data: { ...body.request_data, test: { reply: 'Thank you' } } };
    const { body: accepted } = await postRequest(stage.url, testKey, asked);
    const place = `${stage.url}/conversations/${encodeURIComponent(String(accepted.conversation_id))}`;
    const headers = { 'content-type': 'application/json', 'x-api-key': key };
    const reply = JSON.stringify({ request_id: randomUUID(), text: 'You are welcome.' });
    // Nothing is to answer before the recipient has written.
    let queued: Item = {};
    for (const end = Date.now() + 150_000; ; await pause(250)) {
      const answer = await fetch(`${place}/replies`, { method: 'POST', headers, body: reply });
      const { status } = answer;
      queued = await answer.json() as Item;
      if (status === 200) break;
      if (Date.now() > end) throw new Error(`The reply by ${channel} was answered with ${status}.`);
    }
    expect((await fetch(`${place}/return`, { method: 'POST', headers })).status).toBe(200);
    const seen = { method: 'POST', headers, body: JSON.stringify({ replies: 1 }) };
    expect((await fetch(`${place}/acknowledge`, seen)).status).toBe(200);
    const { recipient_tel: number, recipient_email: mailbox } = body.recipient_data;
    const primary_channel = channel === 'email' ? mailbox : number;
    await cancelReply({ primary_channel, conversation_id: String(queued.conversation_id) }, headers);
  }

  /** A reply that was sent, and whose record is put back to where it can be cancelled. */
  async function cancelReply(Key: Item & { readonly conversation_id: string }, headers: Record<string, string>) {
    const TableName = names.conversationTable;
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
      const { Item: record } = await stage.tables.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (record?.conversation_status === 'initial_message_sent') break;
    }
    const UpdateExpression = 'SET conversation_status = :composed';
    const ExpressionAttributeValues = { ':composed': 'composed' };
    await stage.tables.send(new UpdateCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues }));
    const place = `${stage.url}/conversations/${encodeURIComponent(Key.conversation_id)}/cancel`;
    expect((await fetch(place, { method: 'POST', headers })).status).toBe(200);
  }

  const unused = () =>
    stage.cloud.services
      .unusedGrants()
      .filter(({ role }) => !ELSEWHERE.test(role))
      .map(({ origin, actions, resources }) => `${origin}: ${[...actions, ...resources].join(', ')}`);

  test('a message sent, repeated, reviewed, put back, cancelled and answered uses all of them', async () => {
    await Promise.all([...CHANNELS.map(async (channel) => exercise(channel)), hearAll()]);
    await Promise.all(CHANNELS.map(async (channel) => answerAsClient(channel)));
    const nobody = { method: 'POST', headers: { 'x-api-key': stage.apiKey } };
    expect((await fetch(`${stage.url}/conversations/nothing/return`, nobody)).status).toBe(404);
    await cancel();
    expect(await postRequest(stage.url, stage.apiKey, {})).toMatchObject({ status: 400 });
    expect(await readConversation(stage.url, stage.apiKey, 'nothing')).toMatchObject({ status: 404 });
    const headers = { 'content-type': 'application/json', 'x-api-key': stage.apiKey };
    const dryRun = async (body: unknown) =>
      fetch(`${stage.url}/dry-run`, { method: 'POST', headers, body: JSON.stringify(body) });
    const tried = await Promise.all([...CHANNELS.map(async (channel) => dryRun(request(channel).body)), dryRun({})]);
    expect(tried.map(({ status }) => status)).toEqual([...CHANNELS.map(() => 200), 400]);
    const ofProject = `/messages?project_id=${SAMPLE.projectId}`;
    const lists = ['/templates', ofProject, `${ofProject}&state=waiting`];
    const listed = await Promise.all(lists.map(async (path) => (await fetch(`${stage.url}${path}`, { headers })).status));
    expect(listed).toEqual([200, 200, 200]);
    // What a reply sets going ends by itself.
    for (const end = Date.now() + 60_000; unused().length > 0 && Date.now() < end;) await pause(250);
    expect(unused()).toEqual([]);
  });
});
