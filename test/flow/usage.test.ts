import { setTimeout } from 'node:timers/promises';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { costOf } from '../../src/core/usage/cost';
import { resourceNames } from '../../src/core/names';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { DynamoDbUsage } from '../../src/records/dynamodb-usage';
import { request, startStage } from './local-stage-of-tests';
import { awaitRecord } from './webhook-calls';

const names = resourceNames(LOCAL_STAGE);

describe('what a project uses', () => {
  let stage: LocalStage;
  // Each test one of its own: what one leaves open counts.
  beforeEach(async () => {
    stage = await startStage('usage', { receiptDelayMilliseconds: 5 }, { runsSchedules: false });
  });
  afterEach(async () => { await stage.stop(); });

  const usage = async () =>
    new DynamoDbUsage(stage.records, names.conversationTable).usageOf({
      company: SAMPLE.companyId,
      project: SAMPLE.projectId,
      now: Date.now(),
    });

  /** The record is at rest a moment before it is settled. */
  async function settled() {
    for (;;) {
      const found = await usage();
      if (found.open_conversations === 0) return found;
      await setTimeout(25);
    }
  }

  async function limitTo(open: number): Promise<void> {
    const Key = { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId };
    await stage.tables.send(
      new UpdateCommand({
        TableName: names.companyTable,
        Key,
        UpdateExpression: 'SET rate_limits.concurrent_conversations = :open',
        ExpressionAttributeValues: { ':open': open },
      }),
    );
  }

  test('is reserved while a message is on its way, and settled with its real cost, for one write each', async () => {
    // Of a message that asks nothing: one that does has writes of its thread as well.
    await stage.tables.send(new UpdateCommand({
      TableName: names.companyTable,
      Key: { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId },
      UpdateExpression: 'REMOVE channel_config.sms.#template.answers',
      ExpressionAttributeNames: { '#template': 'template' },
    }));
    // The first message of each function costs what later ones do not.
    const first = request('sms');
    await postRequest(stage.url, stage.apiKey, first.body);
    await awaitRecord(stage, first.requestId, { delivery_status: 'delivered' });
    const before = await settled();
    const calls = stage.cloud.services.calls;
    calls.clear();
    const { requestId, body } = request('sms');
    await postRequest(stage.url, stage.apiKey, body);
    const record = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    const after = await settled();
    const conversation = record as unknown as Conversation;
    if (!conversation.usage_prices) throw new Error('The record tells no prices.');
    const cost = costOf(conversation.usage_prices, conversation);
    expect(cost).toBeGreaterThan(42_000);
    expect(after.committed_this_month - before.committed_this_month).toBeCloseTo(cost / 1_000_000, 6);
    expect(after.requests_today).toBe(2);
    const updates = (caller: string) =>
      calls
        .all({ kind: 'function', service: 'dynamodb', operation: 'UpdateItem' })
        .filter((count) => count.caller.startsWith(caller));
    // One write to count and reserve, and one to settle beside the three steps of a message: lease, words and claim,
    // sent.
    expect(updates('Router')).toMatchObject([{ calls: 1, writeUnits: 1, failed: 0 }]);
    expect(updates('smsProcessor')).toMatchObject([{ calls: 4, failed: 0 }]);
  });

  test('stops further requests where as many conversations are open as may be, and a replay counts against nothing', async () => {
    await settled();
    await limitTo(1);
    // A model that does not answer keeps its conversation open.
    const waiting = request('sms', { project_data: { job_title: 'Porter', unclear_point: 'simulate:server-error' } });
    expect((await postRequest(stage.url, stage.apiKey, waiting.body)).status).toBe(200);
    const other = await postRequest(stage.url, stage.apiKey, request('sms').body);
    expect(other).toMatchObject({
      status: 429,
      body: { error_code: 'RATE_LIMIT_EXCEEDED', message: expect.stringContaining('conversations are open') },
    });
    expect(Number(other.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await postRequest(stage.url, stage.apiKey, waiting.body)).status).toBe(200);
    await limitTo(10);
    const next = request('sms');
    expect((await postRequest(stage.url, stage.apiKey, next.body)).status).toBe(200);
    expect((await awaitOutcome(stage, next.requestId)).conversation_status).toBe('initial_message_sent');
  });
});
