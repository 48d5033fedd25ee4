import type { APIGatewayClient, UsagePlan } from '@aws-sdk/client-api-gateway';
import {
  CreateUsagePlanKeyCommand, DeleteRestApiCommand, DeleteUsagePlanCommand, paginateGetApiKeys,
  paginateGetBasePathMappings, paginateGetDomainNames,
  paginateGetRestApis, paginateGetUsagePlanKeys, paginateGetUsagePlans, UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { CommandError } from '../../../src/cli/command-error';
import type { FoundUsagePlan } from '../found-resource';
import type { StageScope } from '../stage-scope';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, unlessGone } from './resource-adapter';

/** API Gateway lets several APIs have one name; all of them are listed. */
export function restApis(client: APIGatewayClient): ResourceAdapter<'REST API'> {
  return {
    list: async (scope) => {
      const all = await allOf(paginateGetRestApis({ client, pageSize: 500 }, {}), (page) => page.items);
      const concerned = all.filter(({ name = '' }) => scope.of(name) !== 'foreign');
      const domains = concerned.length > 0 ? await domainsByApi(client) : [];
      return concerned.map(({ id = '', name = '', createdDate }) => {
        const leading = domains.flatMap(({ apiId, domain }) => (apiId === id ? [domain] : []));
        return {
          kind: 'REST API', name, id, revision: `${createdDate?.toISOString() ?? ''} ${leading.join(' ')}`,
          domains: leading,
        };
      });
    },
    remove: async ({ id }) => {
      // A plan that still names the API's stages keeps them from being deleted.
      for (const plan of (await allPlans(client)).filter(
        ({ apiStages = [] }) => apiStages.some(({ apiId }) => apiId === id))) {
        await detachStages(client, plan, (apiId) => apiId === id);
      }
      await unlessGone(client.send(new DeleteRestApiCommand({ restApiId: id })));
    },
  };
}

/** Of the stage's own APIs. */
export async function apiIdsOf(client: APIGatewayClient, scope: StageScope): Promise<readonly string[]> {
  const all = await allOf(paginateGetRestApis({ client, pageSize: 500 }, {}), (page) => page.items);
  return all.flatMap(({ id = '', name = '' }) => (name === scope.names.api || scope.isOld(name) ? [id] : []));
}

interface DomainMapping {
  readonly domain: string;
  readonly apiId: string;
}

async function domainsByApi(client: APIGatewayClient): Promise<readonly DomainMapping[]> {
  const domains = await allOf(paginateGetDomainNames({ client, pageSize: 500 }, {}), (page) => page.items);
  const found: DomainMapping[] = [];
  for (const { domainName: domain = '', domainNameId } of domains) {
    const pages = paginateGetBasePathMappings({ client, pageSize: 500 }, { domainName: domain, domainNameId });
    const paths = await unlessGone(allOf(pages, (page) => page.items)) ?? [];
    found.push(...paths.map(({ restApiId: apiId = '' }) => ({ domain, apiId })));
  }
  return found;
}

async function allPlans(client: APIGatewayClient): Promise<readonly UsagePlan[]> {
  return allOf(paginateGetUsagePlans({ client, pageSize: 500 }, {}), (page) => page.items);
}

async function detachStages(
  client: APIGatewayClient, { id, apiStages = [] }: UsagePlan, isMeant: (apiId: string) => boolean): Promise<void> {
  const meant = apiStages.filter(({ apiId = '' }) => isMeant(apiId));
  if (meant.length === 0) return;
  await unlessGone(client.send(new UpdateUsagePlanCommand({
    usagePlanId: id,
    patchOperations: meant.map(
      ({ apiId, stage }) => ({ op: 'remove', path: '/apiStages', value: `${apiId ?? ''}:${stage ?? ''}` })),
  })));
}

export function usagePlans(client: APIGatewayClient): ResourceAdapter<'usage plan'> {
  return {
    list: async (scope) => listPlans(client, scope),
    remove: async ({ id }) => {
      const plan = (await allPlans(client)).find((one) => one.id === id);
      if (!plan) return;
      await detachStages(client, plan, () => true);
      await unlessGone(client.send(new DeleteUsagePlanCommand({ usagePlanId: id })));
    },
  };
}

async function listPlans(client: APIGatewayClient, scope: StageScope): Promise<readonly FoundUsagePlan[]> {
  const apis = await apiIdsOf(client, scope);
  const concerned = (await allPlans(client)).filter(({ name = '', apiStages = [] }) =>
    scope.of(name) !== 'foreign' || apiStages.some(({ apiId = '' }) => apis.includes(apiId)));
  return Promise.all(concerned.map(async ({ id = '', name = '', apiStages = [] }): Promise<FoundUsagePlan> => {
    const keys = await unlessGone(
      allOf(paginateGetUsagePlanKeys({ client, pageSize: 500 }, { usagePlanId: id }), (page) => page.items)) ?? [];
    const keyIds = keys.map((key) => key.id ?? '');
    return {
      kind: 'usage plan', name, id,
      revision: keyIds.join(' '),
      apiStages: apiStages.map(({ apiId = '', stage = '' }) => ({ apiId, stage })),
      keyIds,
    };
  }));
}

/**
 * The keys in the stage's plans, which clients use, and what bears the name of the stage's first key. Values are not
 * read.
 */
export function apiKeys(client: APIGatewayClient): ResourceAdapter<'API key'> {
  return {
    list: async (scope) => {
      const apis = await apiIdsOf(client, scope);
      const plans = (await listPlans(client, scope)).filter(({ name, apiStages }) =>
        scope.of(name) === 'ours' || apiStages.some(({ apiId }) => apis.includes(apiId)));
      const all = await allOf(
        paginateGetApiKeys({ client, pageSize: 500 }, { includeValues: false }), (page) => page.items);
      return all.flatMap(({ id = '', name = '', lastUpdatedDate }) => {
        const memberOf = plans.filter(({ keyIds }) => keyIds.includes(id)).map((plan) => plan.name);
        if (memberOf.length === 0 && scope.of(name) === 'foreign') return [];
        return [{
          kind: 'API key', name, id, revision: lastUpdatedDate?.toISOString() ?? '',
          plans: [...new Set(memberOf)],
        }];
      });
    },
    remove: async ({ name }) =>
      Promise.reject(new CommandError(
        `Deleting the API key ${name} failed: adoption deletes none; report this as a fault.`)),
  };
}

export async function addKeysToPlan(
  client: APIGatewayClient, usagePlanId: string, keyIds: readonly string[]): Promise<void> {
  for (const keyId of keyIds) {
    try {
      await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    } catch (error) {
      // It is in the plan already; a key that is gone leads nowhere.
      if (!(error instanceof Error && error.name === 'ConflictException')
        && !(error instanceof Error && error.name === 'NotFoundException')) throw error;
    }
  }
}
