import type { JsonRecord } from '../vendor-simulators/json-record';
import { isJsonRecord } from '../vendor-simulators/json-record';
import { list } from './find-operation';
import { resolved } from './vendor-documents';

/**
 * The values of one name, as texts carry them, in the type that the schema asks for. What cannot be that type stays a
 * text, and a name that is given twice a list, so that the judge finds the wrong type.
 */
export function textValue(texts: readonly string[], schema: JsonRecord): unknown {
  const [text = ''] = texts;
  const types = [schema.type].flat();
  if (types.includes('array')) {
    const items = isJsonRecord(schema.items) ? schema.items : {};
    return texts.map((one) => textValue([one], items));
  }
  if (texts.length > 1) return texts;
  if (types.includes('integer') && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (types.includes('number') && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

/** A form-encoded body as the object that its schema describes. */
export function formValue(body: string, schema: unknown, document: JsonRecord): JsonRecord {
  const form = new URLSearchParams(body);
  const fields = fieldsOf(schema, document);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => [name, textValue(form.getAll(name), resolved(fields[name], document))]),
  );
}

function fieldsOf(schema: unknown, document: JsonRecord): JsonRecord {
  const own = resolved(schema, document);
  const parts = [own.allOf, own.anyOf, own.oneOf].flatMap(list).map((part) => fieldsOf(part, document));
  return Object.assign({}, ...parts, isJsonRecord(own.properties) ? own.properties : {}) as JsonRecord;
}
