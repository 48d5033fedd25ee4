import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ProgramResult {
  /** Exit code; 127 where there is no such program. */
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export type RunProgram = (program: string, words: readonly string[], options?: ProgramOptions) => Promise<ProgramResult>;

/** Runs a program without a shell and without input, and waits for its end. */
export const runProgram: RunProgram = async (program, words, options = {}) => new Promise((ended) => {
  const child = spawn(program, [...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
    ...(options.environment === undefined ? {} : { env: { ...options.environment } }),
  });
  let output = '';
  const keep = (chunk: Buffer) => { output += chunk.toString('utf8'); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', (error) => { ended({ code: 127, output: error.message }); });
  child.once('close', (code) => { ended({ code: code ?? 1, output }); });
});

/** The last line that says something, for a sentence about what went wrong. */
export function lastWords(output: string): string {
  return output.trimEnd().split('\n').map((line) => line.trim()).filter((line) => line !== '').at(-1)?.replace(/\.$/, '') ?? 'it said nothing';
}
