import { createHash } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand, paginateScan, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TableDigest } from '../takeover/operations';

type Item = Readonly<Record<string, AttributeValue>>;

/** Writes at once. */
const WRITES = 20;

export async function digestTable(client: DynamoDBClient, table: string): Promise<TableDigest> {
  let sum = 0n;
  let items = 0;
  for await (const item of scan(client, table)) {
    items += 1;
    // A sum, so that the order of a scan does not matter; unlike an exclusive or, equal items do not cancel out.
    sum += BigInt(`0x${createHash('sha256').update(canonical(item)).digest('hex')}`);
  }
  return { items, digest: sum.toString(16) };
}

/**
 * Raw attribute values, so that numbers, sets and binaries stay what they are. What the target has is never replaced.
 */
export async function copyItems(client: DynamoDBClient, from: string, to: string) {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: to }));
  const [hash] = table?.KeySchema ?? [];
  let [copied, kept] = [0, 0];
  let batch: Item[] = [];
  const flush = async () => {
    const results = await Promise.all(
      batch.map(async (item) => putIfAbsent(client, to, item, hash?.AttributeName ?? '')));
    copied += results.filter(Boolean).length;
    kept += results.filter((isNew) => !isNew).length;
    batch = [];
  };
  for await (const item of scan(client, from)) {
    batch.push(item);
    if (batch.length === WRITES) await flush();
  }
  await flush();
  return { copied, kept };
}

async function* scan(client: DynamoDBClient, TableName: string): AsyncGenerator<Item> {
  for await (const { Items: items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* items;
}

async function putIfAbsent(client: DynamoDBClient, table: string, item: Item, hashKey: string): Promise<boolean> {
  try {
    await client.send(new PutItemCommand({
      TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': hashKey },
    }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

/** One text for one item, whatever the order of attributes and of the elements of a set. */
function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return `b:${Buffer.from(value).toString('base64')}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const isSet = /^[SNB]S$/.test(name) && Array.isArray(inner);
    return `${JSON.stringify(name)}:${isSet ? `[${inner.map(canonical).sort().join(',')}]` : canonical(inner)}`;
  });
  return `{${entries.sort().join(',')}}`;
}
