/** What stands for a person's data where it was not asked for. */
export const HIDDEN = '(hidden)';

/** An address as far as it tells two recipients apart for somebody who knows them: the last two digits of a number, a mailbox's first letter. */
export function maskAddress(address: string): string {
  return address.includes('@') ? `${address.slice(0, 1)}…@…` : `…${address.slice(-2)}`;
}
