import type { FoundTable, TableIndex, TableKey } from './found-resource';

/** A table as the stage's template makes it. */
export interface WantedTable {
  readonly name: string;
  readonly logicalId: string;
  readonly keys: readonly TableKey[];
  readonly indexes: readonly TableIndex[];
  readonly localIndexes: readonly TableIndex[];
  readonly timeToLive: string | undefined;
  readonly isProtected: boolean;
  /** Outlives its stack. */
  readonly isRetained: boolean;
}

/** How a table differs from its template. */
export interface TableDifferences {
  /** Why it cannot be imported, each with what to do. */
  readonly blockers: readonly string[];
  readonly indexesToDrop: readonly string[];
  readonly indexesToAdd: readonly TableIndex[];
  /** What the deployment changes by itself. */
  readonly deploymentChanges: readonly string[];
}

/**
 * A deployment adds or drops one index at most. So adoption changes the indexes to the template's, one by one, before
 * the stack imports the table. Keys and local indexes cannot be changed at all.
 */
export function compareTable(found: FoundTable, wanted: WantedTable): TableDifferences {
  const same = (index: TableIndex) => wanted.indexes.some((other) => sameIndex(index, other));
  const kept = found.indexes.filter(same);
  return {
    blockers: blockers(found, wanted, kept),
    indexesToDrop: found.indexes.filter((index) => !same(index)).map(({ name }) => name),
    indexesToAdd: wanted.indexes.filter((index) => !found.indexes.some((other) => sameIndex(index, other))),
    deploymentChanges: deploymentChanges(found, wanted),
  };
}

function blockers(found: FoundTable, wanted: WantedTable, kept: readonly TableIndex[]): readonly string[] {
  const types = new Map(
    [...found.keys, ...kept.flatMap(({ keys }) => keys)].map(({ attribute, type }) => [attribute, type]));
  const clash = wanted.indexes.flatMap(({ keys }) => keys).find(
    ({ attribute, type }) => types.has(attribute) && types.get(attribute) !== type);
  return [
    ...(keyWords(found.keys) === keyWords(wanted.keys) ? [] : [
      `its key is ${keyWords(found.keys)}, the template's is ${keyWords(wanted.keys)}, and a key cannot be changed: `
      + 'back it up, copy its items to a table of another name, delete it, deploy, and copy them back with the new key',
    ]),
    ...localIndexBlockers(found, wanted),
    ...(found.replicas.length === 0
      ? [] : [`it is a global table with replicas in ${found.replicas.join(' and ')}: remove the replicas first`]),
    ...(clash === undefined
      ? [] : [`${clash.attribute} is part of a key of another type there: rewrite the items first`]),
    ...(found.timeToLive === undefined || wanted.timeToLive === found.timeToLive ? [] : [
      `items expire by ${found.timeToLive}, in the template by ${wanted.timeToLive ?? 'nothing'}: switch it off first (`
      + `aws dynamodb update-time-to-live --table-name ${found.name} `
      + `--time-to-live-specification Enabled=false,AttributeName=${found.timeToLive})`,
    ]),
  ];
}

/** Local indexes can neither be added to a table nor dropped from it: the template has to have those that it has. */
function localIndexBlockers({ localIndexes }: FoundTable, wanted: WantedTable): readonly string[] {
  const other = localIndexes.filter((index) => !wanted.localIndexes.some((one) => sameIndex(index, one)));
  const missing = wanted.localIndexes.filter((index) => !localIndexes.some((one) => sameIndex(index, one)));
  const setting = localIndexes.map(({ name, keys, projection }) =>
    `{ name: '${name}', sortKey: '${keys[1]?.attribute ?? ''}', type: '${keys[1]?.type ?? 'S'}', projection: '${
      projection}' }`);
  return [
    ...(other.length === 0 ? [] : [
      `it has the local index ${other.map(({ name }) => name).join(' and ')}, which cannot be dropped: `
      + `keep it with oldIndexes: [${setting.join(', ')}] for the stage in src/infra/stages.ts`,
    ]),
    ...(missing.length === 0 ? [] : [
      `it lacks the local index ${missing.map(({ name }) => name).join(' and ')}, which cannot be added: `
      + 'take it out of oldIndexes in src/infra/stages.ts',
    ]),
  ];
}

function deploymentChanges(found: FoundTable, wanted: WantedTable): readonly string[] {
  return [
    ...(found.throughput === undefined ? [] : ['is billed per request instead of reserved capacity']),
    ...(found.hasRecovery ? [] : ['gets point-in-time recovery']),
    ...(found.timeToLive === undefined && wanted.timeToLive !== undefined
      ? [`items expire by ${wanted.timeToLive}`] : []),
    ...(found.stream === undefined ? [] : ['its stream is switched off']),
    ...(found.isProtected && !wanted.isProtected ? ['is no longer protected from deletion'] : []),
    ...(wanted.isRetained
      ? [] : ['is deleted when its stack is deleted: set guarded in src/infra/stages.ts to keep its items']),
    ...(found.encryptionKey === undefined ? [] : ['is encrypted by DynamoDB\'s key instead of your own']),
  ];
}

function sameIndex(one: TableIndex, other: TableIndex): boolean {
  return one.name === other.name && keyWords(one.keys) === keyWords(other.keys) && one.projection === other.projection;
}

function keyWords(keys: readonly TableKey[]): string {
  return keys.map(({ attribute, type }) => `${attribute} (${type})`).join(' + ');
}
