import { setTimeout } from 'node:timers/promises';

/** Times that a look's own duration is waited before the next one: it takes a tenth of the process at most. */
const SPARED = 9;

/** Looks again and again, the more seldom the longer a look takes: what is looked at may grow. */
export function spacedLooks<Found>(shortest: number, look: () => Promise<Found>): () => Promise<Found> {
  let took: number | undefined;
  return async () => {
    if (took !== undefined) await setTimeout(Math.max(shortest, SPARED * took));
    const since = performance.now();
    const found = await look();
    took = performance.now() - since;
    return found;
  };
}
