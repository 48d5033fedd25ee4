import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { outputOf } from '../../run-program';
import { readJson } from './manifest';

const tasksFile = z.object({
  tasks: z.record(z.string(), z.object({
    steps: z.array(z.object({ execArgs: z.array(z.string()).optional() })).optional(),
  })),
});
const metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });

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
async function bundleCommands(checkout: string): Promise<ReadonlyArray<readonly string[]>> {
  const { tasks } = tasksFile.parse(await readJson(join(checkout, '.projen', 'tasks.json')));
  return Object.entries(tasks)
    .filter(([name]) => /^bundle:.*\.lambda$/.test(name))
    .flatMap(([, { steps = [] }]) => steps.flatMap(({ execArgs }) => (execArgs ? [execArgs] : [])));
}

async function bundle(checkout: string, command: readonly string[], scratch: string): Promise<BundledFunction> {
  const outfile = command.find((word) => word.startsWith('--outfile=')) ?? '';
  const name = basename(dirname(outfile)).replace(/\.lambda$/, '');
  const [code, inputs] = [join(scratch, `${name}.js`), join(scratch, `${name}.json`)];
  const [program = 'esbuild', ...words] = command.filter((word) => word !== outfile);
  await outputOf(join(checkout, 'node_modules', '.bin', program), [
    ...words, `--outfile=${code}`, `--metafile=${inputs}`, '--log-level=warning',
  ], { folder: checkout });
  const paths = Object.keys(metafile.parse(await readJson(inputs)).inputs);
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

/** In hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  return createHash('sha256').update(await readFile(file)).digest('hex');
}
