/** One thing that must hold. Throws a sentence where it does not. */
export interface Check {
  readonly title: string;
  readonly run: () => Promise<void>;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export interface CheckWorld {
  readonly print: (line: string) => void;
  /** Milliseconds of a clock that only goes on. */
  readonly now: () => number;
  /** Once it is aborted no further check is begun. */
  readonly signal: AbortSignal;
}

const TITLE_WIDTH = 70;

/** Runs one check after the other, one line each; one that fails keeps none of the others from running. */
export async function runChecks(checks: readonly Check[], { print, now, signal }: CheckWorld): Promise<Tally> {
  let passed = 0;
  let failed = 0;
  for (const { title, run } of checks) {
    if (signal.aborted) break;
    const begun = now();
    const fault = await run().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const time = `${Math.round(now() - begun)} ms`;
    print(
      fault === undefined
        ? `✓ ${title.padEnd(TITLE_WIDTH)} ${time}`
        : `✗ ${title.padEnd(TITLE_WIDTH)} ${time}\n    ${fault}`,
    );
    if (fault === undefined) passed += 1;
    else failed += 1;
  }
  return { passed, failed };
}

export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
