import { randomBytes } from 'node:crypto';

/** A trace header in X-Ray's form; unsampled, so that no SDK tries to send segments to a daemon. */
export function newTraceId(now: number): string {
  const seconds = Math.floor(now / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
