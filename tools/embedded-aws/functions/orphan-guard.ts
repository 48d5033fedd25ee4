import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { GuardMessage } from './runtime-protocol';

/**
 * Knows of every process that runs, so that a small process of its own can end them should this one die without a
 * chance to.
 */
export class OrphanGuard {
  private readonly guard: ChildProcess;

  constructor(script: string) {
    this.guard = fork(script, [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    // It may neither keep this process alive nor end it by an error of its own.
    this.guard.unref();
    this.guard.channel?.unref();
    this.guard.on('error', () => undefined);
  }

  watch(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    this.send({ started: pid });
    child.once('exit', () => { this.send({ ended: pid }); });
  }

  async stop(): Promise<void> {
    if (this.guard.exitCode !== null || this.guard.signalCode !== null) return;
    await new Promise((stopped) => {
      this.guard.once('exit', stopped);
      this.guard.ref();
      this.guard.kill('SIGKILL');
    });
  }

  private send(message: GuardMessage): void {
    if (this.guard.connected) this.guard.send(message, () => undefined);
  }
}
