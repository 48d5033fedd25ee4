import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { z } from 'zod';
import { readAssembly, readJson } from '../assembly/manifest';
import type { ResourceChange } from './resource-change';
import { FATES, resourceChange } from './resource-change';

/** How one stack would change. */
export interface StackDifference {
  readonly stack: string;
  readonly kind: 'new' | 'removed' | 'changed' | 'same';
  /** Those that lose something first. */
  readonly changes: readonly ResourceChange[];
  /** Whether a principal may do more than before. */
  readonly broadensPermissions: boolean;
}

type Template = Readonly<Record<string, unknown>>;

const template = z.record(z.string(), z.unknown());

/** Compares assemblies offline, stack by stack; where `before` does not exist everything is new. */
export async function compareAssemblies(
  before: string,
  after: string,
  only?: string,
): Promise<readonly StackDifference[]> {
  const [old, young] = await Promise.all([
    existsSync(join(before, 'manifest.json')) ? templatesOf(before) : new Map<string, Template>(),
    templatesOf(after),
  ]);
  if (only !== undefined && !young.has(only)) {
    throw new Error(
      `Comparing the infrastructure failed: the assembly has no stack ${only}, only `
        + `${[...young.keys()].join(', ') || 'none'}. Add the stage to src/infra/stages.ts.`,
    );
  }
  const names = only === undefined ? [...new Set([...young.keys(), ...old.keys()])].sort() : [only];
  return names.map((name) => compareStack(name, old.get(name), young.get(name)));
}

function compareStack(stack: string, before: Template | undefined, after: Template | undefined): StackDifference {
  const difference = fullDiff(before ?? {}, after ?? {});
  const changes: ResourceChange[] = [];
  difference.resources.forEachDifference((logicalId, change) => {
    const found = resourceChange(logicalId, change);
    if (found) changes.push(found);
  });
  const kind = before === undefined ? 'new' : after === undefined ? 'removed' : difference.isEmpty ? 'same' : 'changed';
  return { stack, kind, changes: changes.sort(worstFirst), broadensPermissions: difference.permissionsBroadened };
}

function worstFirst(one: ResourceChange, other: ResourceChange): number {
  return FATES.indexOf(one.fate) - FATES.indexOf(other.fate)
    || Number(other.holdsData) - Number(one.holdsData)
    || one.type.localeCompare(other.type)
    || one.logicalId.localeCompare(other.logicalId);
}

async function templatesOf(assembly: string): Promise<Map<string, Template>> {
  const { stacks } = await readAssembly(assembly);
  return new Map(
    await Promise.all(
      stacks.map(async ({ name, templateFile }) => [name, template.parse(await readJson(templateFile))] as const),
    ),
  );
}
