import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** Keywords that OpenAI documents for strict schemas (guide "Structured Outputs", supported schemas). */
const DOCUMENTED_KEYWORDS = new Set([
  'type',
  'description',
  'title',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  '$ref',
  '$defs',
  'definitions',
  'pattern',
  'format',
  'multipleOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
]);

/** The first fault that OpenAI would refuse a strict schema for, in its words; undefined for a valid one. */
export function strictSchemaFault(name: string, schema: unknown): string | undefined {
  const fault = rootFault(schema) ?? schemaFault([], schema);
  return fault === undefined ? undefined : `Invalid schema for response_format '${name}': ${fault}`;
}

/**
 * Keywords outside the documented set: OpenAI's treatment of them has changed over time, so do not depend on it.
 */
export function undocumentedKeywords(schema: unknown): readonly string[] {
  if (!isJsonRecord(schema)) return [];
  const own = Object.keys(schema).filter((keyword) => !DOCUMENTED_KEYWORDS.has(keyword));
  return [...new Set([...own, ...children(schema).flatMap(([, child]) => undocumentedKeywords(child))])];
}

function rootFault(schema: unknown): string | undefined {
  if (!isJsonRecord(schema)) return 'schema must be a JSON Schema of \'type: "object"\', got \'type: "None"\'.';
  return schema.type === 'object'
    ? undefined
    : `schema must be a JSON Schema of 'type: "object"', got 'type: "${String(schema.type ?? 'None')}"'.`;
}

function schemaFault(path: readonly string[], schema: unknown): string | undefined {
  const context = `In context=(${path.map((step) => `'${step}'`).join(', ')}${path.length === 1 ? ',' : ''}), `;
  if (!isJsonRecord(schema)) return `${context}schema must be an object.`;
  const own = ownFault(schema);
  if (own !== undefined) return `${context}${own}`;
  for (const [steps, child] of children(schema)) {
    const fault = schemaFault([...path, ...steps], child);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ownFault(schema: JsonRecord): string | undefined {
  if (
    schema.type === undefined &&
    !('anyOf' in schema) &&
    !('$ref' in schema) &&
    !('enum' in schema) &&
    !('const' in schema)
  ) {
    return "schema must have a 'type' key.";
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string'];
  const unknown = types.find((type) => !TYPES.includes(String(type)));
  if (unknown !== undefined) return `'${String(unknown)}' is not valid under any of the given schemas.`;
  if (types.includes('array') && !('items' in schema)) return 'array schema missing items.';
  return types.includes('object') ? objectFault(schema) : undefined;
}

function objectFault(schema: JsonRecord): string | undefined {
  if (schema.additionalProperties !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  const keys = Object.keys(isJsonRecord(schema.properties) ? schema.properties : {});
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing = keys.find((key) => !required.includes(key));
  if (missing !== undefined || !Array.isArray(schema.required)) {
    return `'required' is required to be supplied and to be an array including every key in `
      + `properties.${missing === undefined ? '' : ` Missing '${missing}'.`}`;
  }
  const extra = required.find((key) => !keys.includes(String(key)));
  return extra === undefined
    ? undefined
    : `'required' is required to be supplied and to be an array including every key in properties. Extra required `
      + `key '${String(extra)}' supplied.`;
}

function children(schema: JsonRecord): ReadonlyArray<readonly [readonly string[], unknown]> {
  const properties = isJsonRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const choices = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return [
    ...properties.map(([key, child]) => [['properties', key], child] as const),
    ...('items' in schema ? [[['items'], schema.items] as const] : []),
    ...choices.map((child, index) => [['anyOf', String(index)], child] as const),
  ];
}
