import type { Clock } from '../../src/core/ports/clock';

/** Time that only moves when a test moves it or somebody sleeps. */
export class FakeClock implements Clock {
  /** Milliseconds slept, in order. */
  readonly slept: number[] = [];
  private moment: number;

  constructor(start = Date.parse('2026-11-02T09:00:00.000Z')) {
    this.moment = start;
  }

  now(): number {
    return this.moment;
  }

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.advance(milliseconds);
    return Promise.resolve();
  }

  advance(milliseconds: number): void {
    this.moment += milliseconds;
  }

  /** Does nothing if the moment lies in the past. */
  advanceTo(moment: number): void {
    this.moment = Math.max(this.moment, moment);
  }
}
