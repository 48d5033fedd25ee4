import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProgramOptions {
  readonly folder?: string;
  /** All variables of the program; those of this process unless given. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives each line as it comes. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which the program and all that it started are ended. */
  readonly limit?: number;
  /** Ends the program and all that it started. */
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
  /** Exit code; 127 if the program does not exist, 1 if a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  readonly isTimedOut: boolean;
}

export type RunProgram = (
  program: string,
  words: readonly string[],
  options?: ProgramOptions,
) => Promise<Pick<ProgramResult, 'code' | 'output'>>;

/** Milliseconds between asking a program to end and ending it. */
const GRACE = 2_000;

/** Runs a program without a shell and without input, and waits for its end. */
export async function runProgram(
  program: string,
  words: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const { folder, environment, onLine = () => undefined, limit, signal } = options;
  // In a group of its own it can be ended with all that it started; otherwise an interrupt from the terminal reaches it
  // too.
  const isGroup = limit !== undefined || signal !== undefined;
  const child = spawn(program, [...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
    env: environment && { ...environment },
    detached: isGroup,
  });
  const texts = { stdout: '', output: '' };
  const readers = [lineReader(onLine), lineReader(onLine)] as const;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    texts.stdout += chunk;
    texts.output += chunk;
    readers[0].add(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    texts.output += chunk;
    readers[1].add(chunk);
  });
  let isTimedOut = false;
  const stop = () => {
    void endGroup(child, GRACE);
  };
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => {
        isTimedOut = true;
        stop();
      }, limit);
  signal?.addEventListener('abort', stop);
  const code = await new Promise<number>((ended) => {
    child.once('error', (error) => {
      texts.output = error.message;
      ended(127);
    });
    child.once('close', (exitCode) => {
      ended(exitCode ?? 1);
    });
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  for (const reader of readers) reader.end();
  return { code, ...texts, isTimedOut };
}

/** What a program wrote to standard output. Rejects with a sentence if it fails. */
export async function outputOf(
  program: string,
  words: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, output } = await runProgram(program, words, options);
  if (code !== 0) {throw new Error(`${[program, ...words].join(' ')} failed with exit code ${code}: ${lastWords(output)}.`);}
  return stdout;
}

/** The last line that holds text, for a sentence about what went wrong. */
export function lastWords(output: string): string {
  return (
    output
      .trimEnd()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .at(-1)
      ?.replace(/\.$/, '') ?? 'it wrote nothing'
  );
}

/**
 * Asks a detached child and all that it started to end, and ends them if they are still there after `grace`
 * milliseconds.
 */
export async function endGroup(child: ChildProcess, grace: number): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const over = hasEnded() ? Promise.resolve() : new Promise((ended) => { child.once('exit', ended); });
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([over, pause(grace, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(leader: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // All of the group has ended.
  }
}

function lineReader(print: (line: string) => void): { add(text: string): void; end(): void } {
  let rest = '';
  return {
    add: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(print);
    },
    end: () => {
      if (rest !== '') print(rest);
    },
  };
}
