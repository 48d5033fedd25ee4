import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { postRequest } from '../../tools/local-stage/api-client';
import { recipient, request, startStage } from './local-stage-of-tests';

const { reconciler, conversationTable: TableName } = resourceNames(LOCAL_STAGE);
const PAST = '2026-01-01T00:00:00.000Z';
/** The simulator delivers to it and reports nothing, so that no receipt is quicker than the reconciler. */
const WITHOUT_RECEIPTS = '+447700900970';

describe('the reconciler', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('reconciler'); });
  afterAll(async () => { await stage.stop(); });

  /** Puts a record back to where a fault would have left it, due now. */
  async function rewind(
    record: Readonly<Record<string, unknown>>,
    set: Readonly<Record<string, unknown>>,
    remove: readonly string[] = [],
  ): Promise<void> {
    const values = { attention: `stuck#${String(record.request_id).slice(0, 1)}`, due_at: PAST, ...set };
    await stage.tables.send(
      new UpdateCommand({
        TableName,
        Key: { primary_channel: record.primary_channel, conversation_id: record.conversation_id },
        UpdateExpression: `SET ${Object.keys(values)
          .map((name) => `#${name} = :${name}`)
          .join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    );
  }

  async function read(record: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    const Key = { primary_channel: record.primary_channel, conversation_id: record.conversation_id };
    return (await stage.tables.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item ?? {};
  }

  async function accepted(telephone: string): Promise<Readonly<Record<string, unknown>>> {
    const { requestId, body } = request('sms', recipient('sms', { recipient_tel: telephone }));
    await postRequest(stage.url, stage.apiKey, body);
    return awaitOutcome(stage, requestId);
  }

  test('queues a message again whose queue message was lost', async () => {
    const record = await accepted('+447700900401');
    await rewind(record, { conversation_status: 'initiated', attempt_count: 0 }, [
      'composition',
      'vendor_message_id',
      'delivery_status',
      'attempt_ids',
      'attempt_id',
    ]);
    const run = await stage.cloud.runSchedule(reconciler);
    expect(JSON.stringify(run)).toContain('requeued');
    const sent = await awaitOutcome(stage, String(record.request_id));
    expect(sent).toMatchObject({ conversation_status: 'initial_message_sent', attempt_count: 1 });
  });

  test('finds out that a send missed its deadline, and that it went nevertheless, in the list of the vendor', async () => {
    const record = await accepted(WITHOUT_RECEIPTS);
    const sid = record.vendor_message_id;
    await rewind(record, { conversation_status: 'sending', send_deadline: PAST }, [
      'vendor_message_id',
      'delivery_status',
    ]);
    await stage.cloud.runSchedule(reconciler);
    expect(await read(record)).toMatchObject({ conversation_status: 'send_unknown', failure_reason: 'answer_lost' });
    await stage.cloud.runSchedule(reconciler);
    expect(await read(record)).toMatchObject({ conversation_status: 'initial_message_sent', vendor_message_id: sid });
  });

  test('ends a message that has expired', async () => {
    const record = await accepted(WITHOUT_RECEIPTS);
    await rewind(record, { conversation_status: 'composed', send_before: PAST });
    await stage.cloud.runSchedule(reconciler);
    expect(await read(record)).toMatchObject({ conversation_status: 'expired', failure_reason: 'expired' });
  });

  test('uses what its role grants, and nothing else', () => {
    expect(stage.cloud.faults()).toEqual([]);
  });
});
