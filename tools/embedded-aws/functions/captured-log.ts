import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One line that a function or the platform around it wrote. */
export interface LogLine {
  /** The function's name, or that of another log. */
  readonly origin: string;
  /** Milliseconds since 1970 at which the line arrived. */
  readonly time: number;
  /** `function`: what its code wrote; `platform`: Lambda's own START, END and REPORT lines and its faults. */
  readonly source: 'function' | 'platform';
  /** Undefined for what is written outside of an invocation. */
  readonly requestId?: string;
  readonly text: string;
}

export interface CapturedLogOptions {
  /** Created if missing; the log is its file `<origin>.log`. */
  readonly folder: string;
  readonly onLine?: ((line: LogLine) => void) | undefined;
  /** Lines kept in memory; the oldest go first. The file keeps them all. */
  readonly keptLines?: number;
}

const DEFAULT_KEPT_LINES = 20_000;

/** The lines of one origin: the latest in memory, all since the start in a file, none on the terminal. */
export class CapturedLog {
  private readonly kept: LogLine[] = [];
  private readonly file;
  private readonly keptLines: number;
  private isClosed = false;

  constructor(private readonly origin: string, private readonly options: CapturedLogOptions) {
    mkdirSync(options.folder, { recursive: true });
    this.file = createWriteStream(join(options.folder, `${origin}.log`), { flags: 'w' });
    this.keptLines = options.keptLines ?? DEFAULT_KEPT_LINES;
  }

  write(source: LogLine['source'], text: string, requestId: string | undefined): void {
    const line = { origin: this.origin, time: Date.now(), source, text, ...(requestId !== undefined && { requestId }) };
    this.kept.push(line);
    // Twice the limit before cutting, so that cutting costs nothing noticeable a line.
    if (this.kept.length >= 2 * this.keptLines) this.kept.splice(0, this.kept.length - this.keptLines);
    if (!this.isClosed) this.file.write(`${text}\n`);
    this.options.onLine?.(line);
  }

  /** Oldest first. */
  lines(): readonly LogLine[] {
    return this.kept.slice(-this.keptLines);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    return new Promise((closed) => {
      this.file.end(closed);
    });
  }
}
