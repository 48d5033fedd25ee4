import { PLACE } from './sample-stages';
import { resourceNamed } from './template';
import type { Template } from './template';

/** A statement of a role, its resources written out as ARNs. */
export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What a call would do, as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Partition key of a call to a table. */
  readonly leadingKey?: string;
}

export const arnOf = (service: string, resource: string) =>
  `arn:aws:${service}:${PLACE.region}:${PLACE.account}:${resource}`;

/** The statements of the role that a function runs by. */
export function statementsOf(template: Template, functionName: string): readonly Statement[] {
  const lambda = resourceNamed(template, 'AWS::Lambda::Function', 'FunctionName', functionName);
  const role = template.Resources[lambda.Properties.Role['Fn::GetAtt'][0]];
  if (!role) throw new Error(`The function ${functionName} has no role in the template.`);
  return role.Properties.Policies.flatMap((policy: { PolicyDocument: { Statement: readonly object[] } }) =>
    policy.PolicyDocument.Statement.map((statement) => readStatement(template, statement)));
}

/** True if some statement allows the call; there are no denials to heed. */
export function may(statements: readonly Statement[], call: Call): boolean {
  return statements.some(
    ({ actions, resources, conditions }) =>
      actions.includes(call.action) &&
      resources.some((resource) => matches(resource, call.resource)) &&
      conditionsHold(conditions, call),
  );
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function readStatement(template: Template, { Sid, Effect, Action, Resource, Condition = {} }: any): Statement {
  if (Effect !== 'Allow') throw new Error(`The statement ${Sid} is not a permission: teach these tests to read it.`);
  const resources = [Resource].flat().map((resource: unknown) => written(template, resource));
  return { sid: Sid, actions: [Action].flat(), resources, conditions: Condition };
}

function conditionsHold(conditions: Statement['conditions'], { leadingKey }: Call): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    const patterns = keys['dynamodb:LeadingKeys'];
    if (!patterns || leadingKey === undefined) {
      throw new Error(`The condition ${operator} on ${Object.keys(keys).join()} needs a leading key to be judged.`);
    }
    const found = patterns.some((pattern) => matches(pattern, leadingKey));
    if (operator === 'ForAllValues:StringLike') return found;
    if (operator === 'ForAllValues:StringNotLike') return !found;
    throw new Error(`The condition operator ${operator} is unknown to these tests: teach them to read it.`);
  });
}

function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function written(template: Template, value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref === 'AWS::Partition') return 'aws';
  if (value['Fn::Join']) {
    return value['Fn::Join'][1].map((part: unknown) => written(template, part)).join(value['Fn::Join'][0]);
  }
  const [logicalId, attribute] = value['Fn::GetAtt'] ?? [];
  const { Type: type, Properties: properties = {} } = template.Resources[logicalId] ?? {};
  if (attribute === 'Arn' && type === 'AWS::DynamoDB::Table') return arnOf('dynamodb', `table/${properties.TableName}`);
  if (attribute === 'StreamArn') return arnOf('dynamodb', `table/${properties.TableName}/stream/now`);
  if (attribute === 'Arn' && type === 'AWS::SQS::Queue') return arnOf('sqs', properties.QueueName);
  if (attribute === 'Arn' && type === 'AWS::Logs::LogGroup') {
    return arnOf('logs', `log-group:${properties.LogGroupName}:*`);
  }
  throw new Error(`These tests cannot write out ${JSON.stringify(value)}.`);
}
