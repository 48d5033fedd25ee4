import type { EventSourceMappingConfiguration, FunctionConfiguration, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteEventSourceMappingCommand, DeleteFunctionCommand, GetEventSourceMappingCommand,
  paginateListEventSourceMappings, paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { FoundMapping } from '../found-resource';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, unlessGone } from './resource-adapter';

/** How often to poll a mapping that is being deleted, and the milliseconds between two polls. */
const DELETION = { looks: 150, wait: 2000 };

export async function allFunctions(client: LambdaClient): Promise<readonly FunctionConfiguration[]> {
  return allOf(paginateListFunctions({ client }, {}), (page) => page.Functions);
}

export function functions(client: LambdaClient): ResourceAdapter<'function'> {
  return {
    list: async (scope) =>
      (await allFunctions(client)).flatMap(({ FunctionName: name = '', RevisionId: revision = '' }) =>
        scope.of(name) === 'foreign' ? [] : [{ kind: 'function', name, id: name, revision }]),
    remove: async ({ name }) => { await unlessGone(client.send(new DeleteFunctionCommand({ FunctionName: name }))); },
  };
}

export function mappings(
  client: LambdaClient, pause: (milliseconds: number) => Promise<void>): ResourceAdapter<'event source mapping'> {
  return {
    list: async (scope) => {
      const all = await allOf(paginateListEventSourceMappings({ client }, {}), (page) => page.EventSourceMappings);
      const sources = [...scope.queues, ...scope.tables];
      return all.map(describeMapping).filter(
        ({ functionName, source }) => scope.functions.includes(functionName) || sources.includes(source));
    },
    remove: async ({ id }) => {
      await unlessGone(client.send(new DeleteEventSourceMappingCommand({ UUID: id })));
      // Until it is gone it takes messages from its queue, and a new one for the same pair is refused.
      for (let poll = 0; poll < DELETION.looks; poll += 1) {
        if (!await unlessGone(client.send(new GetEventSourceMappingCommand({ UUID: id })))) return;
        await pause(DELETION.wait);
      }
      throw new Error('Lambda still deletes it after five minutes');
    },
  };
}

function describeMapping(mapping: EventSourceMappingConfiguration): FoundMapping {
  const { UUID: id = '', FunctionArn: target = '', EventSourceArn: origin = '' } = mapping;
  // arn:aws:lambda:region:account:function:NAME, with an alias after it where there is one.
  const functionName = target.split(':')[6] ?? '';
  const resource = origin.split(':').slice(5).join(':');
  // A queue's ARN ends with its name; a table's stream is table/NAME/stream/LABEL.
  const source = resource.startsWith('table/') ? resource.split('/')[1] ?? '' : resource;
  return {
    kind: 'event source mapping', name: `${source} → ${functionName}`, id, revision: `${target} ${origin}`,
    functionName, source,
  };
}
