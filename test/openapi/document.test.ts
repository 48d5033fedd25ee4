import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import { INITIATE_CODES } from '../../src/openapi/initiate-conversation';
import { openApiDocument } from '../../src/openapi/document';
import type { Json } from '../../src/openapi/json';
import { isJson } from '../../src/openapi/json';
import { withoutRecursion } from '../../src/openapi/without-recursion';
import { apiSchemas } from './api-schemas';

const WRITE_IT_ANEW = 'Run `npx projen openapi`.';
const document = openApiDocument();

test('the document in the repository is what the schemas say today', () => {
  expect({ hint: WRITE_IT_ANEW, document: JSON.parse(readFileSync('docs/openapi.json', 'utf8')) }).toEqual({
    hint: WRITE_IT_ANEW,
    document: JSON.parse(JSON.stringify(document)),
  });
});

/** The document as `npx projen openapi` has the types read from it. */
function documentForTypes(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'types-')), 'openapi.json');
  writeFileSync(file, JSON.stringify(withoutRecursion(openApiDocument())));
  return file;
}

test('the client\'s types are what the document says', () => {
  const check = spawnSync(
    process.execPath,
    [
      'node_modules/openapi-typescript/bin/cli.js',
      documentForTypes(),
      '--output',
      'src/client/api-types.ts',
      '--default-non-nullable',
      'false',
      '--check',
    ],
    { encoding: 'utf8' },
  );
  expect({ hint: WRITE_IT_ANEW, status: check.status, complaint: check.stderr }).toEqual({
    hint: WRITE_IT_ANEW,
    status: 0,
    complaint: '',
  });
});

test('the document keeps the OpenAPI specification', () => {
  const check = spawnSync(
    process.execPath,
    ['node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js', 'docs/openapi.json'],
    { encoding: 'utf8' },
  );
  expect({ status: check.status, said: check.stdout + check.stderr }).toMatchObject({
    status: 0,
    said: expect.stringContaining('true'),
  });
});

test('every example is valid where it stands', () => {
  const schemas = apiSchemas({ closed: true });
  const media = [...mediaTypes(document, [])];
  const judged = media.flatMap(({ path, value }) => examplesOf(value).map((example) => {
    const validate = schemas.at(...path, 'schema');
    return { path: path.join(' > '), valid: validate(example), errors: validate.errors ?? null };
  }));
  expect(judged.length).toBeGreaterThan(9);
  expect(judged.filter(({ valid }) => !valid)).toEqual([]);
});

test('every code of refusal stands under its status, and nowhere else', () => {
  const responses = at(document, 'paths', '/initiate-conversation', 'post', 'responses');
  const documented = Object.entries(responses).flatMap(([status, response]) => {
    const [, refined] = Array.isArray(at(response, 'content', 'application/json', 'schema').allOf)
      ? Object.values(at(response, 'content', 'application/json', 'schema', 'allOf'))
      : [];
    const codes: unknown = refined === undefined ? [] : at(refined, 'properties', 'error_code').enum;
    return (Array.isArray(codes) ? codes : []).map((code: unknown) => [code, Number(status)]);
  });
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(INITIATE_CODES.map((code) => [code, REFUSAL_STATUS[code]])),
  );
  expect(documented).toHaveLength(INITIATE_CODES.length);
});

test('every operation has a name of its own, a summary and an answer', () => {
  const operations = Object.values(at(document, 'paths')).flatMap((item) => Object.values(at(item)).filter(isJson));
  const names = operations.map((operation) => at(operation).operationId);
  expect(new Set(names).size).toBe(operations.length);
  for (const operation of operations) {
    expect(at(operation).summary).toMatch(/^[A-Z]/);
    expect(Object.keys(at(operation, 'responses')).length).toBeGreaterThan(0);
  }
});

function at(value: unknown, ...path: readonly string[]): Json {
  const found = path.reduce<unknown>(
    (place, step) =>
      typeof place === 'object' && place !== null
        ? Object.entries(place).find(([key]) => key === step)?.[1]
        : undefined,
    value,
  );
  if (Array.isArray(found)) return Object.fromEntries(found.entries());
  if (!isJson(found)) throw new Error(`There is no object at ${path.join(' > ')}.`);
  return found;
}

function* mediaTypes(
  value: unknown,
  path: readonly string[],
): Generator<{ readonly path: readonly string[]; readonly value: Json }> {
  if (!isJson(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'content' || !isJson(child)) {
      yield* mediaTypes(child, [...path, key]);
    } else {
      for (const [type, media] of Object.entries(child)) {
        if (isJson(media)) yield { path: [...path, key, type], value: media };
      }
    }
  }
}

function examplesOf(media: Json): readonly unknown[] {
  const named = isJson(media.examples) ? Object.values(media.examples).map((example) => at(example).value) : [];
  return 'example' in media ? [media.example, ...named] : named;
}
