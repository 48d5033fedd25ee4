import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Directory } from '../../src/core/ports/directory';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { optOutItemKey } from '../../src/records/item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';
import { MemoryDirectory } from '../support/memory-directory';
import { Random } from '../support/random';

let dynalite: DynaliteTables;
let directory: DynamoDbDirectory;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
  directory = new DynamoDbDirectory(dynalite.records, dynalite.tables, new FakeClock());
});
afterAll(() => dynalite.stop());

const both = (): readonly Directory[] => [directory, new MemoryDirectory()];
const word = (recipient: string, event?: string, sender = 's') => ({
  recipient,
  sender,
  at: '2026-11-02T09:00:00.000Z',
  ...(event ? { event } : {}),
});
const stop = async (store: Directory, ...given: Parameters<typeof word>) =>
  store.addOptOut({ ...word(...given), source: 'reply' });
const start = async (store: Directory, ...given: Parameters<typeof word>) =>
  store.removeOptOut({ ...word(...given), company: 'brightpath' });

describe('an opt-out', () => {
  test('is one by a single write: what follows, or is repeated, tells that it was there', async () => {
    for (const store of both()) {
      expect(await stop(store, 'claim@example.com', 'SM1', 'one')).toBe(true);
      expect(await stop(store, 'claim@example.com', 'SM1', 'one')).toBe(false);
      expect(await stop(store, 'claim@example.com', 'SM2', 'one')).toBe(false);
      expect(await stop(store, 'claim@example.com', 'SM3', 'two')).toBe(true);
      expect(await stop(store, 'anonymous', 'SM4')).toBe(false);
      const crowd = await Promise.all(['SM5', 'SM6', 'SM7'].map(async (event) => stop(store, 'crowd@example.org', event)));
      expect(crowd.filter(Boolean)).toHaveLength(1);
    }
  });

  test('is lifted for its sender alone, whatever the letter case of the address', async () => {
    for (const store of both()) {
      await stop(store, 'lift@example.com', 'SM1', 'one');
      await stop(store, 'Lift@example.com', 'SM2', 'two');
      await start(store, 'LIFT@example.com', 'SM3', 'one');
      expect(await store.optedOutOf({ recipient: 'lift@example.com', company: 'brightpath' })).toEqual(['two']);
    }
  });

  test('that nobody made can be lifted, with and without an event', async () => {
    for (const store of both()) {
      await start(store, 'never@example.com', 'SM1');
      await start(store, 'never-either@example.com');
      expect([
        await store.optedOutOf({ recipient: 'never@example.com', company: 'brightpath' }),
        await store.optedOutOf({ recipient: 'never-either@example.com', company: 'brightpath' }),
      ]).toEqual([[], []]);
    }
  });

  test('is not made again by an event that was heard before its lifting', async () => {
    for (const store of both()) {
      await stop(store, 'replay@example.com', 'SM1');
      await start(store, 'replay@example.com', 'SM2');
      await stop(store, 'replay@example.com', 'SM1');
      expect(await store.optedOutOf({ recipient: 'replay@example.com', company: 'brightpath' })).toEqual([]);
    }
  });

  test('is not lifted by an event that was heard before it, even where that had nothing to lift', async () => {
    for (const store of both()) {
      await start(store, 'early@example.com', 'SM1');
      await stop(store, 'early@example.com', 'SM2');
      await start(store, 'early@example.com', 'SM1');
      expect(await store.optedOutOf({ recipient: 'early@example.com', company: 'brightpath' })).toEqual(['s']);
    }
  });

  test('without an event counts each time', async () => {
    for (const store of both()) {
      await stop(store, 'plain@example.com');
      await start(store, 'plain@example.com');
      await stop(store, 'plain@example.com');
      expect(await store.optedOutOf({ recipient: 'plain@example.com', company: 'brightpath' })).toEqual(['s']);
    }
  });

  test('says when it was made and by whom, and which events were heard', async () => {
    await stop(directory, 'told@example.com', 'SM1');
    const { Item: item } = await dynalite.client.send(
      new GetCommand({ TableName: dynalite.tables.conversations, Key: { ...optOutItemKey('told@example.com') } }),
    );
    expect(item).toEqual({
      ...optOutItemKey('told@example.com'),
      senders: { s: { at: '2026-11-02T09:00:00.000Z', source: 'reply' } },
      heard: new Set(['SM1']),
      history: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/), at: '2026-11-02T09:00:00.000Z', event: 'opted_out', sender: 's',
          source: 'reply',
        },
      ],
    });
  });
});

test('a company\'s record is found by its key alone', async () => {
  expect(await directory.findCompany({ companyId: 'nobody', projectId: 'none' })).toBeUndefined();
  const memory = new MemoryDirectory();
  memory.seedCompany({ company_id: 'a', project_id: 'b', company_name: 'A' });
  expect(await memory.findCompany({ companyId: 'a', projectId: 'b' })).toEqual({
    company_id: 'a',
    project_id: 'b',
    company_name: 'A',
  });
});

test('the store in memory does with 60 random words what DynamoDB does', async () => {
  const random = new Random(7);
  const [real, memory] = [directory, new MemoryDirectory()];
  for (let step = 0; step < 60; step += 1) {
    const given = [
      random.pick(['one@example.net', 'two@example.net']),
      random.chance(0.7) ? `event-${random.below(12)}` : undefined,
      random.pick(['x', 'y']),
    ] as const;
    const act = random.chance(0.5) ? stop : start;
    for (const store of [real, memory]) await act(store, ...given);
    for (const person of ['one@example.net', 'two@example.net']) {
      expect([step, [...(await real.optedOutOf({ recipient: person, company: 'brightpath' }))].sort()]).toEqual([
        step,
        [...(await memory.optedOutOf({ recipient: person, company: 'brightpath' }))].sort(),
      ]);
    }
  }
});
