import { z } from 'zod';
import type { StackTemplate } from '../template/stack-template';
import type { FunctionDefinition } from './function-definition';
import { readProperties } from './resource-properties';
import { isStreamSource } from './stream-source-definition';

/** A queue whose messages Lambda hands to a function. */
export interface EventSourceDefinition {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  /** How long a batch may wait to fill. */
  readonly batchingWindowSeconds: number;
  /** Invocations at once; undefined leaves it to the function. */
  readonly maximumConcurrency?: number;
  /** The function names the messages that failed; else any error returns the whole batch. */
  readonly reportsItemFailures: boolean;
}

/** Lambda's own limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const shape = z.strictObject({
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(10),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'only SQS queues and streams of tables are supported as event sources'),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.coerce.number().int().min(0).max(300).default(0),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.coerce.number().int().min(2).max(1000).optional() }).optional(),
  Tags: z.unknown().optional(),
});

/** Every event source of a stack; `functionOf` finds the function behind a name, version or alias. */
export function eventSourceDefinitions(
  template: StackTemplate, functionOf: (nameOrArn: string) => FunctionDefinition,
): readonly EventSourceDefinition[] {
  const sources = template.ofType('AWS::Lambda::EventSourceMapping');
  return sources.filter(({ properties }) => !isStreamSource(properties)).map((resource) => {
    const properties = readProperties(resource, shape);
    const queue = template.ofType('AWS::SQS::Queue').find((candidate) => candidate.arn === properties.EventSourceArn);
    const refuse = (why: string) => new Error(`Starting the event source ${resource.logicalId} failed: ${why}`);
    if (!queue) throw refuse(`the stack has no queue ${properties.EventSourceArn}. Add it to the stack.`);
    const target = functionOf(properties.FunctionName);
    const visibilitySeconds = Number(queue.properties.VisibilityTimeout ?? 30);
    if (visibilitySeconds < target.timeoutSeconds) {
      throw refuse(
        `queue visibility timeout: ${visibilitySeconds} seconds is less than function timeout: `
        + `${target.timeoutSeconds} seconds, ` +
          'which Lambda refuses. Raise the visibility timeout.',
      );
    }
    if (properties.BatchSize > 10 && properties.MaximumBatchingWindowInSeconds < 1) {
      throw refuse('Lambda needs MaximumBatchingWindowInSeconds of at least 1 for a BatchSize over 10. Set it.');
    }
    const maximumConcurrency = properties.ScalingConfig?.MaximumConcurrency;
    return {
      logicalId: resource.logicalId,
      functionArn: properties.FunctionName.startsWith('arn:') ? properties.FunctionName : target.arn,
      queueArn: properties.EventSourceArn,
      queueUrl: queue.reference,
      isEnabled: properties.Enabled,
      batchSize: properties.BatchSize,
      batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      ...(maximumConcurrency !== undefined && { maximumConcurrency }),
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    };
  });
}
