import { isJsonObject } from './json-object';

/** Stands for `AWS::NoValue`: the property or list entry that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What intrinsics look things up in. Each look-up throws a sentence that names what it could not find. */
export interface IntrinsicScope {
  /** `Ref` of a pseudo parameter, a parameter or a resource. */
  reference(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
}

type Intrinsic = (argument: unknown, scope: IntrinsicScope, where: string) => unknown;

/** Resolves every intrinsic inside a value. `where` is the path that errors name. */
export function resolveIntrinsics(value: unknown, scope: IntrinsicScope, where: string): unknown {
  if (typeof value === 'string') return withoutDynamicReference(value, where);
  if (Array.isArray(value)) {
    return value
      .map((entry, index) => resolveIntrinsics(entry, scope, `${where}[${index}]`))
      .filter((entry) => entry !== NO_VALUE);
  }
  if (!isJsonObject(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[key];
    if (!intrinsic) {
      throw new Error(
        `${where} uses ${key}, which the embedded cloud cannot resolve: write the value another way in the stack.`,
      );
    }
    const resolved = intrinsic(value[key], scope, where);
    return typeof resolved === 'string' ? withoutDynamicReference(resolved, where) : resolved;
  }
  return Object.fromEntries(Object.entries(value)
    .map(([name, entry]): [string, unknown] => [name, resolveIntrinsics(entry, scope, `${where}.${name}`)])
    .filter(([, entry]) => entry !== NO_VALUE));
}

/** A condition of the `Conditions` section, or the first argument of `Fn::If`. */
export function resolveCondition(value: unknown, scope: IntrinsicScope, where: string): boolean {
  if (isJsonObject(value) && typeof value.Condition === 'string') return scope.condition(value.Condition);
  const resolved = resolveIntrinsics(value, scope, where);
  if (typeof resolved !== 'boolean') {
    throw new Error(`${where} is not a condition: it must be made of Fn::Equals, Fn::And, Fn::Or and Fn::Not.`);
  }
  return resolved;
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': (argument, scope, where) => scope.reference(text(argument, where)),
  'Fn::GetAtt': (argument, scope, where) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, scope, where);
    return scope.attribute(text(logicalId, where), attribute.map((part) => text(part, where)).join('.'));
  },
  'Fn::Join': (argument, scope, where) => {
    const [separator, parts] = list(argument, scope, where);
    return list(parts, scope, where)
      .map((part) => text(part, where))
      .join(text(separator, where));
  },
  'Fn::Sub': (argument, scope, where) => {
    const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, scope, where);
    return substitute(text(pattern, where), isJsonObject(variables) ? variables : {}, scope, where);
  },
  'Fn::Select': (argument, scope, where) => {
    const [index, choices] = list(argument, scope, where);
    const chosen = list(choices, scope, where)[Number(index)];
    if (chosen === undefined) {
      throw new Error(`${where} selects entry ${text(index, where)} of a list that has none there.`);
    }
    return chosen;
  },
  'Fn::Split': (argument, scope, where) => {
    const [separator, source] = list(argument, scope, where);
    return text(source, where).split(text(separator, where));
  },
  'Fn::If': (argument, scope, where) => {
    if (!Array.isArray(argument) || argument.length !== 3) {
      throw new Error(`${where} needs a condition and two values in Fn::If.`);
    }
    return resolveIntrinsics(scope.condition(text(argument[0], where)) ? argument[1] : argument[2], scope, where);
  },
  'Fn::Equals': (argument, scope, where) => {
    const [left, right] = list(argument, scope, where);
    return typeof left === 'object' || typeof right === 'object'
      ? JSON.stringify(left) === JSON.stringify(right)
      : String(left) === String(right);
  },
  'Fn::Not': (argument, scope, where) => !conditions(argument, scope, where)[0],
  'Fn::And': (argument, scope, where) => conditions(argument, scope, where).every(Boolean),
  'Fn::Or': (argument, scope, where) => conditions(argument, scope, where).some(Boolean),
  'Fn::FindInMap': (argument, scope, where) => {
    const [map, topLevelKey, secondLevelKey] = list(argument, scope, where).map((key) => text(key, where));
    return scope.mapping(map ?? '', topLevelKey ?? '', secondLevelKey ?? '');
  },
  'Fn::Base64': (argument, scope, where) =>
    Buffer.from(text(resolveIntrinsics(argument, scope, where), where)).toString('base64'),
  'Fn::ImportValue': (argument, _scope, where) => {
    throw new Error(
      `${where} imports ${JSON.stringify(argument)} from another stack, but the embedded cloud runs one stack: pass `
        + 'the value within it.',
    );
  },
};

function list(value: unknown, scope: IntrinsicScope, where: string): unknown[] {
  const resolved = resolveIntrinsics(value, scope, where);
  if (!Array.isArray(resolved)) throw new Error(`${where} needs a list where it has ${JSON.stringify(resolved)}.`);
  return resolved;
}

function conditions(value: unknown, scope: IntrinsicScope, where: string): boolean[] {
  if (!Array.isArray(value)) throw new Error(`${where} needs a list of conditions.`);
  return value.map((entry) => resolveCondition(entry, scope, where));
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} needs a text where it has ${JSON.stringify(value) ?? String(value)}.`);
}

function substitute(
  pattern: string,
  variables: Readonly<Record<string, unknown>>,
  scope: IntrinsicScope,
  where: string,
): string {
  return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(variables, name)) return text(variables[name], where);
    const [logicalId, ...attribute] = name.split('.');
    return text(
      attribute.length > 0 ? scope.attribute(logicalId ?? '', attribute.join('.')) : scope.reference(name),
      where,
    );
  });
}

function withoutDynamicReference(value: string, where: string): string {
  const found = /\{\{resolve:[^}]*\}\}/.exec(value);
  if (found) {
    throw new Error(
      `${where} holds ${found[0]}, which only CloudFormation can resolve: read the value at run time instead.`,
    );
  }
  return value;
}
