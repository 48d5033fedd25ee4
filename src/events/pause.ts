import type { DisabledReason, Endpoint } from '../core/events/endpoint';
import type { Timestamp } from '../core/ports/clock';
import { timestamp } from '../core/ports/clock';
import type { EndpointPause } from '../core/ports/events';
import type { BatchResult } from './batch-result';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds from each failure to the next attempt; the last one again and again. */
export const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR] as const;

/** Milliseconds of failure after which an endpoint is disabled. */
export const GIVE_UP_AFTER = 3 * 24 * HOUR;

/** Milliseconds that pass after so many failures before. */
export function pauseOf(failures: number): number {
  return PAUSES[Math.min(failures, PAUSES.length - 1)] ?? HOUR;
}

/** What a batch means for an endpoint as a whole. `failing`: since then, as far as one record's events can show. */
export type Verdict =
  | { readonly is: 'working' }
  | { readonly is: 'failing'; readonly since: Timestamp }
  | { readonly is: 'paused'; readonly pause: EndpointPause };

/** Records that fail while nothing is taken, from which on it is the endpoint that fails and not an event. */
const RECORDS_OF_ONE_DOWN = 2;

export function verdictOn(
  { state }: Pick<Endpoint, 'state'>,
  { taken, failures: failed, held, isDown }: BatchResult,
  now: number,
): Verdict {
  if (failed.length === 0) return { is: 'working' };
  const { failures = 0, failing_since: since = timestamp(now) } = taken > 0 ? {} : state;
  const paused = { failures: failures + 1, failing_since: since };
  const disabled = (reason: DisabledReason): Verdict => (
    { is: 'paused', pause: { ...paused, disabled: { at: timestamp(now), reason } } }
  );
  if (failed.some(({ result }) => result.outcome === 'gone')) return disabled('gone');
  if (now - Date.parse(since) >= GIVE_UP_AFTER) return disabled('failed_for_days');
  const failing = held.filter(({ failed_at: at = '' }) => at >= since);
  if (isDown || (taken === 0 && failing.length >= RECORDS_OF_ONE_DOWN)) {
    return { is: 'paused', pause: { ...paused, next_attempt_at: timestamp(now + pauseOf(failures)) } };
  }
  return taken > 0 ? { is: 'working' } : { is: 'failing', since };
}
