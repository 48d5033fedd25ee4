import type {
  AttributeValue, DeleteItemCommandInput, DynamoDBClient, PutItemCommandInput, QueryCommandInput, ScanCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  paginateQuery,
  paginateScan,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fromAttributeValues, toAttributeValues } from './attribute-values';
import type { Item } from './item';

type Key = Readonly<Record<string, string>>;

/** A call's input with plain values where the SDK has attribute values. */
type Plain<Input> = Omit<Input, 'Key' | 'Item' | 'ExpressionAttributeValues' | 'ExclusiveStartKey'> & {
  readonly ExpressionAttributeValues?: Item;
  readonly ExclusiveStartKey?: Item;
};
type WithKey<Input> = Plain<Input> & { readonly Key: Key };

/** What a query asks, in plain values. */
export type TableQuery = Plain<QueryCommandInput>;

/** What an update writes, in plain values. */
export type TableUpdate = WithKey<UpdateItemCommandInput>;

/** Keys to read, by table. */
export type KeysByTable = Readonly<Record<string, readonly Key[]>>;

/** What one batch read found, and what DynamoDB left unread because it was busy; both by table. */
export interface BatchAnswer {
  readonly found: Readonly<Record<string, readonly Item[]>>;
  readonly unread: KeysByTable;
}

/** DynamoDB by plain values. Reads of items are strongly consistent unless a caller says otherwise. */
export class TableClient {
  constructor(readonly client: DynamoDBClient) {}

  async get(table: string, key: Key): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: toAttributeValues(key), ConsistentRead: true });
    return itemOf((await this.client.send(command)).Item);
  }

  async put({ Item: item, ...input }: Plain<PutItemCommandInput> & { readonly Item: Item }): Promise<void> {
    await this.client.send(new PutItemCommand({ ...translated(input), Item: toAttributeValues(item) }));
  }

  /** The item after the change, if `ReturnValues` asks for it. */
  async update({ Key: key, ...input }: TableUpdate): Promise<Item | undefined> {
    const command = new UpdateItemCommand({ ...translated(input), Key: toAttributeValues(key) });
    return itemOf((await this.client.send(command)).Attributes);
  }

  async delete({ Key: key, ...input }: WithKey<DeleteItemCommandInput>): Promise<void> {
    await this.client.send(new DeleteItemCommand({ ...translated(input), Key: toAttributeValues(key) }));
  }

  async batchGet(keys: KeysByTable, isConsistent = true): Promise<BatchAnswer> {
    const RequestItems = eachTable(keys, (wanted) => (
      { Keys: wanted.map(toAttributeValues), ConsistentRead: isConsistent }
    ));
    const command = new BatchGetItemCommand({ RequestItems });
    const { Responses: found = {}, UnprocessedKeys: unread = {} } = await this.client.send(command);
    return {
      found: eachTable(found, (items) => items.map(fromAttributeValues)),
      unread: eachTable(unread, ({ Keys: left = [] }) => left.map(keyOf)),
    };
  }

  /** Page by page. */
  async* query(input: TableQuery): AsyncGenerator<readonly Item[], void> {
    for await (const { Items: items = [] } of paginateQuery({ client: this.client }, translated(input))) {
      yield items.map(fromAttributeValues);
    }
  }

  /** One page, and the key behind which the next begins; no key behind the last. */
  async scanPage(input: Plain<ScanCommandInput>): Promise<{ readonly items: readonly Item[]; readonly next?: Item }> {
    const { Items: items = [], LastEvaluatedKey: next } = await this.client.send(new ScanCommand(translated(input)));
    return { items: items.map(fromAttributeValues), ...(next ? { next: fromAttributeValues(next) } : {}) };
  }

  async* scan(input: Plain<ScanCommandInput>): AsyncGenerator<readonly Item[], void> {
    for await (const { Items: items = [] } of paginateScan({ client: this.client }, translated(input))) {
      yield items.map(fromAttributeValues);
    }
  }
}

/** DynamoDB refuses an empty list of values. */
function translated<Input extends Plain<object>>({
  ExpressionAttributeValues: values = {}, ExclusiveStartKey: start, ...rest
}: Input) {
  return {
    ...rest,
    ExpressionAttributeValues: Object.keys(values).length > 0 ? toAttributeValues(values) : undefined,
    ExclusiveStartKey: start && toAttributeValues(start),
  };
}

function itemOf(attributes: Record<string, AttributeValue> | undefined): Item | undefined {
  return attributes && fromAttributeValues(attributes);
}

function keyOf(attributes: Record<string, AttributeValue>): Key {
  return Object.fromEntries(Object.entries(attributes).map(([name, { S: text = '' }]) => [name, text]));
}

function eachTable<From, To>(tables: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(tables).map(([table, value]) => [table, change(value)]));
}
