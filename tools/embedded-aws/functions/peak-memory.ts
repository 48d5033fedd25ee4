import { readFileSync } from 'node:fs';

/** The most memory that a process ever held, in bytes, where the system tells it (Linux); undefined elsewhere or when it has ended. */
export function peakMemory(processId: number | undefined): number | undefined {
  if (processId === undefined) return undefined;
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
