import { z } from 'zod';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.looseObject({ 'aws:cdk:path': z.string().optional() }).optional(),
});
const template = z.looseObject({ Resources: z.record(z.string(), resource).default({}) });

export type Template = z.infer<typeof template>;

/** What an update would delete for good if another template made it. */
const KEEPS_DATA = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::ApiGateway::RestApi', 'AWS::S3::Bucket'];

/** Undefined for a template that is not JSON: no template of this app, nor one that CDK deployed. */
export function parseTemplate(text: string): Template | undefined {
  try {
    return template.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Logical ids that show that another app made the deployed stack: resources without this stack's `aws:cdk:path` that
 * the synthesised template does not have either, and data that the synthesised template does not know by its logical
 * id. Empty for every stack of this app, whatever its release, and for one that adoption made by importing tables.
 */
export function foreignResources(stack: string, deployed: Template, synthesised: Template): readonly string[] {
  const entries = Object.entries(deployed.Resources);
  const isKnown = (id: string, { Type }: Template['Resources'][string]) => synthesised.Resources[id]?.Type === Type;
  const unmarked = entries.filter(([id, one]) =>
    !isKnown(id, one) && !one.Metadata?.['aws:cdk:path']?.startsWith(`${stack}/`));
  const data = entries.filter(([, { Type }]) => KEEPS_DATA.includes(Type));
  const isOtherApp = data.length > 0 && !data.some(([id, one]) => isKnown(id, one));
  return [...new Set([...unmarked, ...(isOtherApp ? data : [])].map(([id]) => id))];
}

const scaling = z.looseObject({ ScalingConfig: z.looseObject({ MaximumConcurrency: z.number() }) });
const reserving = z.looseObject({ ReservedConcurrentExecutions: z.number() });

export interface WantedConcurrency {
  /** Executions that functions reserve for themselves. */
  readonly reserved: number;
  /** Executions that queues may start at once. */
  readonly fromQueues: number;
}

export function wantedConcurrency({ Resources: resources }: Template): WantedConcurrency {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const properties = Object.values(resources).map(({ Properties }) => Properties);
  return {
    reserved: sum(properties.flatMap((one) => reserving.safeParse(one).data?.ReservedConcurrentExecutions ?? [])),
    fromQueues: sum(properties.flatMap((one) => scaling.safeParse(one).data?.ScalingConfig.MaximumConcurrency ?? [])),
  };
}

/** The stage's API writes logs, and the template does not set the account's role for that. */
export function needsLogRole({ Resources: resources }: Template): boolean {
  const types = Object.values(resources).map(({ Type }) => Type);
  return types.includes('AWS::ApiGateway::Stage') && !types.includes('AWS::ApiGateway::Account');
}
