import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readAssembly, readJson } from './manifest';

const source = z.object({ path: z.string().optional(), directory: z.string().optional(), executable: z.array(z.string()).optional() });
const assetManifest = z.object({
  files: z.record(z.string(), z.object({ source })).default({}),
  dockerImages: z.record(z.string(), z.object({ source })).default({}),
});

/** An assembly may upload only what lies inside it: then its digest covers all that reaches AWS. */
export async function refuseOutsideAssets(assembly: string): Promise<void> {
  const { assetManifests } = await readAssembly(assembly);
  const root = await realpath(assembly);
  for (const { file, folder } of assetManifests) {
    const { files, dockerImages } = assetManifest.parse(await readJson(file));
    for (const asset of [...Object.values(files), ...Object.values(dockerImages)]) {
      if (asset.source.executable) throw refusal(`an asset that the command "${asset.source.executable.join(' ')}" makes during deployment`);
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
  if (inside === '' || inside === '..' || inside.startsWith('../') || isAbsolute(inside)) throw refusal(`the asset ${path}, which lies outside it`);
}

function refusal(what: string): Error {
  return new Error(`Sealing the assembly failed: it refers to ${what}. Delete the assembly's folder, synthesise it anew with npx projen synth:silent, and run no other cdk command before sealing.`);
}
