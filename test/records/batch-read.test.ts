import { batchRead } from '../../src/records/batch-read';
import { TableClient } from '../../src/records/table-client';
import { FakeClock } from '../support/fake-clock';

const KEYS = { one: [{ id: 'a' }, { id: 'b' }], two: [{ id: 'c' }] };

interface Wanted {
  readonly input: {
    readonly RequestItems: Record<string, { readonly Keys: ReadonlyArray<{ readonly id: { readonly S: string } }> }>;
  };
}

/** A client that answers the first table's keys, so many a call, and leaves the rest unprocessed. */
function busyClient(itemsPerCall: number) {
  const asked: unknown[] = [];
  const send = ({ input: { RequestItems: wanted } }: Wanted) => {
    asked.push(wanted);
    const [[table = '', { Keys: keys }] = ['', { Keys: [] }], ...others] = Object.entries(wanted);
    const left = keys.slice(itemsPerCall);
    return Promise.resolve({
      Responses: { [table]: keys.slice(0, itemsPerCall) },
      UnprocessedKeys: Object.fromEntries([
        ...(left.length > 0 ? [[table, { Keys: left, ConsistentRead: true }] as const] : []),
        ...others,
      ]),
    });
  };
  return { asked, client: new TableClient({ send } as never) };
}

test('what a busy table leaves is asked for again, after growing waits', async () => {
  const clock = new FakeClock();
  const { client, asked } = busyClient(1);
  const items = await batchRead(client, KEYS, clock);
  expect(items('one')).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(items('two')).toEqual([{ id: 'c' }]);
  expect(items('three')).toEqual([]);
  expect(asked).toHaveLength(3);
  expect(asked[2]).toEqual({ two: { Keys: [{ id: { S: 'c' } }], ConsistentRead: true } });
  expect(clock.slept).toEqual([25, 50]);
});

test('a table that leaves everything is given up after five tries', async () => {
  const clock = new FakeClock();
  const { client, asked } = busyClient(0);
  await expect(batchRead(client, KEYS, clock)).rejects.toThrow(
    'Reading from one and two failed: DynamoDB left keys unread in 5 tries',
  );
  expect(asked).toHaveLength(5);
  expect(clock.slept).toEqual([25, 50, 100, 200]);
});

test('an answer without any part is an answer', async () => {
  const items = await batchRead(new TableClient({ send: () => Promise.resolve({}) } as never), KEYS, new FakeClock());
  expect(items('one')).toEqual([]);
});
