import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbConversationIndex } from '../../src/records/dynamodb-conversation-index';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';
import { scriptedTables } from '../support/scripted-tables';

const PERSON = '+447700900123';

describe('the conversations of a recipient', () => {
  let dynalite: DynaliteTables;
  let index: DynamoDbConversationIndex;
  beforeAll(async () => {
    dynalite = await startDynaliteTables();
    index = new DynamoDbConversationIndex(dynalite.records, dynalite.tables.conversations, new FakeClock());
    const put = async (id: string, createdAt?: string) =>
      dynalite.client.send(
        new PutCommand({
          TableName: dynalite.tables.conversations,
          Item: { primary_channel: PERSON, conversation_id: id, ...(createdAt ? { created_at: createdAt } : {}) },
        }),
      );
    await put('acme#p#1#s', '2026-11-02T09:00:00.000Z');
    await put('acme#p#2#s', '2026-11-01T09:00:00.000Z');
    await put('other#p#3#s', '2026-11-03T09:00:00.000Z');
    await put('opt-out');
  });
  afterAll(() => dynalite.stop());

  const listed = async (query: { readonly until?: string; readonly limit: number }) => {
    const found = await index.newestFirst({ index: 'recipient', partition: PERSON, ...query });
    return found.map(({ key }) => key.conversation_id);
  };

  test('come newest first, without what lies beside them', async () => {
    expect(await listed({ limit: 10 })).toEqual(['other#p#3#s', 'acme#p#1#s', 'acme#p#2#s']);
    expect(await index.newestFirst({ index: 'recipient', partition: '+447700900199', limit: 10 })).toEqual([]);
  });

  test('end at the limit, and begin at a moment', async () => {
    expect(await listed({ limit: 2 })).toEqual(['other#p#3#s', 'acme#p#1#s']);
    expect(await listed({ limit: 10, until: '2026-11-02T09:00:00.000Z' })).toEqual(['acme#p#1#s', 'acme#p#2#s']);
  });

  test('are read by their keys in one call, in the order of the keys, without those that are gone', async () => {
    const names = Array.from({ length: 120 }, (_none, place) => `acme#many#${place}#s`);
    await Promise.all(names.slice(1).map(async (conversation_id) => dynalite.client.send(
      new PutCommand({
        TableName: dynalite.tables.conversations,
        Item: { primary_channel: '+447700900124', conversation_id, messages: [], history: [] },
      }),
    )));
    const found = await index.records(names.map((conversation_id) => ({
      primary_channel: '+447700900124', conversation_id,
    })));
    expect(found[0]).toBeUndefined();
    expect(found.slice(1).map((one) => one?.conversation_id)).toEqual(names.slice(1));
    expect(await index.records([])).toEqual([]);
  });

  test('are read to the last page, whatever the limit', async () => {
    const page = (id: string, created_at: string) => ({
      Items: [{ primary_channel: PERSON, conversation_id: id, created_at }],
    });
    const pages = [
      { ...page('1', '2026-11-01'), LastEvaluatedKey: { primary_channel: PERSON } },
      page('2', '2026-11-02'),
    ];
    const paged = new DynamoDbConversationIndex(scriptedTables(() => pages.shift()), 'conversations', new FakeClock());
    expect(await paged.newestFirst({ index: 'recipient', partition: PERSON, limit: 1 })).toMatchObject([
      { at: '2026-11-02' },
    ]);
  });
});
