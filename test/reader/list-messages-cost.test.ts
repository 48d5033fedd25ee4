import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { INDEXES } from '../../src/core/indexes';
import { timestamp } from '../../src/core/ports/clock';
import { sha256 } from '../../src/core/sha256';
import { listMessages, MESSAGES_A_PAGE } from '../../src/reader/list-messages';
import { DynamoDbConversationIndex } from '../../src/records/dynamodb-conversation-index';
import { DynamoDbConversations } from '../../src/records/dynamodb-conversations';
import type { DynaliteTables } from '../support/dynalite-tables';
import { createTable, startDynaliteTables } from '../support/dynalite-tables';
import { FakeObserver } from '../support/fake-observer';
import { MemoryDirectory } from '../support/memory-directory';
import { NOW, operatorsWorld } from '../support/operators-world';
import { sampleCompany } from '../support/sample-message';

/** Read units that the tables say a page has cost. */
/** Beside the one without indexes. */
const TABLE = 'listed-conversations';

describe('the read units of a page', () => {
  let dynalite: DynaliteTables;
  let units = 0;
  const records = operatorsWorld();
  const directory = new MemoryDirectory();

  beforeAll(async () => {
    dynalite = await startDynaliteTables();
    const TableName = TABLE;
    const indexes = Object.values(INDEXES);
    const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
    const schema = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' as const }, { AttributeName: sort, KeyType: 'RANGE' as const },
    ];
    await createTable(dynalite.client, {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schema('primary_channel', 'conversation_id'),
      AttributeDefinitions: [
        'primary_channel', 'conversation_id', ...indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]),
      ].map(text),
      GlobalSecondaryIndexes: indexes.map(({ name, partitionKey, sortKey }) => ({
        IndexName: name,
        KeySchema: schema(partitionKey, sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      })),
    });
    directory.seedKey(sha256('key'), { company_id: 'acme', project_ids: ['hiring'], created_at: '2026-01-01' });
    directory.seedCompany(sampleCompany({ company_id: 'acme', project_id: 'hiring' }));
    for (let count = 0; count < 300; count += 1) {
      const due_at = timestamp(NOW + count * 1000);
      records.add({ minutesAgo: count, due_at });
      records.add({ minutesAgo: count, due_at, company: 'zenith' });
    }
    const items = records.conversations.all();
    for (let begin = 0; begin < items.length; begin += 25) {
      const RequestItems = { [TableName]: items.slice(begin, begin + 25).map((Item) => ({ PutRequest: { Item } })) };
      await dynalite.client.send(new BatchWriteCommand({ RequestItems }));
    }
    dynalite.records.client.middlewareStack.add(
      (next) => async (call) => {
        const answered = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } });
        const capacity = 'ConsumedCapacity' in answered.output ? answered.output.ConsumedCapacity : undefined;
        if (capacity && 'CapacityUnits' in capacity) units += capacity.CapacityUnits ?? 0;
        return answered;
      },
      { step: 'initialize' },
    );
  });
  afterAll(() => dynalite.stop());

  async function unitsOf(query: Readonly<Record<string, string>>) {
    units = 0;
    const table = TABLE;
    const { body } = await listMessages({ apiKey: 'key', query }, {
      directory,
      clock: records.clock,
      observer: new FakeObserver(),
      index: new DynamoDbConversationIndex(dynalite.records, table, records.clock),
      conversations: new DynamoDbConversations(dynalite.records, table, () => 'change'),
    }, ['*']);
    return { units, listed: JSON.parse(body).messages.length, next: JSON.parse(body).next_cursor };
  }

  test('are those of its 50 records and of a few keys, on the second page as on the first', async () => {
    const first = await unitsOf({});
    expect(first).toMatchObject({ listed: MESSAGES_A_PAGE, next: expect.any(String) });
    expect(first.units).toBeGreaterThanOrEqual(MESSAGES_A_PAGE);
    expect(first.units).toBeLessThanOrEqual(MESSAGES_A_PAGE + 5);
    const second = await unitsOf({ cursor: first.next });
    expect(second.listed).toBe(MESSAGES_A_PAGE);
    expect(second.units).toBeLessThanOrEqual(MESSAGES_A_PAGE + 5);
  });

  test('of what is open are the same, though as much of another company lies between', async () => {
    const { listed, units: read } = await unitsOf({ state: 'open' });
    expect(listed).toBe(MESSAGES_A_PAGE);
    expect(read).toBeLessThanOrEqual(MESSAGES_A_PAGE + 20);
  });

  test('of what waits for a person are next to none where nothing waits', async () => {
    expect(await unitsOf({ state: 'waiting' })).toMatchObject({ listed: 0, next: null });
    expect(units).toBeLessThanOrEqual(1);
  });
});
