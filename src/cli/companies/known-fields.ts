import { z } from 'zod';
import { COMPANY_SCHEMAS } from '../../core/company/company';

/** Which fields a part of a record may have: named ones, entries of any name, or none, where it is a value. */
export type KnownFields =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, KnownFields> }
  | { readonly kind: 'entries'; readonly each: KnownFields }
  | { readonly kind: 'value' };

const VALUE: KnownFields = { kind: 'value' };

/** The fields of a whole company record, from the schemas by which the engine reads it. */
export const COMPANY_FIELDS: KnownFields = [COMPANY_SCHEMAS.project, ...Object.values(COMPANY_SCHEMAS.channels)]
  // A string set of DynamoDB has no equal in JSON: what stands inside a list is not judged here.
  .map((schema) => fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
  .concat({ kind: 'fields', fields: new Map([['created_at', VALUE], ['updated_at', VALUE]]) })
  .reduce(union);

type JsonSchema = z.core.JSONSchema.JSONSchema;

function fieldsOf({ properties, additionalProperties: each }: JsonSchema): KnownFields {
  if (properties) {
    const named = Object.entries(properties);
    return { kind: 'fields', fields: new Map(named.map(([name, field]) => [name, isSchema(field) ? fieldsOf(field) : VALUE])) };
  }
  return isSchema(each) ? { kind: 'entries', each: fieldsOf(each) } : VALUE;
}

function isSchema(schema: JsonSchema | boolean | undefined): schema is JsonSchema {
  return typeof schema === 'object';
}

function union(left: KnownFields, right: KnownFields): KnownFields {
  if (left.kind !== 'fields' || right.kind !== 'fields') return left;
  const fields = new Map(left.fields);
  for (const [name, known] of right.fields) {
    const before = fields.get(name);
    fields.set(name, before ? union(before, known) : known);
  }
  return { kind: 'fields', fields };
}

/** The part at a dotted path. */
export function knownAt(path: string): KnownFields {
  return path.split('.').reduce((known, step) => child(known, step) ?? VALUE, COMPANY_FIELDS);
}

export function child(known: KnownFields, name: string): KnownFields | undefined {
  if (known.kind === 'entries') return known.each;
  return known.kind === 'fields' ? known.fields.get(name) : undefined;
}

/** A field that the engine does not read. */
export interface UnknownField {
  readonly path: string;
  /** A known field whose name is nearly the same. */
  readonly meant?: string;
}

/** Fields of the old engine that still stand in records: known to be dead, so that nobody takes them for a slip. */
const DEAD = /^assistant_id/;

export function unknownFields(value: unknown, known: KnownFields = COMPANY_FIELDS, path = ''): readonly UnknownField[] {
  if (known.kind === 'value' || !isFields(value)) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    const place = path ? `${path}.${name}` : name;
    const field = child(known, name);
    if (field) return unknownFields(held, field, place);
    if (DEAD.test(name)) return [];
    const meant = known.kind === 'fields' ? nearest(name, [...known.fields.keys()]) : undefined;
    return [{ path: place, ...(meant === undefined ? {} : { meant }) }];
  });
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
}

/** The word that is nearest by changed letters; undefined if none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein's distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_unused, index) => index);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...right].entries()) {
      next.push(Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, (row[column] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
