/** What stands for a person's data that was not asked for. */
export const HIDDEN = '(hidden)';

/**
 * Enough of an address to distinguish two recipients for someone who knows them: two digits, or a mailbox's first
 * letter.
 */
export function maskAddress(address: string): string {
  return address.includes('@') ? `${address.slice(0, 1)}…@…` : `…${address.slice(-2)}`;
}
