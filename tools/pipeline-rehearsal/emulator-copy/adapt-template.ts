import { z } from 'zod';

/** A resource of a template, as far as it matters here. */
const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() });
type Resource = z.infer<typeof resource>;

interface UnknownType {
  /** As the table names it. */
  readonly name: string;
  matches(resource: Resource): boolean;
}

const ofType = (type: string): UnknownType => ({ name: type, matches: ({ Type }) => Type === type });

/**
 * What the emulator cannot create (measured with MiniStack 1.5.33); anything else that it refuses fails the rehearsal.
 */
const UNKNOWN_TYPES: readonly UnknownType[] = [
  ofType('AWS::CodeDeploy::Application'),
  ofType('AWS::CodeDeploy::DeploymentConfig'),
  ofType('AWS::CodeDeploy::DeploymentGroup'),
  ofType('AWS::CloudWatch::CompositeAlarm'),
  ofType('AWS::Cognito::ManagedLoginBranding'),
  {
    name: 'AWS::CloudWatch::Alarm over a metric expression',
    matches: ({ Type, Properties = {} }) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties,
  },
];

export interface EmulatorAddresses {
  /** Of the emulator, without a slash at the end. */
  readonly endpoint: string;
  /** Values of functions' variables by name; set only where the template sets the variable too. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface AdaptedTemplate {
  readonly template: Readonly<Record<string, unknown>>;
  readonly takenOut: readonly TakenOut[];
}

export interface TakenOut {
  readonly logicalId: string;
  readonly type: string;
}

const templateShape = z.looseObject({ Resources: z.record(z.string(), resource) });
const lambda = z.looseObject({ Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }) });
const join = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
const reference = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0]),
]);

/** Stands where a reference to something taken out stood, in texts that only people read. */
const NOT_HERE = 'not-in-the-emulator';

/**
 * The template as the emulator can take it: without what it does not know, with the addresses that exist here, and
 * otherwise as it is.
 */
export function adaptTemplate(original: unknown, addresses: EmulatorAddresses): AdaptedTemplate {
  const template = templateShape.parse(original);
  const takenOut = Object.entries(template.Resources).flatMap(([logicalId, candidate]) => {
    const type = unknownType(candidate);
    return type === undefined ? [] : [{ logicalId, type }];
  });
  const gone = new Set(takenOut.map(({ logicalId }) => logicalId));
  const kept = Object.entries(template.Resources)
    .filter(([logicalId]) => !gone.has(logicalId))
    .map(([logicalId, candidate]) => [logicalId, pointed(withoutDependencies(candidate, gone), addresses)]);
  return {
    template: rewritten({ ...template, Resources: Object.fromEntries(kept) }, gone, addresses.endpoint),
    takenOut,
  };
}

/** A function that was shifted by a deployment group of CodeDeploy changes at once. */
function withoutDependencies(candidate: Resource, gone: ReadonlySet<string>): Resource {
  const { DependsOn: dependsOn, UpdatePolicy: updatePolicy, ...rest } = candidate;
  const left = [dependsOn].flat().filter((name) => name !== undefined && !(typeof name === 'string' && gone.has(name)));
  return {
    ...rest,
    ...(left.length > 0 ? { DependsOn: left } : {}),
    ...(updatePolicy === undefined || refersTo(updatePolicy, gone) ? {} : { UpdatePolicy: updatePolicy }),
  };
}

function refersTo(value: unknown, gone: ReadonlySet<string>): boolean {
  const name = reference.safeParse(value);
  if (name.success) return gone.has(name.data);
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => refersTo(inner, gone));
}

function pointed(candidate: Resource, { variables }: EmulatorAddresses): Resource {
  const properties = candidate.Type === 'AWS::Lambda::Function' ? lambda.safeParse(candidate.Properties) : undefined;
  if (!properties?.success) return candidate;
  const { Environment: environment } = properties.data;
  const changed = Object.fromEntries(Object.entries(variables).filter(([name]) => name in environment.Variables));
  const both = { ...environment, Variables: { ...environment.Variables, ...changed } };
  return { ...candidate, Properties: { ...candidate.Properties, Environment: both } };
}

function rewritten(
  value: Readonly<Record<string, unknown>>,
  gone: ReadonlySet<string>,
  endpoint: string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewrite(inner, gone, endpoint)]));
}

function rewrite(value: unknown, gone: ReadonlySet<string>, endpoint: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner: unknown) => rewrite(inner, gone, endpoint));
  const name = reference.safeParse(value);
  if (name.success && gone.has(name.data)) return NOT_HERE;
  return emulatedApiUrl(value, endpoint) ?? rewritten({ ...value }, gone, endpoint);
}

/**
 * `https://<id>.execute-api.<region>.<suffix>/<stage>` leads to AWS; the emulator serves the same API below its own
 * address.
 */
function emulatedApiUrl(value: object, endpoint: string): unknown {
  const parts = join.safeParse(value).data?.['Fn::Join'][1];
  if (
    !parts ||
    parts[0] !== 'https://' ||
    !parts.some((part) => typeof part === 'string' && part.startsWith('.execute-api.'))
  ) {
    return undefined;
  }
  const last = parts.at(-1);
  const [, stage, rest = ''] = typeof last === 'string' ? /^[^/]*\/([\w-]+)(\/.*)?$/.exec(last) ?? [] : [];
  return stage === undefined
    ? undefined
    : { 'Fn::Join': ['', [`${endpoint}/restapis/`, parts[1], `/${stage}/_user_request_${rest}`]] };
}

/** The name of the unknown type that a resource is of; undefined for all that the emulator takes. */
function unknownType(candidate: Resource): string | undefined {
  return UNKNOWN_TYPES.find(({ matches }) => matches(candidate))?.name;
}
