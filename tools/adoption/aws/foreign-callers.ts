import type { LambdaClient } from '@aws-sdk/client-lambda';
import { GetPolicyCommand, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { SNSClient } from '@aws-sdk/client-sns';
import { paginateListSubscriptions } from '@aws-sdk/client-sns';
import { z } from 'zod';
import type { ForeignCaller } from '../cloud';
import type { StageScope } from '../stage-scope';
import { allOf, unlessGone } from './resource-adapter';

/** What a function's own policy says about who may call it. */
const policy = z.object({
  Statement: z.array(z.object({
    Effect: z.string(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  })),
});

interface Clients {
  readonly topics: SNSClient;
  readonly functions: LambdaClient;
}

/**
 * What feeds the stage's queues and functions, or those of the old engine, from outside both: subscriptions of other
 * topics, and routes, rules and buckets that a function's policy lets in. `apiIds` are the APIs of both.
 */
export async function foreignCallers(
  { topics, functions }: Clients, scope: StageScope, apiIds: readonly string[]): Promise<readonly ForeignCaller[]> {
  const isConcerned = (name: string) => scope.of(name) === 'ours' || scope.isOld(name);
  const subscriptions = await allOf(paginateListSubscriptions({ client: topics }, {}), (page) => page.Subscriptions);
  const names = (await allOf(paginateListFunctions({ client: functions }, {}), (page) => page.Functions))
    .flatMap(({ FunctionName: name = '' }) => (isConcerned(name) ? [name] : []));
  const invoked = await Promise.all(names.map(async (name) =>
    (await sourcesOf(functions, name)).map((source): ForeignCaller => ({ source, target: name }))));
  return [
    ...subscriptions.flatMap(({ TopicArn: source = '', Endpoint: endpoint = '', Protocol: protocol = '' }) =>
      ['sqs', 'lambda'].includes(protocol) && isConcerned(nameOf(endpoint)) && !isConcerned(nameOf(source))
        ? [{ source, target: nameOf(endpoint) }] : []),
    ...invoked.flat().filter(({ source }) => isForeign(source, isConcerned, apiIds)),
  ];
}

/** ARNs from which a function's policy lets calls in. */
async function sourcesOf(client: LambdaClient, name: string): Promise<readonly string[]> {
  const answer = await unlessGone(client.send(new GetPolicyCommand({ FunctionName: name })));
  if (answer?.Policy === undefined) return [];
  const { Statement: statements } = policy.parse(JSON.parse(answer.Policy));
  const sources = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Condition }) =>
    Object.values(Condition).flatMap((keys) => Object.entries(keys)
      .flatMap(([key, value]) => (/^aws:SourceArn$/i.test(key) ? [value].flat().map(String) : []))));
  return [...new Set(sources)];
}

/** An API is known by its identifier, which is all that its calls name; everything else by its name. */
function isForeign(source: string, isConcerned: (name: string) => boolean, apiIds: readonly string[]): boolean {
  const [, , service, , , resource = ''] = source.split(':');
  if (service === 'execute-api') return !apiIds.includes(resource.split('/')[0] ?? '');
  return !isConcerned(nameOf(source));
}

/** Behind the last colon or slash of an ARN; what names a function's version is left out. */
function nameOf(arn: string): string {
  const parts = arn.split(':');
  const resource = parts[2] === 'lambda' ? parts[6] ?? '' : parts.slice(5).join(':');
  return resource.slice(Math.max(resource.lastIndexOf(':'), resource.lastIndexOf('/')) + 1);
}
