import { z } from 'zod';
import type { StackTemplate } from '../template/stack-template';
import type { FunctionDefinition } from './function-definition';
import { filterFault } from './record-filter';
import { readProperties } from './resource-properties';

/** A table's stream whose records Lambda hands to a function. */
export interface StreamSourceDefinition {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly bisects: boolean;
  /** Repetitions of a batch that fails; infinite unless given. */
  readonly mostRetries: number;
  readonly oldestSeconds: number;
  readonly reportsItemFailures: boolean;
  /** A record passes if any of these does; all pass where there is none. */
  readonly filters: readonly unknown[];
}

/** Lambda's own limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const shape = z.strictObject({
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(100),
  BisectBatchOnFunctionError: z.boolean().default(false),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  EventSourceArn: z.string(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.coerce.number().int().min(0).max(300).default(0),
  MaximumRecordAgeInSeconds: z.coerce.number().int().default(-1),
  MaximumRetryAttempts: z.coerce.number().int().min(-1).max(10_000).default(-1),
  ParallelizationFactor: z.literal(1).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  Tags: z.unknown().optional(),
});

export function isStreamSource(properties: Readonly<Record<string, unknown>>): boolean {
  return /^arn:[^:]+:dynamodb:.*\/stream\//.test(String(properties.EventSourceArn));
}

/** Every stream of a stack that a function follows. */
export function streamSourceDefinitions(
  template: StackTemplate, functionOf: (nameOrArn: string) => FunctionDefinition,
): readonly StreamSourceDefinition[] {
  const sources = template.ofType('AWS::Lambda::EventSourceMapping').filter(({ properties }) => (
    isStreamSource(properties)
  ));
  return sources.map((resource) => {
    const properties = readProperties(resource, shape);
    const filters = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }): unknown => JSON.parse(Pattern));
    const fault = filters.map(filterFault).find((one) => one !== undefined);
    if (fault !== undefined) throw new Error(`Starting the event source ${resource.logicalId} failed: ${fault}.`);
    return {
      logicalId: resource.logicalId,
      functionArn: properties.FunctionName.startsWith('arn:')
        ? properties.FunctionName
        : functionOf(properties.FunctionName).arn,
      streamArn: properties.EventSourceArn,
      isEnabled: properties.Enabled,
      batchSize: properties.BatchSize,
      batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      bisects: properties.BisectBatchOnFunctionError,
      mostRetries: unlimited(properties.MaximumRetryAttempts),
      oldestSeconds: unlimited(properties.MaximumRecordAgeInSeconds),
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
      filters,
    };
  });
}

function unlimited(most: number): number {
  return most === -1 ? Infinity : most;
}
