import type { Test, Where } from '../core/lifecycle/change';
import type { StoredChange } from './stored-words';

/** The parts of an UpdateItem that a change decides. */
export interface CompiledChange {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

const KEY_ATTRIBUTES = ['primary_channel', 'conversation_id'];

/** Compiles a change into one conditional update of a record that exists; `changeId` becomes its `last_change`. */
export function compileChange(change: StoredChange, changeId: string): CompiledChange {
  const words = new Placeholders();
  const set = Object.entries({ ...change.set, last_change: changeId }).filter(([, value]) => value !== undefined);
  const increase = Object.entries(change.increase ?? {}).filter(([, amount]) => amount !== undefined);
  const append = Object.entries(change.append ?? {}).filter(([, element]) => element !== undefined);
  const remove = change.remove ?? [];
  refuseClashes(change, [...set, ...increase, ...append].map(([attribute]) => attribute).concat(remove));
  const assignments = [
    ...set.map(([attribute, value]) => `${words.name(attribute)} = ${words.value(value)}`),
    ...increase.map(
      ([attribute, amount]) => `${words.name(attribute)} = ${orElse(words, attribute, 0)} + ${words.value(amount)}`,
    ),
    ...append.map(
      ([attribute, element]) =>
        `${words.name(attribute)} = list_append(${orElse(words, attribute, [])}, ${words.value([element])})`,
    ),
  ];
  const removal = remove.length > 0 ? ` REMOVE ${remove.map((attribute) => words.name(attribute)).join(', ')}` : '';
  return {
    UpdateExpression: `SET ${assignments.join(', ')}${removal}`,
    ConditionExpression: condition(words, change.when),
    ExpressionAttributeNames: words.names,
    ExpressionAttributeValues: words.values,
  };
}

/** DynamoDB refuses an update that names an attribute twice or changes a key: a fault of the change, so it is named. */
function refuseClashes(change: StoredChange, attributes: readonly string[]): void {
  const clash = attributes.find(
    (attribute, index) => attributes.indexOf(attribute) !== index || KEY_ATTRIBUTES.includes(attribute),
  );
  if (clash !== undefined) {
    throw new Error(
      `The change "${change.name}" cannot be written: it changes ${clash} twice, or ${clash} is part of the key.`,
    );
  }
}

function orElse(words: Placeholders, attribute: string, value: unknown): string {
  return `if_not_exists(${words.name(attribute)}, ${words.value(value)})`;
}

/** DynamoDB refuses parentheses that are not needed. */
function condition(words: Placeholders, when: ReadonlyArray<Where<string>>): string {
  const exists = `attribute_exists(${words.name('primary_channel')})`;
  const never = `attribute_not_exists(${words.name('primary_channel')})`;
  const alternatives = when.map((where) => {
    const tests = Object.entries(where).flatMap(([attribute, test]) =>
      test === undefined ? [] : [compileTest(words, attribute, test, never)],
    );
    return all(tests.length > 0 ? tests : [exists]);
  });
  return `${exists} AND ${any(alternatives.length > 0 ? alternatives : [never])}`;
}

function all(tests: readonly string[]): string {
  return tests.length > 1 ? `(${tests.join(' AND ')})` : tests.join('');
}

function any(alternatives: readonly string[]): string {
  return alternatives.length > 1 ? `(${alternatives.join(' OR ')})` : alternatives.join('');
}

function compileTest(words: Placeholders, attribute: string, test: Test, never: string): string {
  // DynamoDB refuses names that the expression does not use.
  if ('oneOf' in test && test.oneOf.length === 0) return never;
  const name = words.name(attribute);
  if ('exists' in test) return `${test.exists ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
  if ('equals' in test) return `${name} = ${words.value(test.equals)}`;
  if ('below' in test) return `${name} < ${words.value(test.below)}`;
  if ('atLeast' in test) return `${name} >= ${words.value(test.atLeast)}`;
  if ('contains' in test) return `contains(${name}, ${words.value(test.contains)})`;
  if ('lacks' in test) return `NOT contains(${name}, ${words.value(test.lacks)})`;
  return `${name} IN (${test.oneOf.map((word) => words.value(word)).join(', ')})`;
}

/** Stands for names and values in expressions, since DynamoDB reserves some words and takes no literals. */
class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(attribute: string): string {
    this.names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  }

  value(value: unknown): string {
    const placeholder = `:value${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}
