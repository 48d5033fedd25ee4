import type { DurationMetric, Metric, Observer } from '../../src/core/ports/observer';

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Keeps all that a use case told. */
export class FakeObserver implements Observer {
  readonly lines: Array<{
    readonly level: 'info' | 'warn' | 'error';
    readonly message: string;
    readonly fields: Fields;
    readonly error?: unknown;
  }> = [];
  readonly durations: Array<{ readonly metric: DurationMetric; readonly milliseconds: number }> = [];
  private readonly counts: Array<{
    readonly metric: Metric;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly amount: number;
  }> = [];

  info(message: string, fields: Fields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: Fields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(message: string, error: unknown, fields: Fields = {}): void {
    this.lines.push({ level: 'error', message, fields, error });
  }

  count(metric: Metric, dimensions: Readonly<Record<string, string>> = {}, amount = 1): void {
    this.counts.push({ metric, dimensions, amount });
  }

  duration(metric: DurationMetric, milliseconds: number): void {
    this.durations.push({ metric, milliseconds });
  }

  counted(metric: Metric): number {
    return this.counts.filter((entry) => entry.metric === metric).reduce((sum, entry) => sum + entry.amount, 0);
  }

  /** All that was told, as one text: for proving what is not in it. */
  everything(): string {
    const errors = this.lines.map(({ error }) => (error instanceof Error ? `${error.name} ${error.message}` : ''));
    return JSON.stringify([this.lines, this.counts, errors]);
  }
}
