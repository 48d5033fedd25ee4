import type { Endpoint } from '../core/events/endpoint';
import { timestamp } from '../core/ports/clock';
import type { EndpointPause } from '../core/ports/events';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds from each failure to the next attempt; the last one again and again. */
export const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR] as const;

/** Milliseconds of failure after which an endpoint is disabled. */
export const GIVE_UP_AFTER = 3 * 24 * HOUR;

/** What a failure means for an endpoint: when it is tried again, or that it is not. */
export function pauseAfter(
  { state: { failures = 0, failing_since: since } }: Pick<Endpoint, 'state'>,
  outcome: 'failed' | 'gone',
  now: number,
): EndpointPause {
  const failing_since = since ?? timestamp(now);
  const paused = { failures: failures + 1, failing_since };
  if (outcome === 'gone') return { ...paused, disabled: { at: timestamp(now), reason: 'gone' } };
  if (now - Date.parse(failing_since) >= GIVE_UP_AFTER) {
    return { ...paused, disabled: { at: timestamp(now), reason: 'failed_for_days' } };
  }
  const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? HOUR;
  return { ...paused, next_attempt_at: timestamp(now + pause) };
}
