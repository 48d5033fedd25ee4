import type { EventEmitter } from 'node:events';

/** A function's process that has started or ended, by its process id. */
export interface GuardMessage {
  readonly started?: number;
  readonly ended?: number;
}

/** What the guard needs of `process`. */
export interface GuardProcess extends EventEmitter {
  kill(processId: number, signal: 'SIGKILL'): void;
  exit(code: number): void;
}

/**
 * Ends the processes that outlive the embedded cloud. They end by themselves when their message channel closes, except one whose handler
 * keeps its thread busy, which would run on for ever.
 */
export function watchForOrphans(host: GuardProcess): void {
  const running = new Set<number>();
  host.on('message', ({ started, ended }: GuardMessage) => {
    if (started !== undefined) running.add(started);
    if (ended !== undefined) running.delete(ended);
  });
  // A terminal interrupts this process too, and it has yet to wait for the embedded cloud's end.
  host.on('SIGINT', () => undefined);
  host.on('disconnect', () => {
    for (const processId of running) {
      try {
        host.kill(processId, 'SIGKILL');
      } catch {
        // It has ended by itself, as most do.
      }
    }
    host.exit(0);
  });
}
