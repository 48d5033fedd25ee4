import { NO_VALUE, resolveCondition, resolveIntrinsics } from './intrinsic-functions';
import type { IntrinsicScope } from './intrinsic-functions';
import { isJsonObject } from './json-object';
import { identify } from './resource-identity';
import type { ResourceIdentity } from './resource-identity';
import { RESOURCE_TYPES } from './resource-types';
import type { StackResource } from './stack-template';
import type { TemplateDocument } from './template-document';

export interface ResolverPlace {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
}

/**
 * Resolves a template's resources and outputs. Names are found on demand, so that the order of resources does not
 * matter.
 */
export class TemplateResolver implements IntrinsicScope {
  private readonly identities = new Map<string, ResourceIdentity>();
  private readonly pseudoParameters: Readonly<Record<string, unknown>>;
  private readonly partition: string;
  /** What is being resolved now, outermost first: a repeat is a circle. */
  private readonly underway: string[] = [];

  constructor(private readonly document: TemplateDocument, private readonly place: ResolverPlace) {
    this.partition = place.region.startsWith('cn-')
      ? 'aws-cn'
      : place.region.startsWith('us-gov-')
        ? 'aws-us-gov'
        : 'aws';
    this.pseudoParameters = {
      'AWS::AccountId': place.account,
      'AWS::Region': place.region,
      'AWS::Partition': this.partition,
      'AWS::StackName': place.stackName,
      'AWS::StackId': `arn:${this.partition}:cloudformation:${place.region}:${place.account}:stack/${place.stackName}/00000000-0000-4000-8000-000000000000`,
      'AWS::URLSuffix': this.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
  }

  resources(): readonly StackResource[] {
    return Object.keys(this.document.Resources)
      .filter((logicalId) => this.exists(logicalId))
      .map((logicalId) => this.resource(logicalId));
  }

  outputs(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.document.Outputs)
      .filter(([, output]) => output.Condition === undefined || this.condition(output.Condition))
      .map(([name, output]) => [name, String(resolveIntrinsics(output.Value, this, `Outputs.${name}`))]));
  }

  reference(name: string): unknown {
    if (Object.hasOwn(this.pseudoParameters, name)) return this.pseudoParameters[name];
    const parameter = this.document.Parameters[name];
    if (parameter) return this.parameter(name, parameter);
    return this.circleFree(name, () => this.identity(name).reference);
  }

  attribute(logicalId: string, attribute: string): string {
    return this.circleFree(logicalId, () => this.identity(logicalId).attribute(attribute));
  }

  condition(name: string): boolean {
    const condition = this.document.Conditions[name];
    if (condition === undefined) {
      throw new Error(`The condition ${name} is used, but the template has none of that name.`);
    }
    return this.circleFree(`Conditions.${name}`, () => resolveCondition(condition, this, `Conditions.${name}`));
  }

  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown {
    const value = this.document.Mappings[map]?.[topLevelKey]?.[secondLevelKey];
    if (value === undefined) {
      throw new Error(
        `Fn::FindInMap asks for ${map}.${topLevelKey}.${secondLevelKey}, which the template's Mappings do not have.`,
      );
    }
    return value;
  }

  private resource(logicalId: string): StackResource {
    const { Type: type, Properties, Metadata: metadata } = this.definition(logicalId);
    const { name, reference, arn } = this.identity(logicalId);
    const resolved = resolveIntrinsics(Properties, this, `${logicalId} (${type})`);
    const properties = isJsonObject(resolved) ? resolved : {};
    return { logicalId, type, properties, name, reference, ...(arn === undefined ? {} : { arn }), metadata };
  }

  private identity(logicalId: string): ResourceIdentity {
    const known = this.identities.get(logicalId);
    if (known) return known;
    const definition = this.definition(logicalId);
    const type = RESOURCE_TYPES[definition.Type];
    if (!type) {
      throw new Error(`${logicalId} is of type ${definition.Type}, which the embedded cloud does not know: ` +
        'add it to tools/embedded-aws/template/resource-types.ts and say what runs it or why it needs no effect.');
    }
    const identity = identify({
      ...this.place, logicalId, typeName: definition.Type, type, partition: this.partition,
      property: (name) => {
        const value = resolveIntrinsics(definition.Properties[name], this, `${logicalId} (${definition.Type}).${name}`);
        return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
      },
    });
    this.identities.set(logicalId, identity);
    return identity;
  }

  private definition(logicalId: string): TemplateDocument['Resources'][string] {
    const definition = this.document.Resources[logicalId];
    if (!definition) {
      throw new Error(`${logicalId} is referred to, but the template has no parameter or resource of that name.`);
    }
    if (!this.exists(logicalId)) {
      throw new Error(`${logicalId} is referred to, but its condition ${definition.Condition} is false.`);
    }
    return definition;
  }

  private exists(logicalId: string): boolean {
    const condition = this.document.Resources[logicalId]?.Condition;
    return condition === undefined || this.condition(condition);
  }

  private parameter(name: string, { Type: type, Default: value }: TemplateDocument['Parameters'][string]): unknown {
    if (type.startsWith('AWS::SSM::Parameter::')) {
      throw new Error(
        `The parameter ${name} takes its value from Systems Manager when AWS deploys (${type}): the embedded cloud `
          + 'cannot read it there, so give a plain value.',
      );
    }
    if (value === undefined) {
      throw new Error(`The parameter ${name} has no default, and the embedded cloud passes none: give it one.`);
    }
    return type === 'CommaDelimitedList' || type.startsWith('List<')
      ? String(value)
        .split(',')
        .map((entry) => entry.trim())
      : value;
  }

  private circleFree<Value>(name: string, find: () => Value): Value {
    if (this.underway.includes(name)) {
      throw new Error(`The template goes in a circle: ${[...this.underway, name].join(' → ')}.`);
    }
    this.underway.push(name);
    try {
      return find();
    } finally {
      this.underway.pop();
    }
  }
}
