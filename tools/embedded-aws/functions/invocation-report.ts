import type { FunctionDefinition } from './function-definition';

export const INVOCATION_STATUSES = ['success', 'error', 'timeout', 'crash'] as const;
export type InvocationStatus = (typeof INVOCATION_STATUSES)[number];

/** What an invocation cost, as Lambda's REPORT line has it. */
export interface InvocationReport {
  readonly functionName: string;
  readonly requestId: string;
  readonly status: InvocationStatus;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMilliseconds: number;
  /** Starting the process and loading the code; only in a process's first invocation. */
  readonly initMilliseconds?: number;
  /** Processor time; unknown of a process that ended in the middle. */
  readonly cpuMilliseconds?: number;
  readonly billedMilliseconds: number;
  readonly memorySizeMegabytes: number;
  /** The most that the process held since it started. */
  readonly maxMemoryUsedMegabytes: number;
  /** Billed time by memory size, in GB-seconds of 1,024 MB. */
  readonly gigabyteSeconds: number;
}

export interface InvocationMeasures {
  readonly requestId: string;
  readonly status: InvocationStatus;
  readonly startedAt: number;
  readonly durationMilliseconds: number;
  readonly initMilliseconds?: number | undefined;
  readonly cpuMicroseconds?: number | undefined;
  readonly residentBytes: number;
}

const BYTES_PER_MEGABYTE = 1024 * 1024;

export function invocationReport(definition: FunctionDefinition, measures: InvocationMeasures): InvocationReport {
  const { requestId, status, startedAt, durationMilliseconds, initMilliseconds, cpuMicroseconds } = measures;
  // Lambda bills the init phase too since August 2025.
  const billedMilliseconds = Math.ceil(durationMilliseconds + (initMilliseconds ?? 0));
  return {
    functionName: definition.name,
    requestId,
    status,
    startedAt,
    durationMilliseconds,
    ...(initMilliseconds !== undefined && { initMilliseconds }),
    ...(cpuMicroseconds !== undefined && { cpuMilliseconds: cpuMicroseconds / 1000 }),
    billedMilliseconds,
    memorySizeMegabytes: definition.memoryMegabytes,
    maxMemoryUsedMegabytes: Math.ceil(measures.residentBytes / BYTES_PER_MEGABYTE),
    gigabyteSeconds: billedMilliseconds / 1000 * definition.memoryMegabytes / 1024,
  };
}

/** The line that Lambda writes to the function's log after each invocation. */
export function reportLine(report: InvocationReport): string {
  const fields = [
    `Duration: ${report.durationMilliseconds.toFixed(2)} ms`,
    `Billed Duration: ${report.billedMilliseconds} ms`,
    `Memory Size: ${report.memorySizeMegabytes} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMegabytes} MB`,
    ...(report.initMilliseconds === undefined ? [] : [`Init Duration: ${report.initMilliseconds.toFixed(2)} ms`]),
    ...(report.status === 'success' ? [] : [`Status: ${report.status === 'timeout' ? 'timeout' : 'error'}`]),
  ];
  return `REPORT RequestId: ${report.requestId}\t${fields.join('\t')}`;
}
