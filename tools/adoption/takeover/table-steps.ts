import { z } from 'zod';
import type { FoundTable } from '../found-resource';
import { compareTable } from '../table-differences';
import type { TableDifferences } from '../table-differences';
import type { TableDigest } from './operations';
import type { Step } from './step';
import type { TakeoverPlan } from './takeover-plan';

const protection = z.record(z.string(), z.object({ recovery: z.boolean(), protection: z.boolean() }));
const digests = z.record(z.string(), z.object({ items: z.number(), digest: z.string() }));
const addedIndexes = z.record(z.string(), z.array(z.string()));

type TableStep = 'protect' | 'addIndexes' | 'backUp' | 'copy' | 'compare';

export function tableSteps(plan: TakeoverPlan): Readonly<Record<TableStep, Step>> {
  return {
    protect: protectStep(plan), addIndexes: indexStep(plan), backUp: backUpStep(plan), copy: copyStep(plan),
    compare: compareStep(plan),
  };
}

async function oldTables({ environment, operations }: TakeoverPlan): Promise<readonly FoundTable[]> {
  const tables = await Promise.all(environment.tables.map(async ({ name }) => {
    const found = await operations.table(name);
    if (!found) throw new Error(`the table ${name} is gone`);
    return found;
  }));
  return tables;
}

/** How each old table differs from the template that is to import it. */
export async function importDifferences(plan: TakeoverPlan): Promise<ReadonlyArray<readonly [
  FoundTable, TableDifferences]>> {
  return (await oldTables(plan)).flatMap((found) => {
    const wanted = plan.template.tables.find(({ name }) => name === found.name);
    return wanted ? [[found, compareTable(found, wanted)] as const] : [];
  });
}

async function importBlocker(plan: TakeoverPlan): Promise<string | undefined> {
  if (plan.environment.way === 'side-by-side') return undefined;
  const blocked = (await importDifferences(plan)).filter(([, { blockers }]) => blockers.length > 0);
  if (blocked.length === 0) return undefined;
  return blocked.map(([{ name }, { blockers }]) => `the table ${name}: ${blockers.join('; and ')}`).join('; ');
}

function protectStep(plan: TakeoverPlan): Step {
  const { operations } = plan;
  return {
    id: 'protect',
    title: 'Switch on point-in-time recovery and deletion protection of the old tables',
    undoTitle: 'switches both back as they were',
    blocker: async () => importBlocker(plan),
    prepare: async () => Object.fromEntries((await oldTables(plan)).map(({ name, hasRecovery, isProtected }) =>
      [name, { recovery: hasRecovery, protection: isProtected }])),
    run: async () => {
      for (const { name } of await oldTables(plan)) {
        await operations.protectTable(name, { recovery: true, protection: true });
      }
      return `${plan.environment.tables.length} tables`;
    },
    undo: async (notes) => {
      for (const [name, before] of Object.entries(protection.parse(notes))) await operations.protectTable(name, before);
      return '';
    },
  };
}

function indexStep(plan: TakeoverPlan): Step {
  const { operations, log } = plan;
  return {
    id: 'indexes',
    title: 'Add the new global indexes to the old tables, one at a time',
    undoTitle: 'deletes them',
    prepare: async () => Object.fromEntries((await importDifferences(plan)).map(([{ name }, { indexesToAdd }]) =>
      [name, indexesToAdd.map((index) => index.name)])),
    run: async () => {
      let count = 0;
      for (const [table, { indexesToAdd }] of await importDifferences(plan)) {
        for (const index of indexesToAdd) {
          log(`adding the index ${index.name} to ${table.name}, which takes long if it has many items`);
          await operations.addIndex(table, index);
          await plan.renew();
          count += 1;
        }
      }
      return count === 0 ? 'they are there' : `${count} indexes`;
    },
    undo: async (notes) => {
      for (const [name, names] of Object.entries(addedIndexes.parse(notes))) {
        const table = await operations.table(name);
        const present = names.filter((index) => table?.indexes.some((one) => one.name === index));
        for (const index of present) if (table) await operations.dropIndex(table, index);
      }
      return '';
    },
  };
}

function backUpStep(plan: TakeoverPlan): Step {
  const { operations, log } = plan;
  return {
    id: 'back-up',
    title: 'Back up each old table, and count and hash its items',
    run: async () => {
      for (const table of await oldTables(plan)) log(`backed up ${table.name}: ${await operations.backUp(table)}`);
      const counted = await digestsOf(plan, plan.environment.tables.map(({ name }) => name));
      return Object.entries(counted).map(([name, { items }]) => `${name}: ${items} items`).join(', ');
    },
  };
}

async function digestsOf(plan: TakeoverPlan, names: readonly string[]): Promise<Readonly<Record<string, TableDigest>>> {
  const entries: Array<readonly [string, TableDigest]> = [];
  for (const name of names) {
    entries.push([name, await plan.operations.digest(name)]);
    await plan.renew();
  }
  return Object.fromEntries(entries);
}

/** In place: the items are the very same after old stack, import and deployment. Read before the old stack goes. */
function compareStep(plan: TakeoverPlan): Step {
  const names = plan.environment.tables.map(({ name }) => name);
  return {
    id: 'compare',
    title: 'Compare the items with those before the old stack was deleted',
    run: async () => {
      const before = digests.parse(await plan.notesOf('release'));
      const after = await digestsOf(plan, names);
      for (const name of names) {
        const [was, is] = [before[name], after[name]];
        if (was?.digest === is?.digest) continue;
        throw new Error(
          `the table ${name} had ${was?.items ?? 0} items and has ${is?.items ?? 0}, or their content differs: `
          + 'compare it with its backup before the intake is opened');
      }
      return Object.entries(after).map(([name, { items }]) => `${name}: ${items} items, all the same`).join(', ');
    },
  };
}

function copyStep(plan: TakeoverPlan): Step {
  const { environment, operations } = plan;
  return {
    id: 'copy',
    title: 'Copy the items of the old tables to the new ones',
    undoTitle: 'leaves the copies: the old tables are unchanged',
    run: async () => {
      const results: string[] = [];
      for (const { name, target } of environment.tables) {
        const { items } = await operations.digest(name);
        const { copied, kept } = await operations.copyItems(name, target);
        await plan.renew();
        if (copied + kept !== items) {
          throw new Error(
            `the table ${name} had ${items} items and ${copied + kept} were copied: something writes to it`);
        }
        results.push(`${name}: ${copied} copied${kept > 0 ? `, ${kept} were there` : ''}`);
      }
      return results.join(', ');
    },
    undo: async () => Promise.resolve('the copies stay'),
  };
}

export { digestsOf };
