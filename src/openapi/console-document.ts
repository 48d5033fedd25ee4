import * as z from 'zod/mini';
import type { Route } from '../console-api/routes/route';
import { API_BASE, ROUTES } from '../console-api/routes/table';
import { ENGINE_VERSION } from '../core/version';
import type { Json } from './json';

/** The console's own API as an OpenAPI 3.1 document, from the table of its routes. */
export function consoleDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES) (paths[API_BASE + route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'AI Multi-Comms Engine: console',
      version: ENGINE_VERSION,
      description:
        'What the page of reviewers, agents, operators and auditors calls. It is made for that page alone and ' +
        'changes with it; clients use the API of docs/openapi.json.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: "The console's own address" }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'Set by the sign-in.' },
      },
      schemas: { Fault: FAULT },
    },
  };
}

const FAULT: Json = {
  type: 'object',
  description: 'What was attempted, what is wrong, what to do next.',
  required: ['status', 'code', 'message'],
  properties: { status: { type: 'string', enum: ['error'] }, code: { type: 'string' }, message: { type: 'string' } },
};

function operation(route: Route): Json {
  const { name, summary, query, body, answer, scope } = route;
  return {
    operationId: name,
    summary,
    description: SCOPES[scope],
    parameters: [...pathParameters(route), ...queryParameters(query)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      200: { description: summary, content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
      default: {
        description: 'The fault, in words for people.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
      },
    },
  };
}

const SCOPES: Readonly<Record<Route['scope'], string>> = {
  person: 'Anyone who is signed in may call it.',
  company: 'Asks for a role in the company of the query.',
  conversation: "Asks for a role in the conversation's company.",
  stage: 'Asks for a role in every company.',
};

function pathParameters({ path }: Route): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: Route['query']): readonly Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return withoutClosing(rest);
}

/** An answer may gain fields while a page of the version before is open. */
function withoutClosing(value: Json): Json {
  const { additionalProperties, propertyNames: _names, ...rest } = value;
  const kept =
    additionalProperties === false
      ? rest
      : { ...rest, ...(additionalProperties !== undefined && { additionalProperties }) };
  return Object.fromEntries(Object.entries(kept).map(([name, inner]) => [name, opened(inner)]));
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  return typeof value === 'object' && value !== null
    ? withoutClosing(Object.fromEntries(Object.entries(value)))
    : value;
}
