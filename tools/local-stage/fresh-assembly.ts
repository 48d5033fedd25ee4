import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../run-program';

/** What the assembly is made from; anything newer than the assembly makes it stale. */
const SOURCES = ['src', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.dev.json'];

/**
 * The assembly that a deployment would use, synthesised anew if a source is younger than it. Answers the assembly's
 * absolute folder. Rejects with the tool's own last lines if the synthesis fails.
 */
export async function freshAssembly(projectFolder: string, onProgress: (line: string) => void): Promise<string> {
  const folder = join(projectFolder, 'cdk.out');
  const manifest = join(folder, 'manifest.json');
  const youngest = Math.max(...SOURCES.map((source) => youngestChange(join(projectFolder, source))));
  if (existsSync(manifest) && statSync(manifest).mtimeMs > youngest) {
    onProgress('The synthesised stack is up to date.');
    return folder;
  }
  onProgress('Bundling the functions and synthesising the stack …');
  await synthesise(projectFolder);
  return folder;
}

/** Milliseconds since 1970; folders count too, because removing a file changes only its folder. */
function youngestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => youngestChange(join(path, name))));
}

async function synthesise(projectFolder: string): Promise<void> {
  const { code, output } = await runProgram('npx', ['cdk', 'synth', '--quiet'], { folder: projectFolder });
  if (code === 0) return;
  const lastLines = output.trimEnd().split('\n').slice(-20).join('\n');
  throw new Error(
    `Synthesising the stack failed (exit code ${code}). Correct what the tool reports, then try again:\n${lastLines}`,
  );
}
