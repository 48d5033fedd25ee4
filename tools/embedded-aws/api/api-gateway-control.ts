import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CallAnswer } from '../services/call';
import type { ServiceBackend, ServiceFault, ServiceRequest } from '../services/service-backend';
import type { ApiKey } from './api-keys';
import type { UsagePlan, UsagePlans } from './usage-plans';

/** A refusal in API Gateway's own words. */
class ControlError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

interface ControlCall {
  readonly plans: UsagePlans;
  /** The identifiers in the path, in their order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly perform: (call: ControlCall) => unknown;
}

const newKey = z.object({
  name: z.string().default(''),
  value: z.string().min(20).max(128).optional(),
  enabled: z.boolean().default(false),
  description: z.string().optional(),
});
const newPlanKey = z.object({ keyId: z.string(), keyType: z.literal('API_KEY') });
const patches = z.object({
  patchOperations: z.array(
    z.object({ op: z.literal('replace'), path: z.literal('/enabled'), value: z.enum(['true', 'false']) }),
  ),
});

/** Keys on a page unless the call says how many; API Gateway's most is 500. */
const PAGE = 25;

/** The operations on keys and usage plans that the engine's commands use. */
const OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateApiKey',
    method: 'POST',
    path: /^\/apikeys$/,
    status: 201,
    perform: ({ plans, input }) => createKey(plans, input),
  },
  { name: 'GetApiKeys', method: 'GET', path: /^\/apikeys$/, status: 200, perform: listKeys },
  {
    name: 'GetApiKey',
    method: 'GET',
    path: /^\/apikeys\/([^/]+)$/,
    status: 200,
    perform: ({ plans, ids, query }) => keyResource(keyOf(plans, ids[0]), query.get('includeValue') === 'true'),
  },
  { name: 'UpdateApiKey', method: 'PATCH', path: /^\/apikeys\/([^/]+)$/, status: 200, perform: updateKey },
  {
    name: 'DeleteApiKey',
    method: 'DELETE',
    path: /^\/apikeys\/([^/]+)$/,
    status: 202,
    perform: ({ plans, ids }) => {
      plans.keys.delete(keyOf(plans, ids[0]).id);
    },
  },
  {
    name: 'GetUsagePlans',
    method: 'GET',
    path: /^\/usageplans$/,
    status: 200,
    perform: ({ plans }) => ({ item: plans.plans.map(planResource) }),
  },
  {
    name: 'CreateUsagePlanKey',
    method: 'POST',
    path: /^\/usageplans\/([^/]+)\/keys$/,
    status: 201,
    perform: attachKey,
  },
  {
    name: 'GetUsagePlanKeys',
    method: 'GET',
    path: /^\/usageplans\/([^/]+)\/keys$/,
    status: 200,
    perform: ({ plans, ids }) => ({ item: plans.keysOf(planOf(plans, ids[0]).id).map(planKeyResource) }),
  },
];

const FAULTS: Readonly<Record<ServiceFault['kind'], readonly [status: number, code: string]>> = {
  'access-denied': [403, 'AccessDeniedException'],
  'unknown-key': [403, 'UnrecognizedClientException'],
  'wrong-region': [403, 'InvalidSignatureException'],
  'internal': [500, 'InternalFailure'],
  'unknown-operation': [403, 'MissingAuthenticationToken'],
  'malformed': [400, 'BadRequestException'],
};

/**
 * API Gateway's control plane over the stack's keys and usage plans, as far as operators' commands need it. Functions
 * have no grant for it.
 */
export function apiGatewayControl(plans: UsagePlans): ServiceBackend {
  return {
    service: 'apigateway',
    protocol: 'rest',
    operationOf: (method, path) => find(method, path)?.name,
    needs: ({ method, path }) =>
      find(method, path)
        ? [{ action: `apigateway:${method}`, resource: `arn:aws:apigateway:*::${pathOf(path)}` }]
        : undefined,
    perform: async (request) => answerTo(plans, request),
    fault: ({ kind, message }) => errorAnswer(FAULTS[kind][0], FAULTS[kind][1], message),
  };
}

function answerTo(plans: UsagePlans, { method, path, input }: ServiceRequest): CallAnswer {
  const operation = find(method, path);
  if (!operation) return errorAnswer(...FAULTS['unknown-operation'], 'Missing Authentication Token');
  const ids = (operation.path.exec(pathOf(path)) ?? []).slice(1).map(decodeURIComponent);
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  try {
    const body = operation.perform({ plans, ids, query, input });
    return {
      status: operation.status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
      body: body === undefined ? '' : JSON.stringify(body),
    };
  } catch (error) {
    if (error instanceof ControlError) return errorAnswer(error.status, error.code, error.message);
    if (error instanceof z.ZodError) return errorAnswer(400, 'BadRequestException', z.prettifyError(error));
    throw error;
  }
}

function find(method: string, path: string): Operation | undefined {
  return OPERATIONS.find((operation) => operation.method === method && operation.path.test(pathOf(path)));
}

function pathOf(path: string): string {
  return path.split('?')[0] ?? '';
}

function createKey(plans: UsagePlans, input: ControlCall['input']): unknown {
  const { name, value, enabled } = newKey.parse(input);
  if (value !== undefined && plans.keys.withValue(value)) {
    throw new ControlError(409, 'ConflictException', 'API Key already exists');
  }
  return keyResource(plans.keys.create({ name, value, isEnabled: enabled }), true);
}

function listKeys({ plans, query }: ControlCall): unknown {
  const all = plans.keys.all().filter(({ name }) => name.startsWith(query.get('name') ?? ''));
  const start = Number(query.get('position') ?? 0);
  const end = start + Number(query.get('limit') ?? PAGE);
  const item = all.slice(start, end).map((key) => keyResource(key, query.get('includeValues') === 'true'));
  return { item, ...(end < all.length ? { position: String(end) } : {}) };
}

function updateKey({ plans, ids, input }: ControlCall): unknown {
  const { id } = keyOf(plans, ids[0]);
  for (const { value } of patches.parse(input).patchOperations) plans.keys.setEnabled(id, value === 'true');
  return keyResource(keyOf(plans, id), false);
}

function attachKey({ plans, ids, input }: ControlCall): unknown {
  const plan = planOf(plans, ids[0]);
  const key = keyOf(plans, newPlanKey.parse(input).keyId);
  if (plans.keysOf(plan.id).some(({ id }) => id === key.id)) {
    throw new ControlError(409, 'ConflictException', `${plan.id}:${key.id} already exists`);
  }
  plans.attach(key.id, plan.id);
  return planKeyResource(key);
}

function keyOf(plans: UsagePlans, wanted: string | undefined): ApiKey {
  const key = plans.keys.all().find(({ id }) => id === wanted);
  if (!key) throw new ControlError(404, 'NotFoundException', 'Invalid API Key identifier specified');
  return key;
}

function planOf(plans: UsagePlans, wanted: string | undefined): UsagePlan {
  const plan = plans.plans.find(({ id }) => id === wanted);
  if (!plan) throw new ControlError(404, 'NotFoundException', 'Invalid Usage Plan identifier specified');
  return plan;
}

function keyResource({ id, name, value, isEnabled }: ApiKey, withValue: boolean): unknown {
  return { id, name, enabled: isEnabled, stageKeys: [], ...(withValue ? { value } : {}) };
}

function planResource({ id, name, stages, throttle }: UsagePlan): unknown {
  return {
    id,
    name,
    apiStages: stages.map(({ apiId, stageName }) => ({ apiId, stage: stageName })),
    ...(throttle ? { throttle } : {}),
  };
}

function planKeyResource({ id, name }: ApiKey): unknown {
  return { id, name, type: 'API_KEY' };
}

function errorAnswer(status: number, code: string, message: string): CallAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  };
}
