import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { oldEnvironment } from '../takeover/old-environment';
import type { Journal, StepRecord } from '../takeover/step';
import { allOf, unlessGone } from './resource-adapter';

/** Milliseconds until the lock of a run that was stopped expires. */
const LOCK_MILLISECONDS = 10 * 60_000;
/** DynamoDB's largest item is 400 KB. */
const LARGEST_NOTES = 380_000;

const record = z.object(
  { name: z.string(), state: z.enum(['started', 'done']), notes: z.string(), result: z.string() });

export function journalTable(stage: string): string {
  return `ai-multi-comms-takeover-${stage}`;
}

/** A table of its own in the account: a second person, on another machine, sees the same steps and the same lock. */
export function takeoverJournal(tables: DynamoDBClient, stage: string, now: () => number): Journal {
  const client = DynamoDBDocumentClient.from(tables, { marshallOptions: { removeUndefinedValues: true } });
  const TableName = journalTable(stage);
  const put = async (item: Readonly<Record<string, unknown>>) => {
    await client.send(new PutCommand({ TableName, Item: item }));
  };
  return {
    open: async () => {
      const key = { kind: 'header', name: 'header' };
      const found = await unlessGone(client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })));
      return found?.Item && oldEnvironment.parse(JSON.parse(String(found.Item.environment)));
    },
    create: async (environment) => {
      await createTable(tables, TableName);
      await put({ kind: 'header', name: 'header', environment: JSON.stringify(environment) });
    },
    records: async () => {
      const pages = paginateQuery({ client }, {
        TableName, KeyConditionExpression: 'kind = :step', ExpressionAttributeValues: { ':step': 'step' },
        ConsistentRead: true,
      });
      const items = await unlessGone(allOf(pages, (page) => page.Items)) ?? [];
      return new Map(items.map((item): readonly [string, StepRecord] => {
        const { name, state, notes, result } = record.parse(item);
        return [name, { state, notes: z.record(z.string(), z.unknown()).parse(JSON.parse(notes)), result }];
      }));
    },
    write: async (name, { state, notes, result }) => {
      const text = JSON.stringify(notes);
      if (text.length > LARGEST_NOTES) {
        throw new Error(
          `what the step ${name} has to remember is too large to be stored`);
      }
      await put({ kind: 'step', name, state, notes: text, result });
    },
    erase: async (name) => { await client.send(new DeleteCommand({ TableName, Key: { kind: 'step', name } })); },
    lock: async (owner) => lock(client, TableName, owner, now()),
    unlock: async (owner) => {
      await client.send(new DeleteCommand({
        TableName, Key: { kind: 'lock', name: 'lock' }, ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' }, ExpressionAttributeValues: { ':owner': owner },
      }));
    },
  };
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }, { AttributeName: 'name', KeyType: 'RANGE' }],
      AttributeDefinitions: ['kind', 'name'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
    }));
  } catch (error) {
    // A run before this one created it.
    if (!(error instanceof Error && error.name === 'ResourceInUseException')) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 120, minDelay: 1 }, { TableName });
}

async function lock(client: DynamoDBDocumentClient, TableName: string, owner: string, now: number) {
  try {
    await client.send(new PutCommand({
      TableName,
      Item: { kind: 'lock', name: 'lock', owner, until: new Date(now + LOCK_MILLISECONDS).toISOString() },
      ConditionExpression: 'attribute_not_exists(kind) OR #owner = :owner OR #until < :now',
      ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
      ExpressionAttributeValues: { ':owner': owner, ':now': new Date(now).toISOString() },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    const key = { kind: 'lock', name: 'lock' };
    const { Item: item } = await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
    const { owner: holder = 'another person', until = 'a few minutes from now' } = item ?? {};
    return { owner: String(holder), until: String(until) };
  }
}
