import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CHANNELS } from '../../src/core/channel';
import type { Channel } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { request, startStage } from './local-stage-of-tests';
import { addKey, addProject } from './tenants-of-tests';

const names = resourceNames(LOCAL_STAGE);

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
      await new Promise((resolve) => {
        setTimeout(resolve, 25);
      });
    }
    await stage.cloud.invoke(names.processor(channel), lastReceive(String(body.conversation_id)));
  }

  test('a message sent, repeated, reviewed and put back uses all of them', async () => {
    await Promise.all(CHANNELS.map(async (channel) => exercise(channel)));
    expect(await postRequest(stage.url, stage.apiKey, {})).toMatchObject({ status: 400 });
    expect(await readConversation(stage.url, stage.apiKey, 'nothing')).toMatchObject({ status: 404 });
    const headers = { 'content-type': 'application/json', 'x-api-key': stage.apiKey };
    const dryRun = async (body: unknown) =>
      fetch(`${stage.url}/dry-run`, { method: 'POST', headers, body: JSON.stringify(body) });
    const tried = await Promise.all([...CHANNELS.map(async (channel) => dryRun(request(channel).body)), dryRun({})]);
    expect(tried.map(({ status }) => status)).toEqual([...CHANNELS.map(() => 200), 400]);
    expect((await fetch(`${stage.url}/templates`, { headers })).status).toBe(200);
    const unused = stage.cloud.services.unusedGrants().filter(({ role }) => !ELSEWHERE.test(role));
    expect(unused.map(({ origin, actions }) => `${origin}: ${actions.join(', ')}`)).toEqual([]);
  });
});
