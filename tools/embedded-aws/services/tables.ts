import { z } from 'zod';
import { dynamodbNeeds, tableName } from '../permissions/dynamodb-access';
import type { StackResource, StackTemplate } from '../template/stack-template';
import { STREAM_LABEL } from '../template/resource-types';
import type { CallAnswer } from './call';
import type { FaultWords } from './service-answers';
import { jsonAnswer, jsonFault } from './service-answers';
import type { ServiceBackend, ServiceRequest } from './service-backend';
import { TableEngine } from './table-engine';
import type { TableStreams } from './table-stream';
import { TableStream } from './table-stream';

const FAULTS: FaultWords = {
  'access-denied': { status: 400, code: 'com.amazon.coral.service#AccessDeniedException' },
  'unknown-key': { status: 400, code: 'com.amazon.coral.service#UnrecognizedClientException' },
  'wrong-region': { status: 400, code: 'com.amazon.coral.service#InvalidSignatureException' },
  'internal': { status: 500, code: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
  'unknown-operation': { status: 400, code: 'com.amazon.coral.service#UnknownOperationException' },
  'malformed': { status: 400, code: 'com.amazon.coral.service#SerializationException' },
};

const READS: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

const capacity = z.looseObject({ CapacityUnits: z.number(), TableName: z.string() });
const consumed = z.looseObject({ ConsumedCapacity: z.union([capacity, z.array(capacity)]) });
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const streamProperties = z.object({
  KeySchema: keySchema,
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
});
const tableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: z.unknown() }))
    .optional(),
  LocalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: z.unknown() }))
    .optional(),
});

/** DynamoDB with the template's tables. Every table is billed on demand here: throughput limits are not simulated. */
export async function dynamodb(
  template: StackTemplate,
): Promise<ServiceBackend & TableStreams & { close(): Promise<void> }> {
  const tables = [...template.ofType('AWS::DynamoDB::Table'), ...template.ofType('AWS::DynamoDB::GlobalTable')];
  const streams = new Map(tables.flatMap((table) => {
    const stream = tableStream(table);
    return stream ? [[table.name, stream] as const] : [];
  }));
  const engine = new TableEngine(template, ({ table, before, after }) => streams.get(table)?.record(before, after));
  const partitionKeys = new Map<string, string>();
  await Promise.all(tables.map(async (table) => partitionKeys.set(table.name, await createTable(engine, table))));
  return {
    service: 'dynamodb',
    protocol: 'json',
    needs: ({ operation, input }) => dynamodbNeeds(operation, input, template, (table) => partitionKeys.get(table)),
    perform: (request) => perform(engine, request),
    fault: (fault) => jsonFault('1.0', FAULTS, fault),
    close: () => engine.close(),
    stream: (arn) => [...streams.values()].find((stream) => stream.arn === arn),
  };
}

/** Undefined for a table without one. */
function tableStream(table: StackResource): TableStream | undefined {
  const read = streamProperties.parse(table.properties);
  if (!read.StreamSpecification) return undefined;
  if (read.StreamSpecification.StreamViewType !== 'KEYS_ONLY') {
    throw new Error(
      `Starting the stream of ${table.logicalId} failed: the embedded cloud records keys alone. Use KEYS_ONLY.`,
    );
  }
  return new TableStream(`${table.arn}/stream/${STREAM_LABEL}`, read.KeySchema.map(({ AttributeName: name }) => name));
}

/** Answers the name of the partition key. */
async function createTable(engine: TableEngine, table: StackResource): Promise<string> {
  const properties = tableProperties.parse(table.properties);
  const answer = await engine.call('CreateTable', {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    ...properties,
  });
  if (answer?.status !== 200) {
    throw new Error(
      `The table ${table.logicalId} cannot be created: ${JSON.stringify(answer?.body)}. Correct it in the stack.`,
    );
  }
  await engine.untilActive(table.name);
  return properties.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}

async function perform(engine: TableEngine, { operation, input }: ServiceRequest): Promise<CallAnswer> {
  const metered = READS.has(operation) || WRITES.has(operation);
  const detail = input.ReturnConsumedCapacity === 'TOTAL' ? 'TOTAL' : 'INDEXES';
  const answer = await engine.call(operation, {
    ...withTableNames(input),
    ...(metered ? { ReturnConsumedCapacity: detail } : {}),
  });
  if (!answer) {
    return jsonFault('1.0', FAULTS, {
      kind: 'unknown-operation',
      message: `The embedded cloud's tables do not have ${operation}: use another operation.`,
    });
  }
  const found = consumed.safeParse(answer.body);
  const capacities = found.success ? [found.data.ConsumedCapacity].flat() : [];
  const units = capacities.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, answer.consumedUnits ?? 0);
  return {
    ...jsonAnswer(
      '1.0',
      metered && found.success ? asAsked(found.data, input.ReturnConsumedCapacity) : answer.body,
      answer.status,
    ),
    ...(READS.has(operation) ? { readUnits: units } : {}),
    ...(WRITES.has(operation) ? { writeUnits: units } : {}),
  };
}

/** Callers that did not ask for capacity do not see it. */
function asAsked(body: z.infer<typeof consumed>, asked: unknown): unknown {
  if (asked === 'TOTAL' || asked === 'INDEXES') return body;
  const { ConsumedCapacity: _unasked, ...rest } = body;
  return rest;
}

/** dynalite knows tables by name only; DynamoDB takes ARNs too. */
function withTableNames(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return typeof input.TableName === 'string' ? { ...input, TableName: tableName(input.TableName) } : input;
}
