import type { Work } from './processing';
import { identify } from './processing';

const TRIES = 6;
const FIRST_DELAY = 200;

export type Written<Value> = { readonly written: true; readonly value: Value } | { readonly written: false };

/**
 * Tries a write again within the time that is left, because what it records (a vendor's answer) would be lost with this worker. Conditions make
 * every repetition harmless.
 */
export async function writePersistently<Value>(work: Work, name: string, write: () => Promise<Value>): Promise<Written<Value>> {
  const { clock, observer, random } = work.ports;
  for (let count = 1; ; count += 1) {
    try {
      return { written: true, value: await write() };
    } catch (error) {
      const delay = Math.ceil(FIRST_DELAY * 2 ** (count - 1) * (1 + random()));
      if (count === TRIES || clock.now() + delay > work.finishBy) {
        observer.error('a write after the send failed, and so did its repetitions', error, { ...identify(work), write: name, tries: count });
        return { written: false };
      }
      await clock.sleep(delay);
    }
  }
}
