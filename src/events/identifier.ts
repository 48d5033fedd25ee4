import { createHash } from 'node:crypto';

/** Namespace of all events: a UUID of this engine's own. */
const NAMESPACE = Buffer.from('7c1f0a5e3b0d4b6c9a52e1d8f6407b39', 'hex');

/** UUID of version 5 (RFC 9562) of a record and one of its entries: the same entry always has the same one. */
export function eventIdentifier(record: string, entry: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify([record, entry])).digest().subarray(0, 16);
  bytes[6] = 0x50 + ((bytes[6] ?? 0) % 0x10);
  bytes[8] = 0x80 + ((bytes[8] ?? 0) % 0x40);
  const hex = bytes.toString('hex');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => hex.slice(from, to)).join('-');
}
