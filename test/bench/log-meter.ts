import type { LogLine } from '../../tools/embedded-aws/functions/captured-log';

/** What has been written to logs so far. */
export interface LogVolume {
  readonly bytes: number;
  readonly lines: number;
}

/** Of Lambda's own lines the production stage's level (WARN) keeps those of calls that failed. */
function isOfSuccess(text: string): boolean {
  return /^(?:START|END) RequestId/.test(text) || (text.startsWith('REPORT ') && !text.includes('\tStatus: '));
}

/** Counts what functions, Lambda and the API's access log write, and which functions are at work. */
export class LogMeter {
  private bytes = 0;
  private lines = 0;
  private readonly byOrigin = new Map<string, number>();
  private readonly atWork = new Map<string, number>();

  hear({ text, source, origin }: LogLine): void {
    if (source !== 'platform' || !isOfSuccess(text)) this.count(origin, Buffer.byteLength(text) + 1);
    if (source !== 'platform') return;
    if (text.startsWith('START ')) this.add(origin, 1);
    if (text.startsWith('REPORT ')) this.add(origin, -1);
  }

  volume(): LogVolume {
    return { bytes: this.bytes, lines: this.lines };
  }

  /** By function, or by the name of another log. */
  bytesByOrigin(): ReadonlyMap<string, number> {
    return new Map(this.byOrigin);
  }

  /** Invocations of a function that have begun and not ended. */
  invocationsOf(functionName: string): number {
    return this.atWork.get(functionName) ?? 0;
  }

  private count(origin: string, bytes: number): void {
    this.bytes += bytes;
    this.byOrigin.set(origin, (this.byOrigin.get(origin) ?? 0) + bytes);
    this.lines += 1;
  }

  private add(functionName: string, change: number): void {
    this.atWork.set(functionName, this.invocationsOf(functionName) + change);
  }
}
