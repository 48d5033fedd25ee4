import { z } from 'zod';
import { PRODUCT } from '../../src/core/names';
import { CommandError } from '../../src/cli/command-error';
import { readAssembly, readJson } from '../delivery-steps/assembly/manifest';
import type { TableKey } from './found-resource';
import type { WantedTable } from './table-differences';

export interface NamedResource {
  readonly kind: 'queue' | 'log group';
  readonly name: string;
  readonly logicalId: string;
}

/** What the synthesised template says of the stage. */
export interface StageTemplate {
  /** Every stage of the assembly. */
  readonly stages: readonly string[];
  /** Where the stage is deployed; undefined where the shell decides. */
  readonly region: string | undefined;
  readonly tables: readonly WantedTable[];
  readonly alarms: readonly string[];
  /** Queues and log groups with literal names, to import. */
  readonly named: readonly NamedResource[];
}

const keySchema = z.array(z.object({ AttributeName: z.string() }));

const indexShape = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).default([]) }),
});

const tableShape = z.object({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(indexShape).default([]),
  LocalSecondaryIndexes: z.array(indexShape).default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string() }).optional(),
  DeletionProtectionEnabled: z.boolean().default(false),
});

const namedShape = z.object({ QueueName: z.string().optional(), LogGroupName: z.string().optional() });
const alarmShape = z.object({ AlarmName: z.string() });
const templateShape = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.unknown().optional(), DeletionPolicy: z.string().default('Delete') })),
});

/** Reads an assembly, and refuses a stage that it does not have. */
export async function readStageTemplate(folder: string, stage: string): Promise<StageTemplate> {
  const { stacks } = await readAssembly(folder).catch((error: unknown) => {
    throw new CommandError(
      `Reading the synthesised stack failed: ${
        folder} holds none; run npx projen synth:silent, or name its folder with --app.`, { cause: error });
  });
  const prefix = `${PRODUCT}-`;
  const stages = stacks.flatMap(({ name }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  const stack = stacks.find(({ name }) => name === prefix + stage);
  if (!stack) {
    throw new CommandError(
      `Adopting the stage ${stage} failed: this stage does not exist; `
      + `src/infra/stages.ts has ${stages.join(' and ')}.`);
  }
  return { stages, region: stack.region, ...readResources(await readJson(stack.templateFile)) };
}

function readResources(template: unknown): Omit<StageTemplate, 'stages' | 'region'> {
  const resources = Object.entries(templateShape.parse(template).Resources);
  const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);
  return {
    tables: ofType('AWS::DynamoDB::Table').map(([logicalId, { Properties, DeletionPolicy }]) =>
      ({ ...wantedTable(logicalId, tableShape.parse(Properties)), isRetained: DeletionPolicy === 'Retain' })),
    named: [...namedResources(ofType('AWS::SQS::Queue'), 'queue'),
      ...namedResources(ofType('AWS::Logs::LogGroup'), 'log group')],
    alarms: ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => alarmShape.parse(Properties).AlarmName),
  };
}

function namedResources(
  resources: ReadonlyArray<readonly [string, { readonly Properties?: unknown }]>, kind: 'queue' | 'log group') {
  return resources.flatMap(([logicalId, { Properties }]) => {
    const { QueueName, LogGroupName } = namedShape.safeParse(Properties).data ?? {};
    const name = QueueName ?? LogGroupName;
    return name === undefined ? [] : [{ kind, name, logicalId }];
  });
}

function wantedTable(logicalId: string, table: z.infer<typeof tableShape>): Omit<WantedTable, 'isRetained'> {
  const typed = (keys: z.infer<typeof keySchema>): readonly TableKey[] => keys.map(({ AttributeName: attribute }) =>
    ({
      attribute, type: table.AttributeDefinitions.find(
        ({ AttributeName }) => AttributeName === attribute)?.AttributeType ?? '?',
    }));
  const indexOf = ({ IndexName: name, KeySchema: keys, Projection: projection }: z.infer<typeof indexShape>) => ({
    name, keys: typed(keys),
    projection: [projection.ProjectionType, ...[...projection.NonKeyAttributes].sort()].join(' '),
  });
  return {
    name: table.TableName,
    logicalId,
    keys: typed(table.KeySchema),
    indexes: table.GlobalSecondaryIndexes.map(indexOf),
    localIndexes: table.LocalSecondaryIndexes.map(indexOf),
    timeToLive: table.TimeToLiveSpecification?.AttributeName,
    isProtected: table.DeletionProtectionEnabled,
  };
}
