import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  addKeysToPlan, apiIdsOf, apiKeys, restApis,
  usagePlans,
} from '../../../../tools/adoption/aws/gateway-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sample } from '../sample-findings';
import type { Answers } from './stubbed-client';
import { fails, inTurn, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const options = { discardMessages: false };
const created = new Date('2026-01-02T03:04:05Z');
const gateway = (answers: Answers) => stubbed(new APIGatewayClient(REGION), answers);

const PLANS = {
  items: [
    {
      id: 'plan-1', name: NAMES.usagePlan,
      apiStages: [{ apiId: 'api-1', stage: 'dev' }, { apiId: 'foreign', stage: 'live' }],
    },
    { id: 'plan-9', name: 'partners', apiStages: [{ apiId: 'api-1', stage: 'beta' }] },
  ],
};

describe('REST APIs', () => {
  test('of the stage\'s name are all listed, with the domains that lead to them', async () => {
    const { client } = gateway({
      GetRestApis: ({ position }) => position === undefined
        ? {
          items: [{ id: 'api-1', name: NAMES.api, createdDate: created }, { id: 'x', name: 'payroll' }],
          position: 'more',
        }
        : { items: [{ id: 'api-2', name: NAMES.api }] },
      GetDomainNames: () => ({ items: [{ domainName: 'api.example.com' }, { domainName: 'gone.example.com' }] }),
      GetBasePathMappings: inTurn(() => ({ items: [{ restApiId: 'api-2' }] }), fails('NotFoundException')),
    });
    expect(await restApis(client).list(scope)).toEqual([
      { kind: 'REST API', name: NAMES.api, id: 'api-1', revision: `${created.toISOString()} `, domains: [] },
      expect.objectContaining({ id: 'api-2', domains: ['api.example.com'] }),
    ]);
    expect(await apiIdsOf(client, scope)).toEqual(['api-1', 'api-2']);
  });

  test('ask for domains only where there is an API', async () => {
    const { client, operations } = gateway({ GetRestApis: () => ({ items: [] }) });
    expect(await restApis(client).list(scope)).toEqual([]);
    expect(operations()).toEqual(['GetRestApis']);
  });

  test('leave every plan that names their stages before they go', async () => {
    const { client, calls } = gateway(
      { GetUsagePlans: () => PLANS, UpdateUsagePlan: () => ({}), DeleteRestApi: () => ({}) });
    await restApis(client).remove(sample('REST API'), options);
    expect(calls.slice(1)).toEqual([
      {
        operation: 'UpdateUsagePlan',
        input: { usagePlanId: 'plan-1', patchOperations: [{ op: 'remove', path: '/apiStages', value: 'api-1:dev' }] },
      },
      {
        operation: 'UpdateUsagePlan',
        input: {
          usagePlanId: 'plan-9',
          patchOperations: [{ op: 'remove', path: '/apiStages', value: 'api-1:beta' }],
        },
      },
      { operation: 'DeleteRestApi', input: { restApiId: 'api-1' } },
    ]);
  });
});

describe('usage plans', () => {
  test('are told with their stages and keys', async () => {
    const { client } = gateway({
      GetRestApis: () => ({}),
      GetUsagePlans: () => PLANS,
      GetUsagePlanKeys: () => ({ items: [{ id: 'key-1' }, { id: 'key-2' }] }),
    });
    expect(await usagePlans(client).list(scope)).toEqual([
      {
        kind: 'usage plan', name: NAMES.usagePlan, id: 'plan-1', revision: 'key-1 key-2',
        apiStages: PLANS.items[0]?.apiStages, keyIds: ['key-1', 'key-2'],
      },
    ]);
  });

  test('lose their stages before they go, and are gone without fault', async () => {
    const { client, operations } = gateway(
      { GetUsagePlans: () => PLANS, UpdateUsagePlan: () => ({}), DeleteUsagePlan: () => ({}) });
    await usagePlans(client).remove(sample('usage plan'), options);
    await usagePlans(client).remove(sample('usage plan', { id: 'gone' }), options);
    expect(operations()).toEqual(['GetUsagePlans', 'UpdateUsagePlan', 'DeleteUsagePlan', 'GetUsagePlans']);
  });
});

describe('API keys', () => {
  test('are those in the stage\'s plans, whatever their name, and the first key; values are not asked for',
    async () => {
      const { client, calls } = gateway({
        GetRestApis: () => ({}),
        GetUsagePlans: () => PLANS,
        GetUsagePlanKeys: () => ({ items: [{ id: 'key-1' }] }),
        GetApiKeys: () => (
          {
            items: [{ id: 'key-1', name: 'harbour-and-pine', lastUpdatedDate: created },
              { id: 'key-2', name: NAMES.apiKey }, { id: 'key-3', name: 'payroll' }],
          }),
      });
      expect(await apiKeys(client).list(scope)).toEqual([
        {
          kind: 'API key', name: 'harbour-and-pine', id: 'key-1', revision: created.toISOString(),
          plans: [NAMES.usagePlan],
        },
        { kind: 'API key', name: NAMES.apiKey, id: 'key-2', revision: '', plans: [] },
      ]);
      expect(calls.find(({ operation }) => operation === 'GetApiKeys')?.input).toMatchObject({ includeValues: false });
    });

  test('are never deleted', async () => {
    const { client, operations } = gateway({});
    await expect(apiKeys(client).remove(sample('API key'), options)).rejects.toThrow('adoption deletes none');
    expect(operations()).toEqual([]);
  });

  test('join a plan once: one that is in it, or gone, is not a fault', async () => {
    const { client, calls } = gateway(
      { CreateUsagePlanKey: inTurn(fails('ConflictException'), fails('NotFoundException'), () => ({})) });
    await addKeysToPlan(client, 'plan-2', ['key-1', 'key-2', 'key-3']);
    expect(calls.map(({ input }) => input)).toEqual(
      ['key-1', 'key-2', 'key-3'].map((keyId) => ({ usagePlanId: 'plan-2', keyId, keyType: 'API_KEY' })));
    const refusing = gateway({ CreateUsagePlanKey: fails('LimitExceededException') });
    await expect(addKeysToPlan(refusing.client, 'plan-2', ['key-1'])).rejects.toThrow('LimitExceededException');
  });
});
