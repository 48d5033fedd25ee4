import type { GuardMessage } from '../runtime-protocol';

/**
 * The first file of the process that ends functions' processes which outlive the embedded cloud. They end by themselves
 * when their message channel closes, except one whose handler keeps its thread busy, which would run on for ever.
 */
const running = new Set<number>();

process.on('message', ({ started, ended }: GuardMessage) => {
  if (started !== undefined) running.add(started);
  if (ended !== undefined) running.delete(ended);
});
// A terminal interrupts this process too, and it has yet to wait for the embedded cloud's end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  for (const processId of running) {
    try {
      process.kill(processId, 'SIGKILL');
    } catch {
      // It has ended by itself, as most do.
    }
  }
  process.exit(0);
});
