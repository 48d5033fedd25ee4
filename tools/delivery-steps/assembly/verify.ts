import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from '../../run-program';
import { refuseOutsideAssets } from './assets';
import { archiveDigest } from './seal';

export interface Verification {
  readonly checkout: string;
  readonly archive: string;
  /** What the archive's SHA-256 must be. */
  readonly digest: string;
  /** The folder to open it into; an assembly that lies there is replaced. */
  readonly assembly: string;
}

/** Opens a sealed assembly, unless a byte of it differs from what was sealed. */
export async function verifyAssembly({ checkout, archive, digest, assembly }: Verification): Promise<void> {
  if (!existsSync(archive)) throw new Error(`Verifying the assembly failed: ${archive} does not exist. Look at the step that fetches it.`);
  const found = await archiveDigest(archive);
  if (found !== digest) {
    throw new Error(`Verifying the assembly failed: its SHA-256 is ${found}, but ${digest} was sealed, so that it is not what was built and tested. Do not deploy it: find out who changed it, then start again from a new build.`);
  }
  await clear(assembly);
  await mkdir(assembly, { recursive: true });
  await outputOf('tar', ['-xzf', archive, '-C', assembly], { folder: checkout });
  await refuseOutsideAssets(assembly);
}

async function clear(folder: string): Promise<void> {
  const entries = existsSync(folder) ? await readdir(folder) : [];
  if (entries.length > 0 && !existsSync(join(folder, 'manifest.json'))) {
    throw new Error(`Verifying the assembly failed: ${folder} has files that are no assembly and would be lost. Name another folder with --assembly.`);
  }
  await rm(folder, { recursive: true, force: true });
}
