import { matchesWildcard } from './wildcard-pattern';

export interface Condition {
  /** As written, for example `ForAllValues:StringEquals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Values of condition keys for one request, keys in lower case. A key that is absent has no entry. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

interface Operator {
  readonly matches: (value: string, wanted: string) => boolean;
  /** `StringNotEquals` and its kin: none of the wanted values may match, and an absent key satisfies. */
  readonly negated?: true;
}

const equals: Operator = { matches: (value, wanted) => value === wanted };
const equalsIgnoringCase: Operator = { matches: (value, wanted) => value.toLowerCase() === wanted.toLowerCase() };
const like: Operator = { matches: (value, wanted) => matchesWildcard(wanted, value) };
const negation = (operator: Operator): Operator => ({ ...operator, negated: true });
const numeric = (compare: (value: number, wanted: number) => boolean): Operator =>
  ({ matches: (value, wanted) => compare(Number(value), Number(wanted)) });

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', equals],
  ['StringNotEquals', negation(equals)],
  ['StringEqualsIgnoreCase', equalsIgnoringCase],
  ['StringNotEqualsIgnoreCase', negation(equalsIgnoringCase)],
  ['StringLike', like],
  ['StringNotLike', negation(like)],
  ['ArnEquals', like],
  ['ArnLike', like],
  ['ArnNotEquals', negation(like)],
  ['ArnNotLike', negation(like)],
  ['Bool', equalsIgnoringCase],
  ['NumericEquals', numeric((value, wanted) => value === wanted)],
  ['NumericNotEquals', negation(numeric((value, wanted) => value === wanted))],
  ['NumericLessThan', numeric((value, wanted) => value < wanted)],
  ['NumericLessThanEquals', numeric((value, wanted) => value <= wanted)],
  ['NumericGreaterThan', numeric((value, wanted) => value > wanted)],
  ['NumericGreaterThanEquals', numeric((value, wanted) => value >= wanted)],
]);

/** The keys whose values the AWS endpoint knows, or knows to be absent for calls of functions. */
const KNOWN_KEYS: ReadonlySet<string> = new Set(
  [
    'aws:SecureTransport',
    'aws:RequestedRegion',
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'aws:ResourceAccount',
    'aws:SourceArn',
    'aws:SourceAccount',
    'aws:ViaAWSService',
    'dynamodb:LeadingKeys',
    'dynamodb:Attributes',
    'dynamodb:Select',
    'dynamodb:ReturnValues',
    'dynamodb:ReturnConsumedCapacity',
    'kms:ViaService',
    'kms:CallerAccount',
    'secretsmanager:SecretId',
    'secretsmanager:VersionStage',
    'cloudwatch:namespace',
  ].map((key) => key.toLowerCase()),
);

/** Throws a sentence that names an operator or key that cannot be evaluated. */
export function checkCondition({ operator, key }: Condition, origin: string): void {
  const { name } = dissect(operator);
  if (name !== 'Null' && !OPERATORS.has(name)) {
    throw new Error(
      `The policy ${origin} uses the condition operator ${operator}, which the embedded cloud cannot evaluate: add `
        + 'it to tools/embedded-aws/permissions/condition-operators.ts.',
    );
  }
  if (!KNOWN_KEYS.has(key.toLowerCase())) {
    throw new Error(
      `The policy ${origin} asks for the condition key ${key}, which the embedded cloud does not set: add it to `
        + 'tools/embedded-aws/permissions/condition-operators.ts.',
    );
  }
}

/** As IAM evaluates: any wanted value may match, several conditions must all hold. */
export function conditionHolds({ operator, key, values: wanted }: Condition, context: ConditionContext): boolean {
  const { name, quantifier, ifExists } = dissect(operator);
  const present = context.get(key.toLowerCase());
  if (name === 'Null') return wanted.some((value) => (value === 'true') === (present === undefined));
  const found = OPERATORS.get(name);
  if (!found) return false;
  const satisfies = (value: string): boolean =>
    wanted.some((one) => found.matches(value, one)) !== (found.negated ?? false);
  if (present === undefined || present.length === 0) {
    return quantifier === 'ForAllValues' || ifExists || (quantifier === undefined && found.negated === true);
  }
  return quantifier === 'ForAllValues' ? present.every(satisfies) : present.some(satisfies);
}

function dissect(operator: string): { name: string; quantifier: string | undefined; ifExists: boolean } {
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  return { name: name ?? operator, quantifier, ifExists: ifExists !== undefined };
}
