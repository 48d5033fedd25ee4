import { z } from 'zod';
import type { StackResource, StackTemplate } from '../template/stack-template';
import { readProperties } from './resource-properties';
import { readScheduleExpression } from './schedule-expression';
import type { ScheduleExpression } from './schedule-expression';

/** Something that invokes a function at set times: a rule's target or a schedule. */
export interface ScheduleDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly origin: 'rule' | 'schedule';
  readonly expression: ScheduleExpression;
  readonly isEnabled: boolean;
  readonly functionArn: string;
  /** JSON text that the target gets in place of EventBridge's own event. */
  readonly input?: string;
  /** The role that a schedule assumes to invoke; a rule needs a permission on the function instead. */
  readonly roleArn?: string;
}

const lambdaArn = z.string().regex(/^arn:[^:]+:lambda:/, 'only Lambda functions are supported as targets');
const retries = z.unknown().optional();

const ruleShape = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Tags: z.unknown().optional(),
  Targets: z.array(z.strictObject({
    Arn: lambdaArn, Id: z.string(), Input: z.string().optional(), RetryPolicy: retries, DeadLetterConfig: retries,
  })).default([]),
});

const scheduleShape = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  GroupName: z.string().optional(),
  KmsKeyArn: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.enum(['UTC', 'Etc/UTC']).optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: lambdaArn,
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: retries,
    DeadLetterConfig: retries,
  }),
});

/** Every scheduled invocation of a stack. */
export function scheduleDefinitions(template: StackTemplate): readonly ScheduleDefinition[] {
  return [
    ...template.ofType('AWS::Events::Rule').flatMap((resource) => fromRule(resource)),
    ...template.ofType('AWS::Scheduler::Schedule').map((resource) => fromSchedule(resource)),
  ];
}

function fromRule(resource: StackResource): readonly ScheduleDefinition[] {
  const properties = readProperties(resource, ruleShape);
  return properties.Targets.map((target) => ({
    ...identity(resource),
    origin: 'rule',
    expression: readScheduleExpression(properties.ScheduleExpression),
    isEnabled: properties.State === 'ENABLED',
    functionArn: target.Arn,
    ...(target.Input !== undefined && { input: target.Input }),
  }));
}

function fromSchedule(resource: StackResource): ScheduleDefinition {
  const { Target: target, ...properties } = readProperties(resource, scheduleShape);
  return {
    ...identity(resource),
    origin: 'schedule',
    expression: readScheduleExpression(properties.ScheduleExpression),
    isEnabled: properties.State === 'ENABLED',
    functionArn: target.Arn,
    roleArn: target.RoleArn,
    ...(target.Input !== undefined && { input: target.Input }),
  };
}

function identity({ logicalId, name, arn }: StackResource) {
  return { logicalId, name, arn: arn ?? name };
}
