import { isJsonObject } from '../template/json-object';

type Input = Readonly<Record<string, unknown>>;

const EXPRESSIONS = ['KeyConditionExpression', 'ConditionExpression', 'FilterExpression', 'ProjectionExpression', 'UpdateExpression'];

/** Words of DynamoDB's expression language, which are no attribute names. */
const EXPRESSION_WORDS: ReadonlySet<string> = new Set([
  'AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE',
  'ATTRIBUTE_EXISTS', 'ATTRIBUTE_NOT_EXISTS', 'ATTRIBUTE_TYPE', 'BEGINS_WITH', 'CONTAINS', 'SIZE', 'IF_NOT_EXISTS', 'LIST_APPEND',
]);

/** Values of the partition key that a call names: `dynamodb:LeadingKeys`. Empty for a scan, as in AWS. */
export function leadingKeysOf(input: Input, partitionKey: string | undefined): readonly string[] {
  if (partitionKey === undefined) return [];
  const direct = [input.Key, input.Item].flatMap((entry) => (isJsonObject(entry) ? [plain(entry[partitionKey])] : []));
  return [...direct, queriedKey(input, partitionKey)].filter((value) => value !== undefined);
}

/** Top-level attributes that a call names: `dynamodb:Attributes`. */
export function attributesOf(input: Input): readonly string[] {
  const names = isJsonObject(input.ExpressionAttributeNames) ? input.ExpressionAttributeNames : {};
  const written = [input.Key, input.Item, input.AttributeUpdates, input.Expected].flatMap((entry) => (isJsonObject(entry) ? Object.keys(entry) : []));
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
  return [...expression.matchAll(/(?<![\w.:#-])#?[A-Za-z_][\w-]*/g)].map(([name]) => name).filter((name) => !EXPRESSION_WORDS.has(name.toUpperCase()));
}

/** `{ S: 'x' }` → `x`. */
function plain(value: unknown): string | undefined {
  const inner = isJsonObject(value) ? Object.values(value)[0] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
