import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { pageOptions } from '../../console-page/build-page';
import { outputOf } from '../../run-program';
import { readAssembly, readJson } from './manifest';

const tasksFile = z.object({
  tasks: z.record(z.string(), z.object({
    steps: z.array(z.object({ execArgs: z.array(z.string()).optional() })).optional(),
  })),
});
const metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });
const assetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string(), packaging: z.string() }) })),
});

/** How the build makes one function's code. */
interface BundleCommand {
  readonly name: string;
  /** The bundler's command line without its output. */
  readonly words: readonly string[];
}

/** A function's code as the bundler makes it. */
export interface BundledFunction {
  readonly name: string;
  /** SHA-256 of its code, in hexadecimal. */
  readonly digest: string;
  /** Folders of the packages in it, from the checkout's. */
  readonly packages: readonly string[];
}

/** Bundles every function anew by its own task, to see what is in it. */
export async function bundledFunctions(checkout: string): Promise<readonly BundledFunction[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'bundles-'));
  try {
    const commands = await bundleCommands(checkout);
    return await Promise.all(commands.map(async (command) => bundle(checkout, command, scratch)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The bundler's command lines, as the build runs them. */
export async function bundleCommands(checkout: string): Promise<readonly BundleCommand[]> {
  const { tasks } = tasksFile.parse(await readJson(join(checkout, '.projen', 'tasks.json')));
  return Object.entries(tasks)
    .filter(([name]) => /^bundle:.*\.lambda$/.test(name))
    .flatMap(([, { steps = [] }]) => steps.flatMap(({ execArgs }) => (execArgs ? [commandOf(execArgs)] : [])));
}

function commandOf(execArgs: readonly string[]): BundleCommand {
  const outfile = execArgs.find((word) => word.startsWith('--outfile=')) ?? '';
  return {
    name: basename(dirname(outfile)).replace(/\.lambda$/, ''), words: execArgs.filter((word) => word !== outfile),
  };
}

/** Runs the bundler as the build does, with an output of its own. */
export async function runBundler(
  checkout: string, [program = 'esbuild', ...words]: readonly string[], output: readonly string[],
): Promise<void> {
  await outputOf(
    join(checkout, 'node_modules', '.bin', program), [...words, ...output, '--log-level=warning'],
    { folder: checkout },
  );
}

/** Beside whose code the console's page lies. */
const PAGE_FUNCTION = 'console';

/** The files that the page is made of. */
async function pageInputs(checkout: string): Promise<readonly string[]> {
  const { metafile: made } = await build({ ...pageOptions(checkout, true), metafile: true });
  return Object.keys(made.inputs);
}

async function bundle(checkout: string, { name, words }: BundleCommand, scratch: string): Promise<BundledFunction> {
  const [code, inputs] = [join(scratch, `${name}.js`), join(scratch, `${name}.json`)];
  await runBundler(checkout, words, [`--outfile=${code}`, `--metafile=${inputs}`]);
  const own = Object.keys(metafile.parse(await readJson(inputs)).inputs);
  const paths = name === PAGE_FUNCTION ? [...own, ...(await pageInputs(checkout))] : own;
  return {
    name,
    digest: await sha256Of(code),
    packages: [...new Set(paths.flatMap((path) => packageFolder(path) ?? []))].sort(),
  };
}

/** The innermost package that a file belongs to; undefined for our own source. */
function packageFolder(path: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** Refuses an assembly whose code is other than what was bundled; `attempted` begins the sentence. */
export async function requireSameCode(
  assembly: string, digests: readonly string[], attempted: string,
): Promise<void> {
  const { assetManifests } = await readAssembly(assembly);
  const folders = new Set<string>();
  for (const { file, folder } of assetManifests) {
    for (const { source } of Object.values(assetManifest.parse(await readJson(file)).files)) {
      if (source.packaging === 'zip') folders.add(resolve(folder, source.path));
    }
  }
  const known = new Set(digests);
  for (const folder of folders) {
    if (known.has(await sha256Of(join(folder, 'index.js')))) continue;
    throw new Error(
      `${attempted} failed: the code in ${folder} is not what the bundler makes of this checkout. `
      + 'Run npx projen bundle and npx projen synth:silent, then try again.',
    );
  }
  if (folders.size > 0) return;
  throw new Error(
    `${attempted} failed: the assembly ${assembly} holds no code. Synthesise it anew with npx projen synth:silent.`,
  );
}

/** In hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  return createHash('sha256').update(await readFile(file)).digest('hex');
}
