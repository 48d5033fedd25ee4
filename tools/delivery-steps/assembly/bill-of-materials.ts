import { join } from 'node:path';
import { z } from 'zod';
import { outputOf } from '../../run-program';
import type { BundledFunction } from './bundled-functions';
import { bundledFunctions, requireSameCode } from './bundled-functions';
import { readJson } from './manifest';

const manifest = z.object({
  name: z.string(), version: z.string(), license: z.string().optional(), description: z.string().optional(),
});
const lockFile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional() })),
});

interface Hash {
  readonly alg: 'SHA-256' | 'SHA-512';
  /** Hexadecimal. */
  readonly content: string;
}

interface Component {
  readonly 'type': 'application' | 'library';
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version'?: string;
  readonly 'purl'?: string;
  readonly 'licenses'?: ReadonlyArray<{ readonly expression: string }>;
  readonly 'hashes'?: readonly Hash[];
}

/** A bill of materials as CycloneDX 1.6 has it (https://cyclonedx.org/docs/1.6/json), as far as this one goes. */
export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: ReadonlyArray<{ readonly ref: string; readonly dependsOn: readonly string[] }>;
}

/**
 * Lists what the functions of a synthesised assembly consist of: not what is installed, but what the bundler put into
 * them. Each function is bundled again by its own task, and must be byte by byte what the assembly holds.
 */
export async function billOfMaterials(checkout: string, assembly: string): Promise<BillOfMaterials> {
  const functions = await bundledFunctions(checkout);
  await requireSameCode(assembly, functions.map(({ digest }) => digest), 'Listing what ships');
  return describe(checkout, functions);
}

async function describe(checkout: string, functions: readonly BundledFunction[]): Promise<BillOfMaterials> {
  const { packages: locked } = lockFile.parse(await readJson(join(checkout, 'package-lock.json')));
  const folders = [...new Set(functions.flatMap(({ packages }) => packages))].sort();
  const libraries = new Map(await Promise.all(folders.map(async (folder) =>
    [folder, await library(checkout, folder, locked[folder]?.integrity)] as const)));
  const app = manifest.parse(await readJson(join(checkout, 'package.json')));
  const timestamp = (await outputOf('git', ['show', '--no-patch', '--format=%cI', 'HEAD'], { folder: checkout })).trim();
  const root = `pkg:npm/${app.name}@${app.version}`;
  const refs = (packages: readonly string[]) =>
    [...new Set(packages.flatMap((folder) => libraries.get(folder)?.['bom-ref'] ?? []))];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    // The commit's time: the same commit gives the same list.
    metadata: { timestamp, component: { 'type': 'application', 'bom-ref': root, 'name': app.name, 'version': app.version } },
    components: [
      ...functions.map(({ name, digest }): Component => ({
        'type': 'application', 'bom-ref': `function:${name}`, name, 'hashes': [{ alg: 'SHA-256', content: digest }],
      })),
      // A package that is installed twice in one version is one component.
      ...new Map([...libraries.values()].map((one) => [one['bom-ref'], one])).values(),
    ],
    dependencies: [
      { ref: root, dependsOn: functions.map(({ name }) => `function:${name}`) },
      ...functions.map(({ name, packages }) => ({ ref: `function:${name}`, dependsOn: refs(packages) })),
    ],
  };
}

async function library(checkout: string, folder: string, integrity: string | undefined): Promise<Component> {
  const { name, version, license } = manifest.parse(await readJson(join(checkout, folder, 'package.json')));
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [, sha512] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  return {
    'type': 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    ...(sha512 !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }],
    }),
  };
}
