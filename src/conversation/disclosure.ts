import { inLanguage } from '../core/company/by-language';
import type { Thread } from '../core/lifecycle/thread-record';

/** Milliseconds for which the recipient remembers that an automatic assistant writes. */
const DISCLOSED_FOR = 24 * 60 * 60_000;

/** Whether the recipient was told in this language, within 24 hours, that an automatic assistant writes. */
export function isDisclosed({ disclosed = {} }: Pick<Thread, 'disclosed'>, language: string, now: number): boolean {
  const last = inLanguage(disclosed, language)?.value;
  return last !== undefined && now - Date.parse(last) < DISCLOSED_FOR;
}
