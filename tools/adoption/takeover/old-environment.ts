import { z } from 'zod';
import { CommandError } from '../../../src/cli/command-error';
import type { FoundOf, Kind } from '../found-resource';
import { targetTable } from '../old-names';
import type { StageScope } from '../stage-scope';
import type { DiscoveredResource } from '../survey';

const named = z.object({ id: z.string(), name: z.string() });

/**
 * The environment that is taken over. It is read once, when the takeover starts, and kept in the journal: later the
 * account also has the new engine's resources, some of them under the same names.
 */
export const oldEnvironment = z.object({
  /** `in-place`: tables keep their names, a stack owns them. `side-by-side`: tables and functions have other names. */
  way: z.enum(['in-place', 'side-by-side']),
  /** The stack that owns it. */
  stack: z.string().optional(),
  apis: z.array(named),
  functions: z.array(z.string()),
  mappings: z.array(z.object({ id: z.string(), functionName: z.string(), source: z.string() })),
  tables: z.array(z.object({ name: z.string(), target: z.string() })),
  /** Queues by URL; `id` is the URL. */
  queues: z.array(named),
  logGroups: z.array(z.string()),
  usagePlans: z.array(z.object({ id: z.string(), name: z.string(), keyIds: z.array(z.string()) })),
  roles: z.array(z.string()),
  topics: z.array(named),
});
export type OldEnvironment = z.infer<typeof oldEnvironment>;
export type Way = OldEnvironment['way'];

/**
 * In place: what `stack` owns. Side by side: what no stack owns. Other stages and other stacks are never part of it.
 */
export function readOldEnvironment(
  discovered: readonly DiscoveredResource[], scope: StageScope, stack: string | undefined): OldEnvironment {
  const way = stack === undefined ? 'side-by-side' : 'in-place';
  const isConcerned = ({ owner }: DiscoveredResource) =>
    (stack === undefined ? owner === undefined : typeof owner === 'object' && owner.stack === stack);
  const of = <K extends Kind>(kind: K, resources = discovered.filter(isConcerned)) =>
    resources.map(({ found }) => found).filter((found): found is FoundOf<K> => found.kind === kind);
  const isOld = ({ name }: { readonly name: string }) =>
    scope.isOld(name) || (way === 'in-place' && scope.of(name) === 'ours');
  const idAndName = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
  const apis = of('REST API').filter(isOld);
  const isPlanOfApis = ({ apiStages }: FoundOf<'usage plan'>) =>
    apiStages.some(({ apiId }) => apis.some(({ id }) => id === apiId));
  return {
    way,
    ...(stack !== undefined && { stack }),
    apis: apis.map(idAndName),
    functions: of('function').filter(isOld).map(({ name }) => name),
    mappings: of('event source mapping').filter(({ functionName }) => isOld({ name: functionName }))
      .map(({ id, functionName, source }) => ({ id, functionName, source })),
    tables: of('table').filter(isOld).map(({ name }) => ({
      name, target: targetTable(scope.oldNames, scope.stage, name),
    })),
    queues: of('queue').filter(({ name }) => scope.of(name) === 'ours').map(idAndName),
    // Functions create their log groups themselves, so that no stack owns them.
    logGroups: of('log group', discovered.filter(({ owner }) => owner === undefined || way === 'in-place'))
      .map(({ name }) => name),
    usagePlans: of('usage plan').filter(isPlanOfApis).map(
      ({ id, name, keyIds }) => ({ id, name, keyIds: [...keyIds] })),
    roles: of('role').filter(isOld).map(({ name }) => name),
    topics: of('topic').filter(isOld).map(idAndName),
  };
}

/** Refuses a stack that is not the old environment's. */
export function requireOldEnvironment(environment: OldEnvironment): void {
  if (environment.tables.length > 0 || environment.apis.length > 0) return;
  throw new CommandError(environment.stack === undefined
    ? 'Taking over the old environment failed: no table and no API has one of its names in this region; '
      + 'give its names with --old-name, or check AWS_PROFILE.'
    : `Taking over the stack ${
      environment.stack} failed: it owns no table and no API of the stage's names in this region; `
      + 'check its name and AWS_PROFILE.');
}
