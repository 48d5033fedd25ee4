import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { API_BASE, ROUTES } from '../../src/console-api/routes/table';
import { ENGINE_VERSION } from '../../src/core/version';
import { consoleDocument } from '../../src/openapi/console-document';
import { validity } from './validity';

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: z.record(z.string(), z.unknown()),
});
const contentSchema = z.object({
  'application/json': z.object({ schema: z.record(z.string(), z.unknown()) }),
});
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(parameterSchema),
  requestBody: z.optional(z.object({ required: z.boolean(), content: contentSchema })),
  responses: z.object({ 200: z.object({ content: contentSchema }), default: z.object({ content: contentSchema }) }),
});
const documentSchema = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

const document = consoleDocument();
const { info, paths } = documentSchema.parse(document);
const operations = Object.values(paths).flatMap((item) => Object.values(item));

function operation(name: string): z.infer<typeof operationSchema> {
  const found = operations.find(({ operationId }) => operationId === name);
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
}

test('the document keeps the OpenAPI specification', () => {
  expect(validity(document)).toEqual({ valid: true });
});

test('the document in the repository is what the table of routes says today', () => {
  expect({
    hint: 'Run `npx projen console:openapi`.',
    document: JSON.parse(readFileSync('docs/console-openapi.json', 'utf8')),
  }).toEqual({ hint: 'Run `npx projen console:openapi`.', document: JSON.parse(JSON.stringify(document)) });
  expect(info.version).toBe(ENGINE_VERSION);
});

test('each route is an operation under its path and method, and there is no other', () => {
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, summary }]) => [operationId, method, path, summary]),
  );
  const routes = ROUTES.map(({ name, method, path, summary }) => [
    name,
    method.toLowerCase(),
    API_BASE + path,
    summary,
  ]);
  expect(documented.sort()).toEqual(routes.sort());
});

test.each([
  ['showMe', 'Anyone who is signed in may call it.'],
  ['listReviews', 'Asks for a role in the company of the query.'],
  ['approveReview', "Asks for a role in the conversation's company."],
  ['showHealth', 'Asks for a role in every company.'],
])('%s: %s', (name, description) => {
  expect(operation(name).description).toBe(description);
});

test('what stands in braces in a path is a parameter of it, always required', () => {
  for (const [path, item] of Object.entries(paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(item)) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(named);
      expect(inPath.every(({ required }) => required)).toBe(true);
    }
  }
  expect(operation('endSession').parameters.map(({ name }) => name)).toEqual(['key']);
});

test('a query is told field by field, with its limits, and whether it may be left out', () => {
  const company = operation('listReviews').parameters.find(({ name }) => name === 'company');
  expect(company).toEqual({
    name: 'company',
    in: 'query',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 100 },
  });
  const inQuery = operations.flatMap(({ parameters }) => parameters).filter((parameter) => parameter.in === 'query');
  expect(inQuery.some(({ required }) => !required)).toBe(true);
  expect(operation('showMe').parameters).toEqual([]);
});

test('a body stands where a route takes one, and only there', () => {
  for (const { name, body } of ROUTES) {
    expect([name, operation(name).requestBody?.required]).toEqual([name, body === undefined ? undefined : true]);
  }
  expect(ROUTES.some(({ body }) => body !== undefined)).toBe(true);
});

test('an answer may gain fields, at any depth, and every fault has the same form', () => {
  const answers = operations.map(({ responses }) => responses[200].content['application/json'].schema);
  const closed = /"additionalProperties":false|"\$schema"|"propertyNames"/;
  expect(answers.map((answer) => JSON.stringify(answer)).filter((answer) => closed.test(answer))).toEqual([]);
  // A field whose name is not known beforehand keeps the type of its values.
  expect(JSON.stringify(answers)).toContain('"additionalProperties":{"type":"string"}');
  for (const { responses } of operations) {
    expect(responses.default.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Fault' });
  }
});
