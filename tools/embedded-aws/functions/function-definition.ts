import { z } from 'zod';
import type { StackResource, StackTemplate } from '../template/stack-template';
import { readProperties } from './resource-properties';

/** A Lambda function as its template defines it. */
export interface FunctionDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly description?: string;
  readonly arn: string;
  /** `file.export`, relative to the code folder. */
  readonly handler: string;
  readonly codeFolder: string;
  /** For example `nodejs24.x`. */
  readonly runtime: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Executions at once that Lambda reserves and never exceeds. */
  readonly reservedConcurrency?: number;
  readonly logGroupName: string;
  readonly logFormat: 'JSON' | 'Text';
  /** Lines of a lower level are not written; only with the JSON format. */
  readonly logLevel?: string;
  /** Lambda sends the function's traces to X-Ray. */
  readonly isTraced: boolean;
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html, the
 * defaults too.
 */
const shape = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  Architectures: z.array(z.string()).optional(),
  Code: z.unknown(),
  Environment: z.strictObject({ Variables: z.record(z.string(), text).default({}) }).optional(),
  EphemeralStorage: z.unknown().optional(),
  Handler: z.string(),
  LoggingConfig: z.strictObject({
    ApplicationLogLevel: z.string().optional(),
    LogFormat: z.enum(['JSON', 'Text']).optional(),
    LogGroup: z.string().optional(),
    SystemLogLevel: z.string().optional(),
  }).optional(),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  PackageType: z.literal('Zip').optional(),
  RecursiveLoop: z.string().optional(),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs(2[0-9]|[3-9][0-9])\.x$/, 'only Node.js runtimes from nodejs20.x on can run here'),
  RuntimeManagementConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
});

/** Every function of a stack. */
export function functionDefinitions(template: StackTemplate): readonly FunctionDefinition[] {
  return template
    .ofType('AWS::Lambda::Function')
    .map((resource) => functionDefinition(resource, template.codeFolder(resource)));
}

function functionDefinition(resource: StackResource, codeFolder: string): FunctionDefinition {
  const properties = readProperties(resource, shape);
  const { arn, logicalId, reference: name } = resource;
  if (arn === undefined) {
    throw new Error(
      `Starting the function ${logicalId} failed: the loaded stack gives it no ARN. Correct `
        + 'tools/embedded-aws/template.',
    );
  }
  const logging = properties.LoggingConfig;
  return {
    logicalId,
    name,
    arn,
    codeFolder,
    ...(properties.Description !== undefined && { description: properties.Description }),
    handler: properties.Handler,
    runtime: properties.Runtime,
    roleArn: properties.Role,
    environment: properties.Environment?.Variables ?? {},
    memoryMegabytes: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrency: properties.ReservedConcurrentExecutions,
    }),
    logGroupName: logging?.LogGroup ?? `/aws/lambda/${name}`,
    logFormat: logging?.LogFormat ?? 'Text',
    ...(logging?.ApplicationLogLevel !== undefined && { logLevel: logging.ApplicationLogLevel }),
    isTraced: properties.TracingConfig?.Mode === 'Active',
  };
}
