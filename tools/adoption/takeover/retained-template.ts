import { z } from 'zod';
import { CommandError } from '../../../src/cli/command-error';

const resource = z.looseObject({
  Type: z.string(), DeletionPolicy: z.string().optional(), Metadata: z.record(z.string(), z.unknown()).optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
});
const templateShape = z.looseObject({ Resources: z.record(z.string(), resource) });

/** What outlives the old stack: what holds data, and all that clients reach the old API by. */
const RETAINED = [
  'AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::S3::Bucket',
];
const API = /^AWS::ApiGateway::/;

/** CloudFormation calls an update without any other change no update. */
const MARK = 'TakeoverRetains';

export function parseOldTemplate(stack: string, text: string): z.infer<typeof templateShape> {
  try {
    return templateShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new CommandError(`Reading the template of the stack ${stack} failed: it is not JSON; convert it with `
      + '`aws cloudformation get-template --template-stage Processed` and deploy the result, then try again.',
    { cause });
  }
}

export function isRetainedType(type: string): boolean {
  return RETAINED.includes(type) || API.test(type);
}

/** The same template, by which deleting the stack keeps what must outlive it. */
export function retaining(stack: string, text: string): string {
  const template = parseOldTemplate(stack, text);
  const resources = Object.entries(template.Resources).map(([id, one]) => [id, isRetainedType(one.Type)
    ? { ...one, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Metadata: { ...one.Metadata, [MARK]: true } }
    : one]);
  return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
}

/** Logical ids of what would be lost with the stack as it is deployed. */
export function notRetained(stack: string, text: string): readonly string[] {
  return Object.entries(parseOldTemplate(stack, text).Resources)
    .filter(([, { Type, DeletionPolicy }]) => isRetainedType(Type) && DeletionPolicy !== 'Retain').map(([id]) => id);
}

/**
 * The old template without its API, to bring the old functions back after the stack was deleted: the old API was kept
 * and cannot be imported, so a template with it would make a second one. Outputs go too, since they may refer to it.
 */
export function withoutApi(stack: string, text: string): string {
  const template = parseOldTemplate(stack, text);
  const entries = Object.entries(template.Resources);
  const gone = new Set(entries.filter(([, { Type }]) => API.test(Type)).map(([id]) => id));
  const refersToGone = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([name, inner]: [string, unknown]) => {
      if (name === 'Ref') return gone.has(String(inner));
      if (name === 'Fn::GetAtt') return gone.has(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '');
      if (name === 'Fn::Sub') {
        return [...gone].some((id) => JSON.stringify(inner).includes(`\${${id}`))
        || refersToGone(inner);
      }
      return refersToGone(inner);
    });
  };
  const kept = entries.filter(([id, one]) => !gone.has(id) && !refersToGone(one)).map(([id, { DependsOn, ...one }]) => {
    const left = [DependsOn ?? []].flat().filter((name) => !gone.has(name));
    return [id, left.length > 0 ? { ...one, DependsOn: left } : one];
  });
  const { Outputs: _outputs, ...rest } = template;
  return JSON.stringify({ ...rest, Resources: Object.fromEntries(kept) });
}

/**
 * The same template, with what was imported described as it is in the account. By the words of the old template
 * CloudFormation would compare names and keys that are written otherwise, and announce replacements that an update must
 * never make.
 */
export function asImported(
  stack: string, text: string,
  imported: ReadonlyArray<{ readonly logicalId: string; readonly properties: Readonly<Record<string, unknown>> }>,
): string {
  const template = parseOldTemplate(stack, text);
  const properties = new Map(imported.map((one) => [one.logicalId, one.properties]));
  const resources = Object.entries(template.Resources).map(([id, one]) =>
    [id, properties.has(id) ? { ...one, Properties: properties.get(id) } : one]);
  return JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
}
