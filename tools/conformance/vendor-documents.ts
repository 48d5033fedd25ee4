import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CommandError } from '../../src/cli/command-error';
import type { JsonRecord } from '../vendor-simulators/json-record';
import { isJsonRecord } from '../vendor-simulators/json-record';

/** An API as its vendor publishes it (OpenAPI 3.0 or 3.1). */
export interface VendorDocument {
  readonly file: string;
  readonly content: JsonRecord;
}

/**
 * The documents at a path: a file, or a folder whose files are all read. Throws `CommandError` where there is none,
 * or where a file is no OpenAPI document.
 */
export function readDocuments(path: string): readonly VendorDocument[] {
  const files = filesOf(path);
  if (files.length === 0) {
    throw new CommandError(`Reading the documents in ${path} failed: it holds no .json or .yaml file; name another.`);
  }
  return files.map((file) => ({ file, content: readDocument(file) }));
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /\.(?:json|ya?ml)$/.test(name));
    return names.sort().map((name) => join(path, name));
  } catch {
    throw new CommandError(
      `Reading the document ${path} failed: there is no such file; give the path of the vendor's OpenAPI document `
        + '(docs/conformance.md says where they are published).',
    );
  }
}

function readDocument(file: string): JsonRecord {
  const content = parseDocument(file);
  if (isJsonRecord(content) && /^3\.[01]\./.test(String(content.openapi)) && isJsonRecord(content.paths)) {
    return content;
  }
  throw new CommandError(
    `Reading the document ${file} failed: it is no OpenAPI document of version 3.0 or 3.1; name another.`,
  );
}

function parseDocument(file: string): unknown {
  try {
    const text = readFileSync(file, 'utf8');
    return file.endsWith('.json') ? JSON.parse(text) as unknown : parse(text);
  } catch (error) {
    throw new CommandError(
      `Reading the document ${file} failed: it cannot be read as ${file.endsWith('.json') ? 'JSON' : 'YAML'}; `
        + 'fetch it again.',
      { cause: error },
    );
  }
}

/** What a value refers to, to the end of the chain; the value itself where it refers to nothing. */
export function resolved(value: unknown, document: JsonRecord): JsonRecord {
  let current = value;
  for (let steps = 0; steps < 50 && isJsonRecord(current) && typeof current.$ref === 'string'; steps += 1) {
    const { $ref: reference, ...beside } = current;
    const target = at(document, reference);
    current = isJsonRecord(target) ? { ...target, ...beside } : beside;
  }
  return isJsonRecord(current) ? current : {};
}

/** By a JSON pointer within the document. */
function at(document: JsonRecord, reference: string): unknown {
  return reference.replace(/^#\//, '').split('/')
    .map((word) => decodeURIComponent(word).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, word) => (isJsonRecord(value) ? value[word] : undefined), document);
}
