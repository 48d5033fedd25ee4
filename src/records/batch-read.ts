import type { Clock } from '../core/ports/clock';
import type { Item } from './item';
import type { KeysByTable, TableClient } from './table-client';

/** DynamoDB may answer only a part when it is busy. The rest is asked for again, each time after twice the wait. */
const ROUNDS = 5;
const FIRST_WAIT_MILLISECONDS = 25;

/** `consistent`: as the last write left it. `lagging`: it may be about a second older, for half the price. */
export type Freshness = 'consistent' | 'lagging';

/** Reads items of several tables in one call. Answers by table, in no order. */
export async function batchRead(
  client: TableClient,
  keys: KeysByTable,
  clock: Pick<Clock, 'sleep'>,
  freshness: Freshness = 'consistent',
): Promise<(table: string) => readonly Item[]> {
  const read = new Map<string, readonly Item[]>();
  let waiting = keys;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) await clock.sleep(FIRST_WAIT_MILLISECONDS * 2 ** (round - 1));
    const { found, unread } = await client.batchGet(waiting, freshness === 'consistent');
    for (const [table, items] of Object.entries(found)) read.set(table, [...(read.get(table) ?? []), ...items]);
    if (Object.keys(unread).length === 0) return (table) => read.get(table) ?? [];
    waiting = unread;
  }
  throw new Error(
    `Reading from ${Object.keys(keys).join(' and ')} failed: DynamoDB left keys unread in ${ROUNDS} tries. ` +
    'Try again; check for throttling.',
  );
}
