import type { Cloud } from '../cloud';
import type { FoundOf, Kind } from '../found-resource';
import type { StageScope } from '../stage-scope';
import type { OldEnvironment } from './old-environment';

/** Callers before what they call. Tables with items, their backups, secrets and keys are never deleted. */
export async function deleteOldEnvironment(
  cloud: Cloud, scope: StageScope, environment: OldEnvironment): Promise<string> {
  const { apis, usagePlans, functions, roles, topics } = environment;
  const wanted: ReadonlyArray<readonly [Kind, readonly string[]]> = [
    ['REST API', apis.map(({ id }) => id)], ['usage plan', usagePlans.map(({ id }) => id)], ['function', functions],
    ['role', roles], ['topic', topics.map(({ id }) => id)],
  ];
  const deleted: string[] = [];
  for (const [kind, ids] of wanted) deleted.push(...await removeAll(cloud, scope, kind, ids));
  const kept = environment.way === 'side-by-side' ? environment.tables.map(({ name }) => name) : [];
  return [
    `deleted ${deleted.length === 0 ? 'nothing' : deleted.join(', ')}`,
    ...(kept.length === 0 ? [] : [`the tables ${kept.join(' and ')} stay: delete them when you no longer need them`]),
  ].join('; ');
}

async function removeAll<K extends Kind>(
  cloud: Cloud, scope: StageScope, kind: K, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const found = (await cloud.list(kind, scope)).filter(({ id }: FoundOf<K>) => ids.includes(id));
  const ownerOf = cloud.stackLists();
  const names: string[] = [];
  for (const one of found) {
    // In place the new engine has made resources of the same names meanwhile.
    if (await ownerOf.ownerOf(one)) continue;
    await cloud.remove(kind, one, { discardMessages: false });
    names.push(`${kind} ${one.name}`);
  }
  return names;
}
