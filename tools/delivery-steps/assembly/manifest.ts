import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  artifacts: z.record(z.string(), z.object({
    type: z.string(),
    /** `aws://ACCOUNT/REGION`, either of them unknown where a deployment decides. */
    environment: z.string().optional(),
    displayName: z.string().optional(),
    properties: z.object({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      file: z.string().optional(),
      directoryName: z.string().optional(),
    }).optional(),
  })).default({}),
});

/** What a CDK assembly consists of, nested assemblies included; all paths are absolute or relative as `folder` is. */
export interface AssemblyContents {
  readonly stacks: ReadonlyArray<{ readonly name: string; readonly templateFile: string; readonly region?: string }>;
  readonly assetManifests: ReadonlyArray<{ readonly file: string; readonly folder: string }>;
}

export async function readAssembly(folder: string): Promise<AssemblyContents> {
  const { artifacts } = manifest.parse(await readJson(join(folder, 'manifest.json')));
  const entries = Object.entries(artifacts).map(([id, artifact]) => ({ id, ...artifact, ...artifact.properties }));
  const nested = await Promise.all(entries.flatMap(({ type, directoryName }) =>
    type === 'cdk:cloud-assembly' && directoryName !== undefined ? [readAssembly(join(folder, directoryName))] : []));
  return {
    stacks: [
      ...entries.flatMap(({ id, type, templateFile, stackName, displayName, environment }) =>
        type === 'aws:cloudformation:stack' && templateFile !== undefined
          ? [
            {
              name: stackName ?? displayName ?? id,
              templateFile: join(folder, templateFile),
              ...regionOf(environment),
            },
          ]
          : [],
      ),
      ...nested.flatMap(({ stacks }) => stacks),
    ],
    assetManifests: [
      ...entries.flatMap(({ type, file }) =>
        type === 'cdk:asset-manifest' && file !== undefined ? [{ file: join(folder, file), folder }] : [],
      ),
      ...nested.flatMap(({ assetManifests }) => assetManifests),
    ],
  };
}

function regionOf(environment = ''): { readonly region?: string } {
  const region = environment.split('/').at(-1) ?? '';
  return region === '' || region === 'unknown-region' ? {} : { region };
}

export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(
      `Reading the assembly failed: ${file} is missing or no JSON. Synthesise it anew with npx projen synth:silent.`,
      { cause },
    );
  }
}
