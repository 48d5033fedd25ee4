import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EmulatorAddresses, TakenOut } from './adapt-template';
import { adaptTemplate } from './adapt-template';

const properties = z.object({ templateFile: z.string().optional(), file: z.string().optional() });
const manifestShape = z.object({
  artifacts: z.record(z.string(), z.object({ type: z.string(), properties: properties.optional() })),
});
const assetsShape = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});

export interface TakenOutOfStack extends TakenOut {
  readonly stack: string;
}

/** Copies an assembly and adapts each stack's template in the copy; the original is left as it is. */
export async function copyAssembly(
  from: string,
  to: string,
  addresses: EmulatorAddresses,
): Promise<readonly TakenOutOfStack[]> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  const { artifacts } = manifestShape.parse(JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8')));
  const entries = Object.entries(artifacts).map(
    ([id, { type, properties: { templateFile = '', file = '' } = {} }]) => ({ id, type, templateFile, file }),
  );
  const stacks = entries.filter(({ type, templateFile }) => type === 'aws:cloudformation:stack' && templateFile !== '');
  const assetFiles = entries
    .filter(({ type, file }) => type === 'cdk:asset-manifest' && file !== '')
    .map(({ file }) => file);
  const takenOut: TakenOutOfStack[] = [];
  for (const { id: stack, templateFile } of stacks) {
    const adapted = adaptTemplate(JSON.parse(await readFile(join(to, templateFile), 'utf8')), addresses);
    const text = JSON.stringify(adapted.template, undefined, 1);
    await writeFile(join(to, templateFile), text);
    await renameTemplate(to, templateFile, assetFiles, createHash('sha256').update(text).digest('hex'));
    takenOut.push(...adapted.takenOut.map((entry) => ({ stack, ...entry })));
  }
  return takenOut;
}

/** The CDK command uploads a template under its hash, and never one whose name is there already. */
async function renameTemplate(
  folder: string,
  templateFile: string,
  assetFiles: readonly string[],
  hash: string,
): Promise<void> {
  for (const file of assetFiles) {
    const text = await readFile(join(folder, file), 'utf8');
    const [before] =
      Object.entries(assetsShape.parse(JSON.parse(text)).files).find(
        ([, { source }]) => source.path === templateFile,
      ) ?? [];
    if (before === undefined) continue;
    for (const named of [file, 'manifest.json']) {
      const content = await readFile(join(folder, named), 'utf8');
      await writeFile(join(folder, named), content.replaceAll(before, hash));
    }
  }
}
