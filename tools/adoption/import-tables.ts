import type { ApplyOptions } from './apply';
import { scheduleNextCheck, stopped, unchanged } from './apply';
import type { Cloud } from './cloud';
import type { FoundTable } from './found-resource';
import type { TableToImport } from './import-order';
import { importOrder } from './import-order';
import type { Planned } from './plan';
import { plan } from './plan';

/** Backs tables up, brings their indexes to the template's and lets the stage's stack take them over; items are not touched. */
export async function importTables(cloud: Cloud, options: ApplyOptions): Promise<void> {
  const { context: { scope, stack }, log } = options;
  const planned = plan(options.discovered, options.context).filter(isImport);
  if (planned.length === 0) return;
  const fresh = await scheduleNextCheck(cloud, options, 'table');
  for (const step of planned) {
    if (unchanged(step, fresh)) await prepare(cloud, step, log);
  }
  const tables = toImport(await scheduleNextCheck(cloud, options, 'table'), options);
  if (tables.length === 0) return;
  try {
    await cloud.importInto(importOrder(scope.names.stack, stack, tables));
  } catch (error) {
    throw stopped(`Importing the tables into the stack ${scope.names.stack}`, error);
  }
  for (const { table } of tables) log(`table ${table.name}: imported into the stack ${scope.names.stack}`);
}

function isImport({ decision }: Planned): boolean {
  return decision === 'import';
}

async function prepare(cloud: Cloud, { found, differences }: Planned, log: (line: string) => void): Promise<void> {
  if (found.kind !== 'table') return;
  const { name } = found;
  try {
    log(`table ${name}: backed up (${await cloud.backUp(found)})`);
    for (const index of differences?.indexesToDrop ?? []) {
      await cloud.dropIndex(found, index);
      log(`table ${name}: index ${index} dropped`);
    }
    for (const index of differences?.indexesToAdd ?? []) {
      log(`table ${name}: adding the index ${index.name}, which takes long where there are many items`);
      await cloud.addIndex(found, index);
      log(`table ${name}: index ${index.name} added`);
    }
  } catch (error) {
    throw stopped(`Preparing the table ${name}`, error);
  }
}

/** As they are after they were prepared: that is what the import describes. */
function toImport(fresh: readonly Planned[], { context: { template } }: ApplyOptions): readonly TableToImport[] {
  return fresh.filter(isImport).flatMap(({ found }) => {
    const wanted = template?.tables.find(({ name }) => name === found.name);
    return isTable(found) && wanted ? [{ table: found, wanted }] : [];
  });
}

function isTable(found: Planned['found']): found is FoundTable {
  return found.kind === 'table';
}
