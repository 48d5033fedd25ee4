import type { JsonRecord } from '../vendor-simulators/json-record';
import { isJsonRecord } from '../vendor-simulators/json-record';
import type { VendorDocument } from './vendor-documents';
import { resolved } from './vendor-documents';

/** The operation of a document that serves a request. */
export interface Operation {
  readonly document: JsonRecord;
  /** As the document writes it. */
  readonly path: string;
  readonly operation: JsonRecord;
  readonly parameters: readonly JsonRecord[];
  /** The values of the path's parameters, decoded. */
  readonly pathValues: Readonly<Record<string, string>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operation, or what is wrong with the request's address. */
export function findOperation(
  documents: readonly VendorDocument[], { method, url }: { readonly method: string; readonly url: URL },
): Operation | string {
  const matches = documents.flatMap(({ content }) => matchesIn(content, url));
  // OpenAPI prefers a path without parameters.
  const [best] = matches.sort((one, other) => Object.keys(one.values).length - Object.keys(other.values).length);
  if (!best) return `no document that was given describes ${url.origin}${url.pathname}`;
  const { item, path, document, values } = best;
  const operation = item[method.toLowerCase()];
  if (!isJsonRecord(operation)) {
    const known = METHODS.filter((word) => word in item).map((word) => word.toUpperCase());
    return `${path} is not described for ${method}, but for ${known.join(', ')}`;
  }
  const parameters = [...list(item.parameters), ...list(operation.parameters)].map((one) => resolved(one, document));
  return { document, path, operation, parameters, pathValues: values };
}

function matchesIn(document: JsonRecord, url: URL) {
  return Object.entries(isJsonRecord(document.paths) ? document.paths : {}).flatMap(([path, raw]) => {
    const item = resolved(raw, document);
    const servers = list(item.servers).length > 0 ? list(item.servers) : list(document.servers);
    return servers.flatMap((server) => {
      const values = valuesOf(path, server, url);
      return values === undefined ? [] : [{ document, path, item, values }];
    });
  });
}

/** The values of a path's parameters where the path at this server is that of the URL. */
function valuesOf(path: string, server: unknown, url: URL): Readonly<Record<string, string>> | undefined {
  const base = isJsonRecord(server) && typeof server.url === 'string' ? server.url : '';
  if (!URL.canParse(base) || new URL(base).origin !== url.origin) return undefined;
  const own = segmentsOf(new URL(base).pathname.replace(/\/$/, '') + path);
  const given = segmentsOf(url.pathname);
  if (own.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  const fits = own.every((segment, index) => {
    const [, before = '', name, after = ''] = /^([^{]*)\{([^{}]+)\}(.*)$/.exec(decodeURIComponent(segment)) ?? [];
    const word = given[index] ?? '';
    if (name === undefined) return word === segment;
    if (word.length <= before.length + after.length) return false;
    if (!word.startsWith(before) || !word.endsWith(after)) return false;
    values[name] = decodeURIComponent(word.slice(before.length, word.length - after.length));
    return true;
  });
  return fits ? values : undefined;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/');
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
