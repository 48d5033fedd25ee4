import { createHash } from 'node:crypto';

/** The engine's own namespace (RFC 9562): what it names by itself is the same each time, and meets no client's UUID. */
const NAMESPACE = Buffer.from('b1f0a1f47c0e4d9a9b6a3f0a5d2c7e14', 'hex');

/** UUID of version 5 of a name. */
export function uuidV5(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) % 0x10) + 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) % 0x40) + 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
