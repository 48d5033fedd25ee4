import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, realpath } from 'node:fs/promises';
import { dirname, join, isAbsolute, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { outputOf } from '../../run-program';
import { changedFiles, treeHash } from '../working-tree';
import { readAssembly, readJson } from './manifest';

const source = z.object({
  path: z.string().optional(),
  directory: z.string().optional(),
  executable: z.array(z.string()).optional(),
});
const assetManifest = z.object({
  files: z.record(z.string(), z.object({ source })).default({}),
  dockerImages: z.record(z.string(), z.object({ source })).default({}),
});

interface Verification {
  readonly checkout: string;
  readonly archive: string;
  /** What the archive's SHA-256 must be. */
  readonly digest: string;
  /** The folder to open it into; an assembly that lies there is replaced. */
  readonly assembly: string;
}

export interface Seal {
  /** SHA-256 of the archive, in hexadecimal. */
  readonly digest: string;
  /** Hash of the git tree that the assembly was made from. */
  readonly tree: string;
}

/** Packs an assembly into one file whose digest stands for every byte that a deployment from it can use. */
export async function sealAssembly(options: {
  readonly checkout: string;
  readonly assembly: string;
  readonly archive: string;
}): Promise<Seal> {
  const { checkout, assembly, archive } = options;
  const changed = await changedFiles(checkout);
  if (changed.length > 0) {
    throw new Error(
      `Sealing the assembly failed: ${changed.slice(0, 10).join(', ')} differ from the commit, so that its hash `
        + 'would name another content. Commit them or take them back, then synthesise and seal again.',
    );
  }
  await refuseOutsideAssets(assembly);
  await mkdir(dirname(archive), { recursive: true });
  await outputOf('tar', ['-czf', archive, '-C', assembly, '.'], { folder: checkout });
  return { digest: await archiveDigest(archive), tree: await treeHash(checkout) };
}

/** SHA-256 of a file, in hexadecimal. */
export async function archiveDigest(archive: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  return hash.digest('hex');
}

/** Opens a sealed assembly, unless a byte of it differs from what was sealed. */
export async function verifyAssembly({ checkout, archive, digest, assembly }: Verification): Promise<void> {
  if (!existsSync(archive)) {
    throw new Error(`Verifying the assembly failed: ${archive} does not exist. Look at the step that fetches it.`);
  }
  const found = await archiveDigest(archive);
  if (found !== digest) {
    throw new Error(
      `Verifying the assembly failed: its SHA-256 is ${found}, but ${digest} was sealed, so that it is not what was `
        + 'built and tested. Do not deploy it: find out who changed it, then start again from a new build.',
    );
  }
  await clear(assembly);
  await mkdir(assembly, { recursive: true });
  await outputOf('tar', ['-xzf', archive, '-C', assembly], { folder: checkout });
  await refuseOutsideAssets(assembly);
}

async function clear(folder: string): Promise<void> {
  const entries = existsSync(folder) ? await readdir(folder) : [];
  if (entries.length > 0 && !existsSync(join(folder, 'manifest.json'))) {
    throw new Error(
      `Verifying the assembly failed: ${folder} has files that are not an assembly and would be lost. Name another `
        + 'folder with --assembly.',
    );
  }
  await rm(folder, { recursive: true, force: true });
}

/** An assembly may upload only what lies inside it: then its digest covers all that reaches AWS. */
export async function refuseOutsideAssets(assembly: string): Promise<void> {
  const { assetManifests } = await readAssembly(assembly);
  const root = await realpath(assembly);
  for (const { file, folder } of assetManifests) {
    const { files, dockerImages } = assetManifest.parse(await readJson(file));
    for (const asset of [...Object.values(files), ...Object.values(dockerImages)]) {
      if (asset.source.executable) {
        throw refusal(`an asset that the command "${asset.source.executable.join(' ')}" makes during deployment`);
      }
      for (const path of [asset.source.path, asset.source.directory]) {
        if (path !== undefined) await refuseOutside(root, resolve(folder, path));
      }
    }
  }
}

async function refuseOutside(root: string, path: string): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) throw refusal(`the asset ${path}, which does not exist`);
  const inside = relative(root, real);
  if (inside === '' || inside === '..' || inside.startsWith('../') || isAbsolute(inside)) {
    throw refusal(`the asset ${path}, which lies outside it`);
  }
}

function refusal(what: string): Error {
  return new Error(
    `Sealing the assembly failed: it refers to ${what}. Delete the assembly's folder, synthesise it anew with npx `
      + 'projen synth:silent, and run no other cdk command before sealing.',
  );
}
