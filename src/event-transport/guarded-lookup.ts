import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** An address that no event is sent to. */
export class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';

  constructor() {
    super('Connecting to an endpoint failed: its name leads to an address that is not public. Give another URL.');
  }
}

export type Resolve = (host: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => void;

const resolveBySystem: Resolve = (host, done) => {
  lookup(host, { all: true, verbatim: true }, (error, found) => { done(error, found); });
};

/**
 * The lookup of the connection itself: the socket connects to the very addresses that were checked, so that a name that
 * changes in between leads nowhere. One address that is not allowed refuses them all.
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: Resolve = resolveBySystem,
): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, found) => {
      const [first] = found;
      if (error) done(error, []);
      else if (!first || found.some(({ address }) => !isAllowed(address))) done(new AddressNotPublic(), []);
      else if (options.all === true) done(null, [...found]);
      else done(null, first.address, first.family);
    });
  };
}
