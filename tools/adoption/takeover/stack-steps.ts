import { z } from 'zod';
import { importOrder, tableToImport } from '../import-order';
import type { ResourceToImport } from '../import-order';
import { RESOURCE_TYPES } from '../found-resource';
import { resourceNames } from '../../../src/core/names';
import { asImported, notRetained, parseOldTemplate, retaining, withoutApi } from './retained-template';
import type { Step } from './step';
import type { TakeoverPlan } from './takeover-plan';
import { digestsOf, importDifferences } from './table-steps';

const templateNotes = z.object({
  template: z.string(), parameters: z.record(z.string(), z.string()), resources: z.record(z.string(), z.string()),
});

type StackStep = 'retain' | 'release' | 'import';

export function oldStackSteps(plan: TakeoverPlan): Readonly<Record<StackStep, Step>> {
  return { retain: retainStep(plan), release: releaseStep(plan), import: importStep(plan) };
}

/** Why the old stack cannot be changed now. */
async function stackBlocker({ operations, environment: { stack = '' } }: TakeoverPlan): Promise<string | undefined> {
  const found = await operations.stackStatus(stack);
  if (!found) return `the stack ${stack} is gone`;
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(found.status)) return undefined;
  return `the stack ${stack} is in the state ${found.status}: wait until that has ended, or repair it`;
}

function retainStep(plan: TakeoverPlan): Step {
  const { operations, environment: { stack = '' } } = plan;
  return {
    id: 'retain',
    title: `Make the stack ${stack} retain what holds data and what clients reach`,
    undoTitle: 'updates it back to its template',
    blocker: async () => stackBlocker(plan),
    prepare: async () => {
      const { parameters = {}, resources = {} } = await operations.stackStatus(stack) ?? {};
      return { template: await operations.stackTemplate(stack), parameters, resources };
    },
    run: async (notes) => {
      await operations.updateStack(stack, retaining(stack, templateNotes.parse(notes).template));
      return 'tables, queues, log groups, API, usage plan and keys outlive it now';
    },
    undo: async (notes) => {
      const { template } = templateNotes.parse(notes);
      // Made again after its release, it has no API any more: its own template would make a second one.
      const ids = (text: string) => Object.keys(parseOldTemplate(stack, text).Resources);
      const now = ids(await operations.stackTemplate(stack));
      if (ids(template).some((id) => !now.includes(id))) return 'it was made again, and goes on retaining';
      await operations.updateStack(stack, template);
      return '';
    },
  };
}

function releaseStep(plan: TakeoverPlan): Step {
  const { operations, environment } = plan;
  const { stack = '', tables } = environment;
  return {
    id: 'release',
    title: `Delete the stack ${stack}, which keeps tables, queues, log groups and the API`,
    undoTitle: 'creates it again with the tables and queues that were kept; the old functions come back with it',
    blocker: async () => {
      const found = await operations.stackStatus(stack);
      // A run before this one may have deleted it.
      if (!found || found.status === 'DELETE_IN_PROGRESS') return undefined;
      if (found.isProtected) {
        return `it is protected from deletion: run \`aws cloudformation update-termination-protection `
          + `--no-enable-termination-protection --stack-name ${stack} --region ${operations.where.region}\``;
      }
      const lost = notRetained(stack, await operations.stackTemplate(stack));
      if (lost.length > 0) {
        return `it would delete ${
          lost.join(', ')}: it was changed meanwhile; undo back to the step "retain"`;
      }
      return await stackBlocker(plan);
    },
    prepare: async () => digestsOf(plan, tables.map(({ name }) => name)),
    run: async () => {
      await operations.deleteStack(stack);
      for (const { name } of tables) {
        if (!await operations.table(name)) {
          throw new Error(
            `the table ${name} went with the stack`);
        }
      }
      return 'the stack is gone, its data is there';
    },
    undo: async () => {
      const { template, parameters, resources: ids } = templateNotes.parse(await plan.notesOf('retain'));
      const old = withoutApi(stack, retaining(stack, template));
      const resources = await keptResources(plan, old, ids);
      if (!await operations.stackStatus(stack)) await operations.importInto(importOrder(stack, undefined, resources));
      // What was kept is described as it was imported: so the update adds the rest, and changes none of it.
      await operations.updateStack(stack, asImported(stack, old, resources), { canAdd: true, parameters });
      return 'undo the steps before it too, which enables the old functions and opens the old API';
    },
  };
}

/** The old stack's tables, queues and log groups under their old logical ids, as they are now. */
async function keptResources(
  plan: TakeoverPlan, template: string, ids: Readonly<Record<string, string>>): Promise<readonly ResourceToImport[]> {
  const { operations, environment } = plan;
  const entries = Object.entries(parseOldTemplate('', template).Resources);
  const resources = await Promise.all(entries.map(async ([logicalId, { Type: type }]): Promise<ResourceToImport[]> => {
    const id = ids[logicalId] ?? '';
    const table = environment.tables.some(({ name }) => name === id) ? await operations.table(id) : undefined;
    if (table) return [tableToImport(table, { logicalId })];
    if (type === RESOURCE_TYPES['log group']) {
      const group = id === '' ? undefined : await operations.importable('log group', id);
      return group ? [{ logicalId, type, properties: group, identifier: { LogGroupName: id } }] : [];
    }
    // The host of a queue's URL differs by how it was asked for; its name does not.
    const queue = environment.queues.find(({ name }) => id.endsWith(`/${name}`));
    const properties = queue && await operations.importable('queue', queue.id);
    if (!queue || !properties) return [];
    return [{ logicalId, type: RESOURCE_TYPES.queue, properties, identifier: { QueueUrl: queue.id } }];
  }));
  return resources.flat();
}

function importStep(plan: TakeoverPlan): Step {
  const { operations, environment, stage, log } = plan;
  const { stack } = resourceNames(stage);
  const what = environment.way === 'in-place' ? 'tables, queues and log groups' : 'queues and log groups';
  return {
    id: 'import',
    title: `Import the ${what} into the stack ${stack}`,
    undoTitle: 'deletes that stack, which retains all it has imported',
    blocker: async () => {
      const found = await operations.stackStatus(stack);
      if (found?.status.endsWith('_IN_PROGRESS') && found.status !== 'REVIEW_IN_PROGRESS') {
        return `the stack ${stack} is being changed (${found.status}): wait until that has ended`;
      }
      return undefined;
    },
    run: async () => {
      const present = await plan.stageStack();
      const has = new Set(
        present?.template === undefined ? [] : Object.keys(parseOldTemplate(stack, present.template).Resources));
      const wanted = await resourcesToImport(plan, log);
      const missing = wanted.filter(({ logicalId }) => !has.has(logicalId));
      if (missing.length > 0) await operations.importInto(importOrder(stack, present, missing));
      return `${wanted.length} resources`;
    },
    undo: async () => {
      const present = await plan.stageStack();
      if (present?.usagePlanId !== undefined) throw new Error('the new engine is deployed already');
      if (present) await operations.deleteStack(stack);
      return '';
    },
  };
}

async function resourcesToImport(
  plan: TakeoverPlan, log: (line: string) => void): Promise<readonly ResourceToImport[]> {
  const { operations, environment, template } = plan;
  const resources: ResourceToImport[] = [];
  for (const [found, { indexesToDrop }] of await importDifferences(plan)) {
    // A deployment changes one global index at most, so that none may be left for it.
    for (const index of indexesToDrop) {
      log(`dropping the index ${index} of ${found.name}, which oldIndexes in src/infra/stages.ts does not name`);
      await operations.dropIndex(found, index);
      await plan.renew();
    }
    const [now, wanted] = [await operations.table(found.name), template.tables.find(({ name }) => name === found.name)];
    if (now && wanted) resources.push(tableToImport(now, wanted));
  }
  for (const { kind, name, logicalId } of template.named) {
    const id = kind === 'queue' ? environment.queues.find((queue) => queue.name === name)?.id : name;
    const properties = id === undefined ? undefined : await operations.importable(kind, id);
    if (id === undefined || !properties) continue;
    const identifier: Readonly<Record<string, string>> = kind === 'queue' ? { QueueUrl: id } : { LogGroupName: name };
    resources.push({ logicalId, type: RESOURCE_TYPES[kind], properties, identifier });
  }
  return resources;
}
