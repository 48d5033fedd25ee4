import type { BatchGetCommandInput, BatchGetCommandOutput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../core/ports/clock';
import type { Item } from './failed-condition';

/** DynamoDB may answer a part only when it is busy; the rest is asked for again, each time after twice the wait. */
const ROUNDS = 5;
const FIRST_WAIT_MILLISECONDS = 25;

/** The keys to read, by table. */
export type KeysByTable = Readonly<Record<string, ReadonlyArray<Readonly<Record<string, string>>>>>;

/** Reads items of several tables in one call, strongly consistent. Answers by table, in no order. */
export async function batchRead(
  client: DynamoDBDocumentClient,
  keys: KeysByTable,
  clock: Pick<Clock, 'sleep'>,
): Promise<(table: string) => readonly Item[]> {
  const found = new Map<string, Item[]>();
  let waiting: BatchGetCommandInput['RequestItems'] = Object.fromEntries(
    Object.entries(keys).map(([table, wanted]) => [table, { Keys: [...wanted], ConsistentRead: true }]),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) await clock.sleep(FIRST_WAIT_MILLISECONDS * 2 ** (round - 1));
    const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: waiting }));
    for (const [table, items] of Object.entries(answer.Responses ?? {})) {
      found.set(table, [...(found.get(table) ?? []), ...items]);
    }
    waiting = answer.UnprocessedKeys ?? {};
    if (Object.keys(waiting).length === 0) return (table) => found.get(table) ?? [];
  }
  throw new Error(
    `Reading from ${Object.keys(keys).join(' and ')} failed: DynamoDB left keys unread in ${ROUNDS} tries. Try ` +
    'again; check for throttling.',
  );
}
