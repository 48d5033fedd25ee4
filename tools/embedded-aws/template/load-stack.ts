import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { isJsonObject } from './json-object';
import type { StackResource, StackTemplate } from './stack-template';
import type { TemplateDocument } from './template-document';
import { parseTemplate } from './template-document';
import { TemplateResolver } from './template-resolver';

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
interface AssembledStack {
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

/** Where the stack is said to run. A template that was synthesised for a known account and region keeps those. */
export interface StackPlace {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The AWS endpoint's address, for example `http://127.0.0.1:4566`: queue URLs start with it. */
  readonly endpoint: string;
}

/**
 * Reads a stack from a cloud assembly, with every intrinsic resolved; anything that cannot be is an error that names
 * it.
 */
export function loadStack(assemblyFolder: string, name: string, place: StackPlace): StackTemplate {
  const stack = readAssembledStack(assemblyFolder, name);
  const { stackName } = stack;
  const account = stack.account ?? place.account;
  const region = stack.region ?? place.region;
  const resolver = new TemplateResolver(stack.template, { stackName, account, region, endpoint: place.endpoint });
  const resources = resolver.resources();
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  return {
    stackName,
    account,
    region,
    resources,
    outputs: resolver.outputs(),
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byLogicalId: (logicalId) => {
      const resource = byId.get(logicalId);
      if (!resource) throw new Error(`The stack ${stackName} has no resource ${logicalId}.`);
      return resource;
    },
    codeFolder: (functionResource) => codeFolder(stack, functionResource),
  };
}

function codeFolder(stack: AssembledStack, { logicalId, properties, metadata }: StackResource): string {
  const key = isJsonObject(properties.Code) ? properties.Code.S3Key : undefined;
  const path = metadata['aws:asset:path'] ?? (typeof key === 'string' ? stack.assetPaths.get(key) : undefined);
  if (typeof path !== 'string') {
    throw new Error(
      `The code of ${logicalId} is in no asset of the assembly ${stack.folder}: give the function code from a `
        + 'folder, not inline or from elsewhere.',
    );
  }
  return assetFolder(stack, path, logicalId);
}

/** Finds a stack by its name or artifact id, in nested assemblies (CDK stages) too. */
function readAssembledStack(assemblyFolder: string, stackName: string): AssembledStack {
  const folder = resolve(assemblyFolder);
  const found = findStack(folder, stackName);
  if (found) return found;
  throw new Error(
    `Finding the stack ${stackName} failed: it is not in ${folder}, which has `
      + `${listStacks(folder).join(', ') || 'none'}. Synthesise it with \`npx projen synth\`.`,
  );
}

/** The folder of an asset, which must lie inside the assembly: what lies outside was not bundled for deployment. */
function assetFolder(stack: AssembledStack, path: string, owner: string): string {
  const folder = resolve(stack.folder, path);
  const missing = `The code of ${owner} is expected in ${folder}, but`;
  if (!existsSync(folder)) throw new Error(`${missing} the folder does not exist: synthesise the stack again.`);
  if (relative(realpathSync(stack.folder), realpathSync(folder)).startsWith('..')) {
    throw new Error(
      `${missing} that is outside the assembly ${stack.folder}: synthesise the stack again, with bundling.`,
    );
  }
  if (!statSync(folder).isDirectory()) {
    throw new Error(`${missing} that is a file: give the function a folder of code.`);
  }
  return folder;
}

function findStack(folder: string, stackName: string): AssembledStack | undefined {
  const { artifacts } = readManifest(folder);
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (artifact.type === 'cdk:cloud-assembly') {
      const nested = findStack(join(folder, String(artifact.properties.directoryName)), stackName);
      if (nested) return nested;
    }
    if (
      artifact.type !== 'aws:cloudformation:stack' ||
      (id !== stackName && artifact.properties.stackName !== stackName)
    ) {
      continue;
    }
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
  if (!existsSync(file)) {
    throw new Error(
      `${folder} is not a cloud assembly: it has no manifest.json. Synthesise the stack with \`npx projen synth\`.`,
    );
  }
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function readAssetPaths(folder: string, artifacts: z.infer<typeof manifestSchema>['artifacts']): Map<string, string> {
  const paths = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const manifest = assetManifestSchema.parse(
      JSON.parse(readFileSync(join(folder, String(artifact.properties.file)), 'utf8')),
    );
    for (const { source, destinations } of Object.values(manifest.files)) {
      for (const { objectKey } of Object.values(destinations)) {
        if (source.path !== undefined) paths.set(objectKey, source.path);
      }
    }
  }
  return paths;
}

function listStacks(folder: string): string[] {
  return Object.entries(readManifest(folder).artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => String(artifact.properties.stackName ?? id));
}
