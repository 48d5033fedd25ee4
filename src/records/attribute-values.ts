import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Unwritable } from '../core/ports/port-failure';
import type { Item } from './item';

/**
 * Plain values as DynamoDB's attribute values, and back. Facts come from clients and may have fields of any name, so
 * what a value is follows from its own kind alone. The SDK's converter asks `value.constructor.name`, which a field
 * named `constructor` answers, and loses a field named `__proto__`.
 */
export function toAttributeValues(item: Item): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).flatMap(([name, value]) => (
    value === undefined ? [] : [[storedName(name), toAttributeValue(value)]])));
}

export function fromAttributeValues(attributes: Readonly<Record<string, AttributeValue>>): Item {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [plainName(name), fromAttributeValue(value)]),
  );
}

/** DynamoDB takes this name, but libraries between lose it: it is stored with one more underscore in front. */
function storedName(name: string): string {
  return /^_{2,}proto__$/.test(name) ? `_${name}` : name;
}

function plainName(name: string): string {
  return /^_{3,}proto__$/.test(name) ? name.slice(1) : name;
}

/** Fields and elements that are undefined are left out. Throws for what no item can hold. */
function toAttributeValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'boolean':
      return { BOOL: value };
    case 'number':
      return { N: digits(value) };
    case 'bigint':
      return { N: value.toString() };
    case 'object':
      return value === null ? { NULL: true } : ofObject(value);
    default:
      throw new Unwritable(
        `Writing an item failed: DynamoDB cannot hold a ${typeof value}. Leave it out, or write it as text.`,
      );
  }
}

function ofObject(value: object): AttributeValue {
  if (Array.isArray(value)) return { L: value.filter((element) => element !== undefined).map(toAttributeValue) };
  if (value instanceof Set) return ofSet([...value]);
  if (value instanceof Uint8Array) return { B: value };
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind === Object.prototype || kind === null) return { M: toAttributeValues({ ...value }) };
  throw new Unwritable(
    'Writing an item failed: DynamoDB cannot hold an object of a class. Write its fields or its text.',
  );
}

/** DynamoDB has sets of one kind and none that is empty. */
function ofSet(elements: readonly unknown[]): AttributeValue {
  const texts = elements.filter((element) => typeof element === 'string');
  if (texts.length > 0 && texts.length === elements.length) return { SS: texts };
  const numbers = elements.filter((element) => typeof element === 'number' || typeof element === 'bigint');
  if (numbers.length > 0 && numbers.length === elements.length) return { NS: numbers.map(digits) };
  throw new Unwritable(
    'Writing an item failed: a set must hold texts only or numbers only, and at least one. Write a list.',
  );
}

function digits(value: number | bigint): string {
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw new Unwritable('Writing an item failed: a number cannot be kept exactly. Write it as text.');
  }
  return String(value);
}

function fromAttributeValue(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return readNumber(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.M !== undefined) return fromAttributeValues(value.M);
  if (value.L !== undefined) return value.L.map(fromAttributeValue);
  if (value.SS !== undefined) return new Set(value.SS);
  if (value.NS !== undefined) return new Set(value.NS.map(readNumber));
  return value.B ?? value.BS;
}

/** Other tools may have written more digits than a number keeps. */
function readNumber(text: string): number | bigint {
  const value = Number(text);
  return !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? BigInt(text) : value;
}
