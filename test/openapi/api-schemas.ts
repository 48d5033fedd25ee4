import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../src/openapi/document';
import type { Json } from '../../src/openapi/json';
import { isJson } from '../../src/openapi/json';

/** Judges values by places in the API's document. */
export interface ApiSchemas {
  /** The schema at a JSON pointer of the document. */
  at(...path: readonly (string | number)[]): ValidateFunction;
}

/**
 * `closed`: a field that the document does not name is a fault. Documents for clients leave that open, so that fields
 * may be added.
 */
export function apiSchemas({ closed }: { readonly closed: boolean }, document: Json = openApiDocument()): ApiSchemas {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  ajv.addSchema(closed ? closeObjects(document) : document, 'api');
  return {
    at: (...path) => {
      const pointer = path
        .map((step) => encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/');
      const validate = ajv.getSchema(`api#/${pointer}`);
      if (!validate) throw new Error(`The document has nothing at ${path.join(' > ')}.`);
      return validate;
    },
  };
}

/** Components are closed by their properties; what refines one by `allOf` adds none. */
function closeObjects(document: Json): Json {
  const { components } = document;
  if (!isJson(components) || !isJson(components.schemas)) throw new Error('The document has no schemas.');
  const schemas = Object.fromEntries(Object.entries(components.schemas).map(([name, schema]) => [name, close(schema)]));
  return { ...document, components: { ...components, schemas } };
}

function close(schema: unknown): unknown {
  if (!isJson(schema)) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' && isJson(value) ? closeEach(value) : key === 'items' ? close(value) : value,
    ]),
  );
  return isJson(schema.properties) ? { additionalProperties: false, ...inner } : inner;
}

function closeEach(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, close(value)]));
}
