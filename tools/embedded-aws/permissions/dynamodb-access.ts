import { isJsonObject } from '../template/json-object';
import type { AccessNeed, AccessPlace } from './access-need';

type Input = Readonly<Record<string, unknown>>;

const EXPRESSIONS = [
  'KeyConditionExpression',
  'ConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
  'UpdateExpression',
];

/** Words of DynamoDB's expression language, which are not attribute names. */
const EXPRESSION_WORDS: ReadonlySet<string> = new Set([
  'AND',
  'OR',
  'NOT',
  'BETWEEN',
  'IN',
  'SET',
  'REMOVE',
  'ADD',
  'DELETE',
  'ATTRIBUTE_EXISTS',
  'ATTRIBUTE_NOT_EXISTS',
  'ATTRIBUTE_TYPE',
  'BEGINS_WITH',
  'CONTAINS',
  'SIZE',
  'IF_NOT_EXISTS',
  'LIST_APPEND',
]);

/** Operations on one table (and perhaps one of its indexes); the action has the operation's name. */
const TABLE_OPERATIONS: ReadonlySet<string> = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'DescribeTable',
  'DescribeTimeToLive',
  'DescribeContinuousBackups',
  'CreateTable',
  'UpdateTable',
  'DeleteTable',
  'UpdateTimeToLive',
]);
const UNBOUND_OPERATIONS: ReadonlySet<string> = new Set(['ListTables', 'DescribeLimits', 'DescribeEndpoints']);
const TAG_OPERATIONS: ReadonlySet<string> = new Set(['TagResource', 'UntagResource', 'ListTagsOfResource']);
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem', Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem',
};

/**
 * The permissions that a DynamoDB call needs; undefined for operations that DynamoDB does not have, PartiQL among them.
 */
export function dynamodbNeeds(
  operation: string, input: Input, place: AccessPlace, partitionKeyOf: (table: string) => string | undefined,
): readonly AccessNeed[] | undefined {
  const need = (action: string, table: string, part: Input, index?: unknown): AccessNeed => ({
    action: `dynamodb:${action}`,
    resource: tableArn(table, place) + (typeof index === 'string' ? `/index/${index}` : ''),
    conditionKeys: conditionKeys(part, partitionKeyOf(tableName(table))),
  });
  if (TABLE_OPERATIONS.has(operation)) return [need(operation, String(input.TableName), input, input.IndexName)];
  if (UNBOUND_OPERATIONS.has(operation)) return [{ action: `dynamodb:${operation}`, resource: '*' }];
  if (TAG_OPERATIONS.has(operation)) return [{ action: `dynamodb:${operation}`, resource: String(input.ResourceArn) }];
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    const requests = isJsonObject(input.RequestItems) ? Object.entries(input.RequestItems) : [];
    return requests.flatMap(([table, part]) => batchParts(part).map((one) => need(operation, table, one)));
  }
  if (operation === 'TransactGetItems' || operation === 'TransactWriteItems') {
    const items = Array.isArray(input.TransactItems) ? input.TransactItems.filter(isJsonObject) : [];
    return items.flatMap((item) => Object.entries(item).flatMap(([kind, part]) =>
      isJsonObject(part) ? [need(TRANSACTION_ACTIONS[kind] ?? kind, String(part.TableName), part)] : []));
  }
  return undefined;
}

/** A request may name a table by its ARN too. */
export function tableName(table: string): string {
  return table.split('/').at(-1) ?? table;
}

function tableArn(table: string, { account, region }: AccessPlace): string {
  return table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`;
}

/** A batch's part of one table: keys to read, or single writes. */
function batchParts(part: unknown): readonly Input[] {
  if (isJsonObject(part)) {
    const keys = Array.isArray(part.Keys) ? part.Keys : [];
    return keys.length === 0 ? [part] : keys.map((key) => ({ ...part, Key: key }));
  }
  return (Array.isArray(part) ? part.filter(isJsonObject) : []).map((write) => {
    const request = write.PutRequest ?? write.DeleteRequest;
    return isJsonObject(request) ? request : {};
  });
}

function conditionKeys(part: Input, partitionKey: string | undefined): Readonly<Record<string, readonly string[]>> {
  const single = (key: string, value: unknown): Array<[string, readonly string[]]> =>
    typeof value === 'string' ? [[key, [value]]] : [];
  return Object.fromEntries([
    ['dynamodb:LeadingKeys', leadingKeysOf(part, partitionKey)],
    ['dynamodb:Attributes', attributesOf(part)],
    ...single('dynamodb:Select', part.Select),
    ...single('dynamodb:ReturnValues', part.ReturnValues),
    ...single('dynamodb:ReturnConsumedCapacity', part.ReturnConsumedCapacity),
  ]);
}

/** Values of the partition key that a call names: `dynamodb:LeadingKeys`. Empty for a scan, as in AWS. */
function leadingKeysOf(input: Input, partitionKey: string | undefined): readonly string[] {
  if (partitionKey === undefined) return [];
  const direct = [input.Key, input.Item].flatMap((entry) => (isJsonObject(entry) ? [plain(entry[partitionKey])] : []));
  return [...direct, queriedKey(input, partitionKey)].filter((value) => value !== undefined);
}

/** Top-level attributes that a call names: `dynamodb:Attributes`. */
function attributesOf(input: Input): readonly string[] {
  const names = isJsonObject(input.ExpressionAttributeNames) ? input.ExpressionAttributeNames : {};
  const written = [input.Key, input.Item, input.AttributeUpdates, input.Expected].flatMap((entry) =>
    isJsonObject(entry) ? Object.keys(entry) : [],
  );
  const listed = Array.isArray(input.AttributesToGet) ? input.AttributesToGet.map(String) : [];
  const spoken = EXPRESSIONS.flatMap((expression) => topLevelNames(String(input[expression] ?? '')))
    .map((name) => (name.startsWith('#') ? String(names[name] ?? name) : name));
  return [...new Set([...written, ...listed, ...spoken])];
}

/** The value in `key = :value` of a query's key condition. */
function queriedKey(input: Input, partitionKey: string): string | undefined {
  const names = isJsonObject(input.ExpressionAttributeNames) ? input.ExpressionAttributeNames : {};
  const values = isJsonObject(input.ExpressionAttributeValues) ? input.ExpressionAttributeValues : {};
  for (const [, name, value] of String(input.KeyConditionExpression ?? '').matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g)) {
    if (name === partitionKey || names[name ?? ''] === partitionKey) return plain(values[value ?? '']);
  }
  return undefined;
}

/** Names that stand before any `.` or `[`, without values (`:x`) and the language's own words. */
function topLevelNames(expression: string): readonly string[] {
  return [...expression.matchAll(/(?<![\w.:#-])#?[A-Za-z_][\w-]*/g)]
    .map(([name]) => name)
    .filter((name) => !EXPRESSION_WORDS.has(name.toUpperCase()));
}

/** `{ S: 'x' }` → `x`. */
function plain(value: unknown): string | undefined {
  const inner = isJsonObject(value) ? Object.values(value)[0] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
