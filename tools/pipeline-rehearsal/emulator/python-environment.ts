import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProgram } from '../../run-program';
import { lastWords } from '../../run-program';

/**
 * What the rehearsal needs from Python's package index. MiniStack is the emulator; trustme makes the certificate that
 * it answers with.
 */
export const REQUIREMENTS = [
  'ministack==1.5.33',
  'trustme==1.2.1',
  'cryptography==50.0.2',
  'aws-sam-translator==1.115.0',
] as const;

/** The lowest that MiniStack takes. */
const LOWEST_PYTHON = '3.10';

export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly programs: string }
  /** Why Python's packages cannot be had here, and what to do: the end of a sentence. */
  | { readonly kind: 'missing'; readonly why: string };

export interface PythonOptions {
  /** The virtual environment, made anew where it does not hold the requirements. */
  readonly folder: string;
  readonly run: RunProgram;
  /** Packages with their versions; those of the rehearsal unless given. */
  readonly requirements?: readonly string[];
  print(line: string): void;
}

/** A virtual environment with the pinned packages; nothing is installed outside its folder. */
export async function preparePython({
  folder,
  run,
  print,
  requirements = REQUIREMENTS,
}: PythonOptions): Promise<PythonEnvironment> {
  const programs = join(folder, 'bin');
  if (await holdsRequirements(folder, requirements)) return { kind: 'ready', programs };
  const refusal = await refusePython(run);
  if (refusal !== undefined) return { kind: 'missing', why: refusal };

  print(`Installing ${requirements.join(', ')} into ${folder} …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const made = await run('python3', ['-m', 'venv', folder]);
  if (made.code !== 0) {
    return {
      kind: 'missing',
      why:
        `python3 -m venv failed (${lastWords(made.output)}): install Python's venv module (on Debian and Ubuntu ` +
        'the package python3-venv)',
    };
  }
  const installed = await run(join(programs, 'python3'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-input',
    '--disable-pip-version-check',
    ...requirements,
  ]);
  if (installed.code !== 0) {
    return {
      kind: 'missing',
      why:
        `pip could not install ${requirements[0] ?? ''} (${lastWords(installed.output)}): let this machine reach a ` +
        'Python package index, or name one in PIP_INDEX_URL',
    };
  }
  await writeFile(markOf(folder), requirements.join('\n'));
  return { kind: 'ready', programs };
}

/** Written last, so that an installation that was cut off counts as none. */
function markOf(folder: string): string {
  return join(folder, 'requirements.txt');
}

async function holdsRequirements(folder: string, requirements: readonly string[]): Promise<boolean> {
  const mark = markOf(folder);
  return existsSync(mark) && (await readFile(mark, 'utf8')) === requirements.join('\n');
}

async function refusePython(run: RunProgram): Promise<string | undefined> {
  const version = await run('python3', [
    '-c',
    `import sys; sys.exit(0 if sys.version_info >= (${LOWEST_PYTHON.replace('.', ', ')}) else 3)`,
  ]);
  if (version.code === 3) return `python3 is older than ${LOWEST_PYTHON}: install Python ${LOWEST_PYTHON} or newer`;
  if (version.code !== 0) return `python3 is missing here: install Python ${LOWEST_PYTHON} or newer with venv and pip`;
  return undefined;
}
