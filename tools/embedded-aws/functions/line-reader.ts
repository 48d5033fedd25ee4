import type { Readable } from 'node:stream';
import { endOfLines } from './runtime-protocol';

/** Cuts a process's output into lines and knows when all that an invocation wrote has arrived. */
export class LineReader {
  private rest = '';
  private hasEnded = false;
  private awaited: { readonly mark: string; readonly reached: () => void } | undefined;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;

  constructor(stream: Readable, private readonly onLine: (line: string) => void) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => { this.read(chunk); });
    this.ended = new Promise((ended) => {
      stream.once('close', () => {
        if (this.rest !== '') this.onLine(this.rest);
        this.rest = '';
        this.hasEnded = true;
        this.awaited?.reached();
        ended();
      });
    });
  }

  /**
   * Resolves at the mark that the bootstrap writes after the invocation, or at the stream's end. Ask before the
   * invocation starts.
   */
  async allOf(requestId: string): Promise<void> {
    return new Promise((reached) => {
      if (this.hasEnded) reached();
      this.awaited = { mark: endOfLines(requestId), reached };
    });
  }

  private read(chunk: string): void {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.take(line);
  }

  private take(line: string): void {
    if (!this.awaited || !line.endsWith(this.awaited.mark)) {
      this.onLine(line);
      return;
    }
    // A last line without a line break stands before the mark.
    const unfinished = line.slice(0, -this.awaited.mark.length);
    if (unfinished !== '') this.onLine(unfinished);
    this.awaited.reached();
    this.awaited = undefined;
  }
}
