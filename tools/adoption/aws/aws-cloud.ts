import { setTimeout } from 'node:timers/promises';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Cloud } from '../cloud';
import type { Kind } from '../found-resource';
import type { AccountClients } from './account-clients';
import { foreignCallers } from './foreign-callers';
import { functions, mappings } from './function-resources';
import { addKeysToPlan, apiIdsOf, apiKeys, restApis, usagePlans } from './gateway-resources';
import { queues } from './queue-resources';
import type { ResourceAdapter } from './resource-adapter';
import { policies, roles } from './role-resources';
import { secrets } from './secret-resources';
import { importIntoStack } from './stack-import';
import { StackOwnership } from './stack-ownership';
import { readStageStack } from './stage-stack';
import { addIndex, backUpTable, dropIndex } from './table-changes';
import { tables } from './table-resources';
import { alarms, dashboards, logGroups, topics } from './watch-resources';

type Adapters = { readonly [K in Kind]: ResourceAdapter<K> };

const pause = async (milliseconds: number) => setTimeout(milliseconds);

/** The account that the shell's credentials lead to. */
export function awsCloud(clients: AccountClients): Cloud {
  const adapters = adaptersOf(clients);
  const waiting = { now: Date.now, pause };
  return {
    account: async () => {
      const { Account: account = '' } = await clients.identity.send(new GetCallerIdentityCommand({}));
      return { account, region: await clients.stacks.config.region() };
    },
    list: async (kind, scope) => adapters[kind].list(scope),
    stackLists: () => new StackOwnership(clients.stacks),
    stageStack: async (name) => readStageStack(clients.stacks, name),
    foreignCallers: async (scope) => foreignCallers(clients, scope, await apiIdsOf(clients.gateway, scope)),
    remove: async (kind, found, options) => adapters[kind].remove(found, options),
    backUp: async (table) => backUpTable(clients.tables, table, waiting),
    addIndex: async (table, index) => addIndex(clients.tables, table, index, waiting),
    dropIndex: async (table, index) => dropIndex(clients.tables, table, index, waiting),
    importInto: async (order) => importIntoStack(clients.stacks, order, pause),
    addKeys: async (planId, keyIds) => addKeysToPlan(clients.gateway, planId, keyIds),
    pause,
    now: Date.now,
  };
}

function adaptersOf(clients: AccountClients): Adapters {
  const apiIds = new Set<string>();
  return {
    'event source mapping': mappings(clients.functions, pause),
    'REST API': restApis(clients.gateway),
    'usage plan': usagePlans(clients.gateway),
    'API key': apiKeys(clients.gateway),
    'function': functions(clients.functions),
    'role': roles(clients.roles, clients.functions, clients.gateway),
    'policy': policies(clients.roles),
    'queue': queues(clients.queues),
    'alarm': alarms(clients.alarms),
    'topic': topics(clients.topics),
    'dashboard': dashboards(clients.alarms),
    'log group': logGroups(clients.logs, async (scope) => {
      // Its logs are looked for again after an API is gone.
      for (const id of await apiIdsOf(clients.gateway, scope)) apiIds.add(id);
      return [...apiIds];
    }),
    'table': tables(clients.tables, pause),
    'secret': secrets(clients.secrets),
  };
}
