import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Largest answer of `npm` or `git` that is read, in bytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** Runs a program without a shell and answers what it wrote. */
export async function runCommand(folder: string, program: string, words: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, [...words], { cwd: folder, maxBuffer: LARGEST_ANSWER });
  return stdout;
}
