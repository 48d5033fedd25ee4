import { randomBytes } from 'node:crypto';
import type { Caller } from './call';

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Issues access keys and knows whose they are. They are valid on this machine, for this run. */
export class AccessKeys {
  private readonly callers = new Map<string, Caller>();
  private readonly keys = new Map<string, AccessKey>();

  /** The same caller gets the same key. */
  issue(caller: Caller): AccessKey {
    const name = caller.kind === 'administrator' ? caller.kind : `${caller.kind} ${caller.functionLogicalId}`;
    const known = this.keys.get(name);
    if (known) return known;
    const key = {
      accessKeyId: `AKIA${Array.from(randomBytes(16), (byte) => KEY_ALPHABET[byte % KEY_ALPHABET.length]).join('')}`,
      secretAccessKey: randomBytes(30).toString('base64'),
    };
    this.keys.set(name, key);
    this.callers.set(key.accessKeyId, caller);
    return key;
  }

  callerOf(accessKeyId: string): Caller | undefined {
    return this.callers.get(accessKeyId);
  }
}

/** As the AWS SDK takes them. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
