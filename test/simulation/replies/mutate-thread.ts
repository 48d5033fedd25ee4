import type { Where } from '../../../src/core/lifecycle/change';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';

/** The condition on these attributes is dropped from every change of the name. */
export function without(
  name: string, ...attributes: ReadonlyArray<keyof Thread>
): (change: ThreadChange) => ThreadChange {
  return (change) => (change.name === name
    ? { ...change, when: change.when.map((where) => keptOf(where, attributes)) }
    : change);
}

function keptOf(where: Where<keyof Thread>, dropped: ReadonlyArray<keyof Thread>): Where<keyof Thread> {
  return Object.fromEntries(Object.entries(where).filter(([name]) => !dropped.some((one) => one === name)));
}

/** What the named change does not write any more. */
export function leaving(
  name: string, ...attributes: ReadonlyArray<keyof Thread>
): (change: ThreadChange) => ThreadChange {
  const kept = (set: ThreadChange['set']) =>
    Object.fromEntries(Object.entries(set).filter(([one]) => !attributes.some((each) => each === one)));
  return (change) => (change.name === name ? { ...change, set: kept(change.set) } : change);
}
