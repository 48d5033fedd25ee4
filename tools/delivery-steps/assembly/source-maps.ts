import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleCommands, requireSameCode, runBundler, sha256Of } from './bundled-functions';

/**
 * Writes `<output>/<function>/index.js.map` for every function of a synthesised assembly, and answers the functions'
 * names. Each is bundled again by its own task, and must be byte by byte what the assembly holds: a map of other code
 * would name wrong lines. The maps hold positions and file names, and no source.
 */
export async function writeSourceMaps(checkout: string, assembly: string, output: string): Promise<readonly string[]> {
  const made = await Promise.all((await bundleCommands(checkout)).map(async ({ name, words }) => {
    const folder = join(output, name);
    const code = join(folder, 'index.js');
    await mkdir(folder, { recursive: true });
    await runBundler(checkout, words, [`--outfile=${code}`, '--sourcemap=external', '--sources-content=false']);
    return { name, code, digest: await sha256Of(code) };
  }));
  await requireSameCode(assembly, made.map(({ digest }) => digest), 'Making the source maps');
  await Promise.all(made.map(async ({ code }) => rm(code)));
  return made.map(({ name }) => name);
}
