import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { outputOf } from '../../run-program';
import { changedFiles, treeHash } from '../working-tree';
import { refuseOutsideAssets } from './assets';

export interface Seal {
  /** SHA-256 of the archive, in hexadecimal. */
  readonly digest: string;
  /** Hash of the git tree that the assembly was made from. */
  readonly tree: string;
}

/** Packs an assembly into one file whose digest stands for every byte that a deployment from it can use. */
export async function sealAssembly(options: { readonly checkout: string; readonly assembly: string; readonly archive: string }): Promise<Seal> {
  const { checkout, assembly, archive } = options;
  const changed = await changedFiles(checkout);
  if (changed.length > 0) {
    throw new Error(`Sealing the assembly failed: ${changed.slice(0, 10).join(', ')} differ from the commit, so that its hash would name another content. Commit them or take them back, then synthesise and seal again.`);
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
