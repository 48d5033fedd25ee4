import { createHash } from 'node:crypto';
import type { ResourceType } from './resource-types';

/** What a resource is called in AWS. */
export interface ResourceIdentity {
  readonly name: string;
  readonly reference: string;
  readonly arn: string | undefined;
  attribute(name: string): string;
}

/** What an identity is made of. */
export interface IdentitySource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly typeName: string;
  readonly type: ResourceType;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly endpoint: string;
  /** A resolved property as text; undefined where the resource has none of that name. */
  property(name: string): string | undefined;
}

/**
 * The six characters that Secrets Manager adds to a secret's ARN; made from the name, so that they are the same in each
 * run.
 */
export function secretSuffix(secretName: string): string {
  return digest(secretName, 6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
}

/** Names, ids and ARNs are made from the template alone: the same template gives the same ones in each run. */
export function identify(source: IdentitySource): ResourceIdentity {
  const given = source.type.nameProperty ? source.property(source.type.nameProperty) : undefined;
  const name = given ?? generatedName(source);
  const fill = (pattern: string): string =>
    pattern.replace(/\{([^}]+)\}/g, (_match, placeholder: string) => placeholderValue(placeholder));
  const placeholderValue = (placeholder: string): string => {
    if (placeholder === 'name') return name;
    if (placeholder === 'unslashedName') return name.replace(/^\//, '');
    if (placeholder === 'suffix') return secretSuffix(name);
    if (placeholder === 'arn') return fill(source.type.arn ?? '');
    if (placeholder === 'reference') return fill(source.type.reference);
    return generalPlaceholder(placeholder, source);
  };
  return {
    name,
    get reference() {
      return fill(source.type.reference);
    },
    get arn() {
      return source.type.arn === undefined ? undefined : fill(source.type.arn);
    },
    attribute: (attribute) => {
      const pattern = source.type.attributes?.[attribute];
      if (pattern === undefined) throw new Error(unknownAttribute(source, attribute));
      return fill(pattern);
    },
  };
}

function generalPlaceholder(placeholder: string, source: IdentitySource): string {
  switch (placeholder) {
    case 'account': return source.account;
    case 'region': return source.region;
    case 'partition': return source.partition;
    case 'endpoint': return source.endpoint;
    case 'id': return digest(`${source.stackName}/${source.logicalId}`, 10);
    case 'rootId': return digest(`${source.stackName}/${source.logicalId}/root`, 10);
    case 'uuid': return uuid(`${source.stackName}/${source.logicalId}`);
    case 'path': return source.property('Path') ?? '/';
    case 'functionName': return needed(source, 'FunctionName').split(':function:').at(-1) ?? '';
    default: return needed(source, placeholder.replace(/^property:/, ''));
  }
}

function needed(source: IdentitySource, property: string): string {
  const value = source.property(property);
  if (value === undefined) {
    throw new Error(
      `The name of ${source.logicalId} (${source.typeName}) cannot be formed: it has no property ${property}.`,
    );
  }
  return value;
}

function unknownAttribute(source: IdentitySource, attribute: string): string {
  return (
    `The attribute ${attribute} of ${source.logicalId} (${source.typeName}) is asked for, but the embedded cloud `
    + 'does not know it: ' +
    'add it to tools/embedded-aws/template/resource-types.ts with the value that AWS gives.'
  );
}

/** As CloudFormation does: stack, logical id and twelve characters. */
function generatedName(source: IdentitySource): string {
  return `${source.stackName}-${source.logicalId}-${digest(`${source.stackName}/${source.logicalId}/name`, 12).toUpperCase()}`;
}

function digest(text: string, length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
  const bytes = createHash('sha256').update(text).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}

function uuid(text: string): string {
  const hexadecimal = createHash('sha256').update(text).digest('hex');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => hexadecimal.slice(from, to)).join('-');
}
