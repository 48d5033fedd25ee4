import * as z from 'zod/mini';
import { COMPANY_SCHEMAS } from '../../core/company/company';

/** Which fields a part of a record may have: named ones, entries of any name or of a list, none where it is a value. */
export type KnownFields =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, KnownFields> }
  | { readonly kind: 'entries' | 'list'; readonly each: KnownFields }
  | { readonly kind: 'value' };

type JsonSchema = z.core.JSONSchema.BaseSchema | boolean;

const VALUE: KnownFields = { kind: 'value' };

/** The fields of a whole company record, read from the schemas by which the engine takes it. */
export const COMPANY_FIELDS: KnownFields = [
  COMPANY_SCHEMAS.project, COMPANY_SCHEMAS.assistant, ...Object.values(COMPANY_SCHEMAS.channels),
]
  // A string set of DynamoDB has no equal in JSON: what stands inside a list of words is not judged here.
  .map((schema) => fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
  .concat({ kind: 'fields', fields: new Map([['created_at', VALUE], ['updated_at', VALUE]]) })
  .reduce(union);

function fieldsOf(schema: JsonSchema): KnownFields {
  if (typeof schema === 'boolean') return VALUE;
  const { properties, additionalProperties, items } = schema;
  if (properties) {
    return {
      kind: 'fields',
      fields: new Map(Object.entries(properties).map(([name, field]) => [name, fieldsOf(field)])),
    };
  }
  if (typeof items === 'object' && !Array.isArray(items)) return { kind: 'list', each: fieldsOf(items) };
  return typeof additionalProperties === 'object' ? { kind: 'entries', each: fieldsOf(additionalProperties) } : VALUE;
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

/** Fields of the old engine that still stand in records: known to be dead, so that they are not taken for a slip. */
const DEAD = /^assistant_id/;

export function unknownFields(value: unknown, known: KnownFields = COMPANY_FIELDS, path = ''): readonly UnknownField[] {
  if (known.kind === 'list' && Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => unknownFields(one, known.each, `${path}.${index}`));
  }
  if (known.kind === 'value' || known.kind === 'list' || !isFields(value)) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    const place = path ? `${path}.${name}` : name;
    const field = child(known, name);
    if (field) return unknownFields(held, field, place);
    if (DEAD.test(name)) return [];
    return [{ path: place, meant: known.kind === 'fields' ? nearest(name, [...known.fields.keys()]) : undefined }];
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
      const insertedOrRemoved = Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1);
      next.push(Math.min(insertedOrRemoved, (row[column] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
