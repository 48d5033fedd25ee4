import type { JsonRecord } from '../vendor-simulators/json-record';
import { isJsonRecord, parseJson } from '../vendor-simulators/json-record';
import type { Operation } from './find-operation';
import { findOperation, list } from './find-operation';
import { formValue, textValue } from './form-values';
import type { JudgeValue } from './judge-value';
import { valueJudge } from './judge-value';
import type { JudgedRequest, RecordedRequest, Verdict } from './recorded-request';
import type { VendorDocument } from './vendor-documents';
import { resolved } from './vendor-documents';

/** Judges a request by the vendor's documents, parameter by parameter. */
export function judgeRequest(request: RecordedRequest, documents: readonly VendorDocument[]): JudgedRequest {
  const found = findOperation(documents, request);
  if (typeof found === 'string') return { request, verdicts: [{ parameter: 'address', fault: found }] };
  const judge = valueJudge(found.document);
  return {
    request,
    path: found.path,
    verdicts: [
      ...judgeAuthorization(request, found),
      ...judgePath(found, judge),
      ...judgeQuery(request, found, judge),
      ...judgeHeaders(request, found, judge),
      ...judgeBody(request, found, judge),
    ],
  };
}

/** Whether the request bears credentials of a kind that the operation takes. */
function judgeAuthorization({ headers }: RecordedRequest, { document, operation }: Operation): readonly Verdict[] {
  const components = isJsonRecord(document.components) ? document.components : {};
  const schemes = isJsonRecord(components.securitySchemes) ? components.securitySchemes : {};
  const accepted = list(operation.security ?? document.security)
    .flatMap((choice) => Object.keys(isJsonRecord(choice) ? choice : {}))
    .map((name) => resolved(schemes[name], document));
  if (accepted.length === 0) return [];
  const word = headers.authorization?.split(' ')[0]?.toLowerCase();
  const fits = accepted.some(({ type, scheme }) => type === 'http' && String(scheme).toLowerCase() === word);
  const wanted = [...new Set(accepted.map(({ scheme, type }) => String(scheme ?? type)))].join(' or ');
  const parameter = 'header authorization';
  return [fits ? { parameter } : { parameter, fault: `must be of the scheme ${wanted}` }];
}

function schemaOf({ schema, content }: JsonRecord): unknown {
  const [media] = Object.values(isJsonRecord(content) ? content : {});
  return schema ?? (isJsonRecord(media) ? media.schema : undefined) ?? {};
}

function parametersIn(place: string, { parameters }: Operation): readonly JsonRecord[] {
  return parameters.filter((parameter) => parameter.in === place);
}

function judgePath(found: Operation, judge: JudgeValue): readonly Verdict[] {
  return Object.entries(found.pathValues).flatMap(([name, value]) => {
    const declared = parametersIn('path', found).find((parameter) => parameter.name === name);
    const schema = schemaOf(declared ?? {});
    return judge(textValue([value], resolved(schema, found.document)), schema, `path ${name}`);
  });
}

function judgeQuery({ url }: RecordedRequest, found: Operation, judge: JudgeValue): readonly Verdict[] {
  const declared = parametersIn('query', found);
  const missing = declared.filter(({ name, required }) => required === true && !url.searchParams.has(String(name)));
  return [
    ...missing.map(({ name }) => ({ parameter: `query ${String(name)}`, fault: 'is required, and missing' })),
    ...[...new Set(url.searchParams.keys())].flatMap((name): readonly Verdict[] => {
      const parameter = declared.find((one) => one.name === name);
      if (!parameter) return [{ parameter: `query ${name}`, fault: 'is not documented' }];
      const schema = schemaOf(parameter);
      const value = textValue(url.searchParams.getAll(name), resolved(schema, found.document));
      return judge(value, schema, `query ${name}`);
    }),
  ];
}

/** The documented headers; all others are the protocol's own. */
function judgeHeaders({ headers }: RecordedRequest, found: Operation, judge: JudgeValue): readonly Verdict[] {
  return parametersIn('header', found).flatMap((parameter): readonly Verdict[] => {
    const name = String(parameter.name).toLowerCase();
    // OpenAPI ignores declarations of these three.
    if (['accept', 'content-type', 'authorization'].includes(name)) return [];
    const value = headers[name];
    if (value !== undefined) {
      const schema = schemaOf(parameter);
      return judge(textValue([value], resolved(schema, found.document)), schema, `header ${name}`);
    }
    return parameter.required === true ? [{ parameter: `header ${name}`, fault: 'is required, and missing' }] : [];
  });
}

function judgeBody({ headers, body }: RecordedRequest, found: Operation, judge: JudgeValue): readonly Verdict[] {
  const { operation, document } = found;
  if (operation.requestBody === undefined) {
    return body === '' ? [] : [{ parameter: 'body', fault: 'is sent where none is documented' }];
  }
  const declared = resolved(operation.requestBody, document);
  if (body === '') return declared.required === true ? [{ parameter: 'body', fault: 'is required, and missing' }] : [];
  const contents = isJsonRecord(declared.content) ? declared.content : {};
  const given = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const parameter = 'header content-type';
  const media = Object.entries(contents).find(([name]) => name.split(';')[0]?.trim().toLowerCase() === given)?.[1];
  if (!isJsonRecord(media)) {
    return [{ parameter, fault: `must be ${Object.keys(contents).join(' or ')}` }];
  }
  const schema = media.schema ?? {};
  if (given === 'application/x-www-form-urlencoded') {
    return [{ parameter }, ...judge(formValue(body, schema, document), schema, 'form')];
  }
  const value = parseJson(body);
  return value === undefined
    ? [{ parameter }, { parameter: 'body', fault: 'is no JSON' }] : [{ parameter }, ...judge(value, schema, 'body')];
}
