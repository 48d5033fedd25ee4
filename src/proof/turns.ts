/** Work that can be interrupted: each step answers how many characters it has read. */
export type Work<Result> = Generator<number, Result>;

/**
 * Characters after which other messages have their turn: some milliseconds of reading. Characters and not time, so that
 * the same facts are read in the same turns each time.
 */
const TURN = 4_000;

/** Does all of the work at once. */
export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does the work in turns with whatever else waits in the process. */
export async function inTurns<Result>(work: Work<Result>): Promise<Result> {
  for (let read = 0; ;) {
    const step = work.next();
    if (step.done) return step.value;
    read += step.value;
    if (read < TURN) continue;
    read = 0;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}
