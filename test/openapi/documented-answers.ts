import { openApiDocument } from '../../src/openapi/document';
import type { Json } from '../../src/openapi/json';
import { isJson } from '../../src/openapi/json';
import type { ApiSchemas } from './api-schemas';
import { apiSchemas } from './api-schemas';

/** An answer as it came over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What every HTTP server and API Gateway add, and no document lists. */
const TRANSPORT_HEADERS =
  /^(content-type|content-length|date|connection|keep-alive|transfer-encoding|x-amzn-.*|x-amz-.*)$/;

/** Compares answers with the API's document. */
export class DocumentedAnswers {
  private readonly schemas: ApiSchemas;

  constructor(private readonly document: Json = openApiDocument()) {
    this.schemas = apiSchemas({ closed: true }, document);
  }

  /** Every answer that is documented, as `post /path 400 CODE`, or without a code where the answer has none. */
  all(): readonly string[] {
    return Object.entries(object(this.document.paths)).flatMap(([path, item]) =>
      Object.entries(object(item)).flatMap(([method, operation]) =>
        Object.entries(object(object(operation).responses)).flatMap(([status, response]) =>
          codesOf(object(response)).map((code) => [method, path, status, code].filter(Boolean).join(' ')),
        ),
      ),
    );
  }

  /** What an answer says that its document does not, as sentences; none if it is documented. */
  differences(method: string, path: string, answer: HttpAnswer): readonly string[] {
    const operation = object(object(object(this.document.paths)[path])[method]);
    const response = object(operation.responses)[String(answer.status)];
    if (!isJson(response)) return [`The status ${answer.status} is not documented.`];
    return [
      ...this.headerDifferences(response, answer),
      ...this.bodyDifferences([method, path, answer.status], response, answer),
    ];
  }

  private headerDifferences({ headers }: Json, answer: HttpAnswer): readonly string[] {
    const documented = new Map(Object.keys(object(headers)).map((name) => [name.toLowerCase(), name]));
    const strange = [...answer.headers.keys()].filter((name) => !documented.has(name) && !TRANSPORT_HEADERS.test(name));
    return [
      ...strange.map((name) => `The header ${name} is not documented.`),
      ...[...documented].flatMap(([lower, name]) => {
        const { $ref: reference } = object(object(headers)[name]);
        return this.headerDifference(String(reference).split('/').at(-1) ?? '', answer.headers.get(lower));
      }),
    ];
  }

  private headerDifference(name: string, value: string | undefined): readonly string[] {
    const definition = object(object(object(this.document.components).headers)[name]);
    if (value === undefined) return definition.required === true ? [`The header ${name} is missing.`] : [];
    return this.schemas.at('components', 'headers', name, 'schema')(value)
      ? []
      : [`The header ${name} is ${JSON.stringify(value)}.`];
  }

  private bodyDifferences(
    [method, path, status]: readonly [string, string, number],
    { content }: Json,
    answer: HttpAnswer,
  ): readonly string[] {
    if (content === undefined) return answer.body === '' ? [] : ['A body came where none is documented.'];
    const type = answer.headers.get('content-type')?.split(';')[0] ?? 'no content type';
    if (!(type in object(content))) return [`The body is ${type}.`];
    const validate = this.schemas.at('paths', path, method, 'responses', status, 'content', type, 'schema');
    const value: unknown = type === 'application/json' ? JSON.parse(answer.body) : answer.body;
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || 'The body'} ${message} ${JSON.stringify(params)}`,
      );
  }
}

function codesOf({ content }: Json): readonly string[] {
  const media = object(content)['application/json'];
  const schema = isJson(media) ? object(media.schema) : {};
  const enums = (Array.isArray(schema.allOf) ? schema.allOf : []).flatMap(
    (part: unknown): unknown => object(object(object(part).properties).error_code).enum ?? [],
  );
  return enums.length > 0 ? enums.map(String) : [''];
}

function object(value: unknown): Json {
  return isJson(value) ? value : {};
}
