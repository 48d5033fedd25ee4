import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { TemplateDocument } from './template-document';
import { parseTemplate } from './template-document';

const manifestSchema = z.object({
  artifacts: z.record(z.string(), z.object({
    type: z.string(),
    environment: z.string().optional(),
    properties: z.record(z.string(), z.unknown()).default({}),
  })),
});

const assetManifestSchema = z.object({
  files: z.record(z.string(), z.object({
    source: z.object({ path: z.string().optional() }),
    destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
  })),
});

/** A stack's part of a synthesised cloud assembly (`cdk.out`). */
export interface AssembledStack {
  readonly stackName: string;
  readonly template: TemplateDocument;
  /** Undefined where the stack was synthesised for whatever account is deployed to. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The folder that asset paths start from. */
  readonly folder: string;
  /** Paths of file assets by the key that they would be uploaded under. */
  readonly assetPaths: ReadonlyMap<string, string>;
}

/** Finds a stack by its name or artifact id, in nested assemblies (CDK stages) too. */
export function readAssembledStack(assemblyFolder: string, stackName: string): AssembledStack {
  const folder = resolve(assemblyFolder);
  const found = findStack(folder, stackName);
  if (found) return found;
  throw new Error(`There is no stack ${stackName} in ${folder}: it has ${listStacks(folder).join(', ') || 'none'}. Synthesise it with \`npx projen synth\`.`);
}

/** The folder of an asset, which must lie inside the assembly: what lies outside was not bundled for deployment. */
export function assetFolder(stack: AssembledStack, path: string, owner: string): string {
  const folder = resolve(stack.folder, path);
  const missing = `The code of ${owner} is expected in ${folder}, but`;
  if (!existsSync(folder)) throw new Error(`${missing} there is no such folder: synthesise the stack again.`);
  if (relative(realpathSync(stack.folder), realpathSync(folder)).startsWith('..')) {
    throw new Error(`${missing} that is outside the assembly ${stack.folder}: synthesise the stack again, with bundling.`);
  }
  if (!statSync(folder).isDirectory()) throw new Error(`${missing} that is a file: give the function a folder of code.`);
  return folder;
}

function findStack(folder: string, stackName: string): AssembledStack | undefined {
  const { artifacts } = readManifest(folder);
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (artifact.type === 'cdk:cloud-assembly') {
      const nested = findStack(join(folder, String(artifact.properties.directoryName)), stackName);
      if (nested) return nested;
    }
    if (artifact.type !== 'aws:cloudformation:stack' || (id !== stackName && artifact.properties.stackName !== stackName)) continue;
    const file = join(folder, String(artifact.properties.templateFile));
    const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
    return {
      stackName: String(artifact.properties.stackName ?? id),
      template: parseTemplate(readFileSync(file, 'utf8'), file),
      account: account === 'unknown-account' ? undefined : account,
      region: region === 'unknown-region' ? undefined : region,
      folder,
      assetPaths: readAssetPaths(folder, artifacts),
    };
  }
  return undefined;
}

function readManifest(folder: string): z.infer<typeof manifestSchema> {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${folder} is no cloud assembly: it has no manifest.json. Synthesise the stack with \`npx projen synth\`.`);
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function readAssetPaths(folder: string, artifacts: z.infer<typeof manifestSchema>['artifacts']): Map<string, string> {
  const paths = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const manifest = assetManifestSchema.parse(JSON.parse(readFileSync(join(folder, String(artifact.properties.file)), 'utf8')));
    for (const { source, destinations } of Object.values(manifest.files)) {
      for (const { objectKey } of Object.values(destinations)) if (source.path !== undefined) paths.set(objectKey, source.path);
    }
  }
  return paths;
}

function listStacks(folder: string): string[] {
  return Object.entries(readManifest(folder).artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => String(artifact.properties.stackName ?? id));
}
