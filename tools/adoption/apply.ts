import { awsFailure, CommandError } from '../../src/cli/command-error';
import type { Cloud } from './cloud';
import type { Found, FoundTable, Kind } from './found-resource';
import { KINDS } from './found-resource';
import type { PlanContext } from './decision';
import type { Planned } from './plan';
import { plan } from './plan';
import type { DiscoveredResource } from './survey';
import { surveyKind } from './survey';
import type { ResourceToImport } from './import-order';
import { importOrder, tableToImport } from './import-order';

/** SQS keeps the name of a deleted queue for so long. */
const NAME_FREE_MILLISECONDS = 60_000;

export interface ApplyOptions {
  readonly context: PlanContext;
  readonly discovered: readonly DiscoveredResource[];
  /** Waits until a deployment may use the names of deleted queues. */
  readonly waitsForNames: boolean;
  /** Called for each action once it is done. */
  readonly log: (line: string) => void;
}

/**
 * Carries a plan out: first the tables are safe in the stage's stack, then the rest goes, callers before what they
 * call. Before each kind the account
 * is looked at again, and what is not as the plan found it stops the run. A run that stopped may be repeated: what is
 * done is not found any more.
 */
export async function applyPlan(cloud: Cloud, options: ApplyOptions): Promise<void> {
  await importTables(cloud, options);
  const planned = plan(options.discovered, options.context);
  let queuesGoneAt: number | undefined;
  for (const kind of KINDS) {
    const steps = planned.filter(
      ({ found, decision }) => found.kind === kind && (decision === 'delete' || decision === 'carry'));
    if (steps.length === 0) continue;
    const fresh = await scheduleNextCheck(cloud, options, kind);
    for (const step of steps) await act(cloud, options, step, fresh);
    if (kind === 'queue') queuesGoneAt = cloud.now();
  }
  if (queuesGoneAt === undefined || !options.waitsForNames) return;
  const left = queuesGoneAt + NAME_FREE_MILLISECONDS - cloud.now();
  if (left <= 0) return;
  options.log(`waiting ${Math.ceil(left / 1000)} s: only then SQS lets the names of deleted queues be used again`);
  await cloud.pause(left);
}

/** The kind as it is now, judged as the plan was. */
async function scheduleNextCheck(
  cloud: Cloud, { context, discovered }: ApplyOptions, kind: Kind): Promise<readonly Planned[]> {
  const { discovered: fresh, unreadable: [gap] } = await surveyKind(cloud, context.scope, kind, cloud.stackLists());
  if (gap) {
    throw new CommandError(
      `Looking again at each ${kind} failed: these credentials may not do it any more (${
        gap.action}); run the command again with a role that may.`);
  }
  const others = discovered.filter(({ found }) => found.kind !== kind);
  return plan([...others, ...fresh], context).filter(({ found }) => found.kind === kind);
}

async function act(cloud: Cloud, options: ApplyOptions, step: Planned, fresh: readonly Planned[]): Promise<void> {
  const { found } = step;
  const now = unchanged(step, fresh);
  if (!now) {
    options.log(`${found.kind} ${found.name}: gone already`);
    return;
  }
  try {
    if (step.decision === 'carry') await carryOver(cloud, options, now.found);
    else await remove(cloud, options, now.found);
  } catch (error) {
    throw stopped(`Deleting the ${found.kind} ${found.name}`, error);
  }
}

/** The step's resource as it is now; undefined once it is gone. Refuses one that is not what was planned for. */
function unchanged({ found, decision }: Planned, fresh: readonly Planned[]): Planned | undefined {
  const now = fresh.find((one) => one.found.id === found.id);
  if (!now) return undefined;
  if (now.decision !== decision || now.found.revision !== found.revision) {
    throw new CommandError(
      `Adopting stopped before the ${found.kind} ${found.name}: it changed after the plan was made${
        now.decision === decision ? '' : ` (${now.reason})`}; run the command again for a new plan.`);
  }
  return now;
}

/** What AWS said, and how to go on. */
function stopped(attempted: string, error: unknown): CommandError {
  const { message } = awsFailure(attempted, error);
  return new CommandError(
    `${message.replace(/\.$/, '')}. What was done before stays done: run the command again to go on.`,
    { cause: error });
}

async function remove(cloud: Cloud, { context, log }: ApplyOptions, found: Found): Promise<void> {
  await cloud.remove(found.kind, found, { discardMessages: context.discardMessages ?? false });
  log(`${found.kind} ${found.name}: deleted`);
}

/** Clients' keys are in the new plan before the old one is deleted. */
async function carryOver(cloud: Cloud, { context, log }: ApplyOptions, found: Found): Promise<void> {
  const newPlan = context.stack?.usagePlanId;
  if (found.kind !== 'usage plan' || newPlan === undefined) return;
  await cloud.addKeys(newPlan, found.keyIds);
  log(`usage plan ${found.name}: ${found.keyIds.length} keys are in the stage's own plan now`);
  // Other APIs are served by it still.
  if (found.apiStages.length > 0) return;
  await cloud.remove('usage plan', found, { discardMessages: false });
  log(`usage plan ${found.name}: deleted`);
}

/**
 * Backs tables up, brings their indexes to the template's and lets the stage's stack take them over; items are not
 * touched.
 */
async function importTables(cloud: Cloud, options: ApplyOptions): Promise<void> {
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
  for (const { identifier } of tables) {
    log(
      `table ${identifier.TableName ?? ''}: imported into the stack ${scope.names.stack}`);
  }
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
function toImport(fresh: readonly Planned[], { context: { template } }: ApplyOptions): readonly ResourceToImport[] {
  return fresh.filter(isImport).flatMap(({ found }) => {
    const wanted = template?.tables.find(({ name }) => name === found.name);
    return isTable(found) && wanted ? [tableToImport(found, wanted)] : [];
  });
}

function isTable(found: Planned['found']): found is FoundTable {
  return found.kind === 'table';
}
