import * as z from 'zod/mini';
import type { Endpoint } from '../../core/events/endpoint';
import { conditionOf, heldEvents } from '../../core/events/endpoint';
import { rotateSecret, testEndpoint } from '../../operations/endpoints/manage-endpoints';
import { keyState, shortHash } from '../../operations/keys/key-state';
import { ApiError } from '../http/page-call';
import { route } from './route';
import type { ConsolePorts, Route } from './route';
import { companyQuery } from './schemas';

/** Deliveries of an endpoint that are shown, the newest. */
const DELIVERIES = 10;

const text = () => z.string();
const endpointBody = z.object({ id: z.string().check(z.maxLength(100)) });

const listKeys = route({
  method: 'GET',
  path: '/companies/keys',
  name: 'listKeys',
  scope: 'company',
  anyOf: ['configure'],
  summary: "A company's API keys by the beginning of their hash: what each opens and whether it works; no key",
  query: companyQuery,
  answer: z.object({
    keys: z.array(
      z.object({
        hash: text(),
        state: z.enum(['working', 'expired', 'revoked', 'unfinished']),
        isTest: z.boolean(),
        projects: z.array(text()),
        label: z.optional(text()),
        createdAt: text(),
        createdBy: z.optional(text()),
        endsAt: z.optional(text()),
      }),
    ),
  }),
  handle: async ({ company, ports: { grants, clock } }) => {
    const now = clock.now();
    return {
      keys: (await grants.list(company)).map((grant) => ({
        hash: shortHash(grant),
        state: keyState(grant, now),
        isTest: grant.test === true,
        projects: [...grant.project_ids],
        label: grant.label,
        createdAt: grant.created_at,
        createdBy: grant.created_by,
        endsAt: grant.revoked_at ?? grant.expires_at,
      })),
    };
  },
});

const listEndpoints = route({
  method: 'GET',
  path: '/companies/endpoints',
  name: 'listEndpoints',
  scope: 'company',
  anyOf: ['configure'],
  summary: "A company's endpoints for events: whether each works, and its latest failures, tests and repetitions",
  query: companyQuery,
  answer: z.object({
    endpoints: z.array(
      z.object({
        id: text(),
        url: text(),
        projects: z.array(text()),
        takesText: z.boolean(),
        condition: z.enum(['working', 'paused', 'disabled']),
        failures: z.number(),
        failingSince: z.optional(text()),
        nextAttemptAt: z.optional(text()),
        lastSuccessAt: z.optional(text()),
        heldEvents: z.number(),
        heldNextAttemptAt: z.optional(text()),
        createdAt: text(),
        createdBy: text(),
        secretMadeAt: z.optional(text()),
        deliveries: z.array(
          z.object({ at: text(), type: text(), outcome: text(), answer: text(), cause: text() }),
        ),
      }),
    ),
  }),
  handle: async ({ company, ports: { endpoints } }) => ({
    endpoints: await Promise.all(
      (await endpoints.list(company)).map(async (endpoint) => ({
        ...shownEndpoint(endpoint),
        deliveries: await endpoints.notes(endpoint, DELIVERIES),
      })),
    ),
  }),
});

const test = route({
  method: 'POST',
  path: '/companies/endpoints/test',
  name: 'testEndpoint',
  scope: 'company',
  anyOf: ['configure'],
  summary: 'Sends a test event to an endpoint; what became of it stands among its deliveries soon after',
  query: companyQuery,
  body: endpointBody,
  answer: z.object({ message: text() }),
  handle: async ({ company, body: { id }, ports, audit }) => {
    const endpoint = await found(company, id, ports);
    await testEndpoint(ports, endpoint);
    await audit('test_endpoint', [id]);
    return { message: 'A test event is on its way. What became of it is listed under the endpoint in a moment.' };
  },
});

const rotate = route({
  method: 'POST',
  path: '/companies/endpoints/rotate',
  name: 'rotateSecret',
  scope: 'company',
  anyOf: ['configure'],
  summary: 'Makes a new signing secret, which is shown this once; the one before signs beside it until its end',
  query: companyQuery,
  body: endpointBody,
  answer: z.object({ secret: text(), oldUntil: text() }),
  handle: async ({ company, body: { id }, ports, audit }) => {
    const result = await rotateSecret(ports, await found(company, id, ports));
    if (result.outcome === 'changed') {
      throw new ApiError({
        status: 409,
        code: 'CHANGED',
        message: 'Making a new secret failed: another one was made at the same moment. Look again before you make one.',
      });
    }
    await audit('rotate_secret', [id]);
    return { secret: result.secret, oldUntil: result.oldUntil };
  },
});

export const ENDPOINT_ROUTES: readonly Route[] = [listKeys, listEndpoints, test, rotate];

function shownEndpoint(endpoint: Endpoint) {
  const { id, url, project_ids: projects, include, secrets, state } = endpoint;
  const { created_at: createdAt, created_by: createdBy } = endpoint;
  const held = heldEvents(endpoint);
  return {
    id,
    url,
    projects: [...projects],
    takesText: include.includes('text'),
    condition: conditionOf(endpoint),
    failures: state.failures ?? 0,
    failingSince: state.failing_since,
    nextAttemptAt: state.next_attempt_at,
    lastSuccessAt: state.last_success_at,
    heldEvents: held.count,
    heldNextAttemptAt: held.next,
    createdAt,
    createdBy,
    secretMadeAt: secrets[0]?.created_at,
  };
}

async function found(company: string, id: string, { endpoints }: ConsolePorts): Promise<Endpoint> {
  const endpoint = await endpoints.find(company, id);
  if (endpoint) return endpoint;
  throw new ApiError({
    status: 404,
    code: 'NOT_FOUND',
    message: 'Nothing was done: the company has no such endpoint any more. Look at the list again.',
  });
}
