import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgram } from '../run-program';
import { lastWords } from '../run-program';

const PACKAGE_FILES = ['package.json', 'package-lock.json'] as const;

export interface LinterOptions {
  readonly projectFolder: string;
  readonly run: RunProgram;
  print(line: string): void;
}

/** Where the linters' settings are. */
export function linterSettings(projectFolder: string): string {
  return join(projectFolder, 'tools/api-checks/linters');
}

/**
 * Installs the linters by their own lock file into a folder that git ignores, unless they are there; answers the folder
 * of their programs. No package's script runs.
 */
export async function installLinters({ projectFolder, run, print }: LinterOptions): Promise<string> {
  const source = linterSettings(projectFolder);
  const folder = join(projectFolder, '.local/api-linters');
  const programs = join(folder, 'node_modules/.bin');
  const mark = join(folder, 'installed.json');
  const wanted = readFileSync(join(source, 'package-lock.json'), 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return programs;
  print('Installing the linters …');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of PACKAGE_FILES) copyFileSync(join(source, file), join(folder, file));
  const installed = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { folder });
  if (installed.code !== 0) {
    throw new Error(
      `Installing the linters failed (${lastWords(installed.output)}): let this machine reach an npm registry, then `
        + 'run it again.',
    );
  }
  // Written last, so that an installation that was cut off counts as none.
  writeFileSync(mark, wanted);
  return programs;
}
