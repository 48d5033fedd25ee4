import { sha256 } from '../core/sha256';

/**
 * What SQS allows as a MessageGroupId: letters, digits and ASCII punctuation, 128 characters at most (API reference,
 * SendMessage).
 */
const ALLOWED = /^[!-~]{1,128}$/;

/**
 * The company as a message group, which on a standard queue makes the queue fair between groups; its hash where SQS
 * would refuse it.
 */
export function messageGroup(company: string): string {
  return ALLOWED.test(company) ? company : sha256(company);
}
