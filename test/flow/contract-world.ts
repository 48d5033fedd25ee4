import { createHash, randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { grantItemKey } from '../../src/records/item-keys';
import type { Call, CallVerdict } from '../../tools/embedded-aws/services/call';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE, sampleCompany } from '../../tools/local-stage/sample/company';
import type { HttpAnswer } from '../openapi/documented-answers';
import { request } from './local-stage-of-tests';

const names = resourceNames(LOCAL_STAGE);
export const INITIATE = '/initiate-conversation';
export const DRY_RUN = '/dry-run';
export const TEMPLATES = '/templates';

/** How one documented answer is had. */
export type Provoke = (world: World) => Promise<HttpAnswer>;

/** What a case works with: each has a key of its own, so that none uses up the rate of another. */
export interface World {
  readonly stage: LocalStage;
  /** The client's key. */
  readonly key: string;
  post(body: unknown, key?: string): Promise<HttpAnswer>;
  dryRun(body: unknown, key?: string): Promise<HttpAnswer>;
  templates(key?: string): Promise<HttpAnswer>;
  /** Asks by the client's key. */
  get(path: string, key?: string): Promise<HttpAnswer>;
  cancel(path: string, key?: string): Promise<HttpAnswer>;
  call(method: string, path: string, init?: Omit<RequestInit, 'method'>): Promise<HttpAnswer>;
  /** A project of the sample company whose record has these values. */
  project(
    values: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly company_data: { readonly company_id: string; readonly project_id: string } }>;
  /** Lets calls of functions to AWS fail while the work is done. */
  failing<Result>(verdict: (call: Call) => CallVerdict, work: () => Promise<Result>): Promise<Result>;
}

export const ofFunction = (functionName: string, service: string) => ({ caller, service: called }: Call): CallVerdict =>
  (caller.kind === 'function' && caller.functionName === functionName && called === service ? 'refuse' : 'pass');

export const preflightOf = (path: string, method: string): Provoke => ({ call }) =>
  call('options', path, { headers: { 'origin': 'https://example.com', 'access-control-request-method': method } });

/** The path of a conversation, or of none. */
export const placeOf = (path: string, conversationId = 'any') => (
  path.replace('{conversation_id}', encodeURIComponent(conversationId))
);

export async function accepted({ post }: World, { body } = request('sms')): Promise<string> {
  const answer: Readonly<Record<string, unknown>> = JSON.parse((await post(body)).body);
  return String(answer.conversation_id);
}

/** Kills a function at its first call to the database. */
export const killed = (functionName: string, work: Provoke): Provoke => (world) =>
  world.failing(
    (call) => {
      if (ofFunction(functionName, 'dynamodb')(call) === 'refuse') world.stage.cloud.functions.kill(functionName);
      return 'pass';
    },
    async () => work(world),
  );

/** Until one of many calls at once is turned away for its rate. */
export const untilLimited = (work: Provoke): Provoke => async (world) => {
  const answers = await Promise.all(Array.from({ length: 60 }, async () => work(world)));
  return answers.find(({ status }) => status === 429) ?? work(world);
};

export async function worldOf(stage: LocalStage): Promise<World> {
  const key = stage.cloud.createApiKey({ name: randomUUID() }).value;
  const put = async (Item: Readonly<Record<string, unknown>>) =>
    stage.tables.send(new PutCommand({ TableName: names.companyTable, Item }));
  await put({
    ...grantItemKey(createHash('sha256').update(key).digest('hex')),
    owner_company_id: SAMPLE.companyId,
    project_ids: ['*'],
    created_at: '2026-11-22T10:00:00.000Z',
  });
  const call: World['call'] = async (method, path, init) => {
    const response = await fetch(`${stage.url}${path}`, { ...init, method: method.toUpperCase() });
    return { status: response.status, headers: new Map(response.headers), body: await response.text() };
  };
  const postTo = async (path: string, body: unknown, other: string) =>
    call('post', path, {
      headers: { 'content-type': 'application/json', 'x-api-key': other },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    stage,
    key,
    call,
    dryRun: async (body, other = key) => postTo(DRY_RUN, body, other),
    templates: async (other = key) => call('get', TEMPLATES, { headers: { 'x-api-key': other } }),
    post: async (body, other = key) => postTo(INITIATE, body, other),
    get: async (path, other = key) => call('get', path, { headers: { 'x-api-key': other } }),
    cancel: async (path, other = key) => call('post', path, { headers: { 'x-api-key': other } }),
    project: async (values) => {
      const company_data = { company_id: SAMPLE.companyId, project_id: randomUUID() };
      await put({ ...sampleCompany(names, '2026-11-22T10:00:00.000Z'), ...company_data, ...values });
      return { company_data };
    },
    failing: async (verdict, work) => {
      const release = stage.cloud.services.intercept({ beforeCall: verdict });
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
