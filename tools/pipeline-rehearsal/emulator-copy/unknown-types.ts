import { z } from 'zod';

/** A resource of a template, as far as it matters here. */
export const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() });
export type Resource = z.infer<typeof resource>;

interface UnknownType {
  /** As the table names it. */
  readonly name: string;
  matches(resource: Resource): boolean;
}

const ofType = (type: string): UnknownType => ({ name: type, matches: ({ Type }) => Type === type });

/** What the emulator cannot create (measured with MiniStack 1.5.33); anything else that it refuses fails the rehearsal. */
const UNKNOWN_TYPES: readonly UnknownType[] = [
  ofType('AWS::CodeDeploy::Application'),
  ofType('AWS::CodeDeploy::DeploymentConfig'),
  ofType('AWS::CodeDeploy::DeploymentGroup'),
  ofType('AWS::CloudWatch::CompositeAlarm'),
  { name: 'AWS::CloudWatch::Alarm over a metric expression', matches: ({ Type, Properties = {} }) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties },
];

/** The name of the unknown type that a resource is of; undefined for all that the emulator takes. */
export function unknownType(candidate: Resource): string | undefined {
  return UNKNOWN_TYPES.find(({ matches }) => matches(candidate))?.name;
}
