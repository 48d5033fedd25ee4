import { setTimeout } from 'node:timers/promises';

const POLL_MILLISECONDS = 25;

/** For what is lost, and never for a machine that is busy. */
const GIVE_UP_MILLISECONDS = 80_000;

/** What is looked for, once it is there; undefined if it never comes. */
export async function until<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
): Promise<Found | undefined> {
  const end = performance.now() + GIVE_UP_MILLISECONDS;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > end) return found;
    await setTimeout(POLL_MILLISECONDS);
  }
}
