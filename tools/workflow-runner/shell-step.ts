import { spawn } from 'node:child_process';

export interface ShellStep {
  readonly script: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds after which the script and all that it started is killed. */
  readonly limit: number;
  /** Ends the script and all that it started. */
  readonly signal?: AbortSignal;
  print(line: string): void;
}

/** Milliseconds between asking a script to end and ending it. */
const GRACE = 2_000;

export type ShellOutcome = 'success' | 'failure' | 'timeout';

/** Runs a script as GitHub's runners do: bash that ends at the first failing command. */
export async function runScript({ script, folder, environment, limit, signal, print }: ShellStep): Promise<ShellOutcome> {
  const child = spawn('bash', ['-e', '-c', script], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const readers = [lineReader(print), lineReader(print)] as const;
  child.stdout.on('data', readers[0].add);
  child.stderr.on('data', readers[1].add);
  let late = false;
  const endGroup = () => {
    killGroup(child.pid, 'SIGTERM');
    setTimeout(() => { killGroup(child.pid, 'SIGKILL'); }, GRACE).unref();
  };
  const timer = setTimeout(() => {
    late = true;
    endGroup();
  }, limit);
  signal?.addEventListener('abort', endGroup);
  const code = await new Promise<number | null>((ended, failed) => {
    child.once('error', failed);
    child.once('close', ended);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', endGroup);
  });
  for (const reader of readers) reader.end();
  if (late) return 'timeout';
  return code === 0 ? 'success' : 'failure';
}

function killGroup(leader: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The group has ended already.
  }
}

function lineReader(print: (line: string) => void): { add(chunk: Buffer): void; end(): void } {
  let rest = '';
  return {
    add: (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(print);
    },
    end: () => {
      if (rest !== '') print(rest);
    },
  };
}
