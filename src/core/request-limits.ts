import type { Project } from './company';

export const REQUEST_LIMITS = ['requests_per_minute', 'requests_per_day'] as const;
export type RequestLimit = (typeof REQUEST_LIMITS)[number];

export type LimitDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly limit: RequestLimit; readonly retryAfterSeconds: number };

/** The port to the counters of what a project has asked for. Minutes and days are the calendar's, in UTC. */
export interface RequestLimits {
  /** Counts one request, unless a limit is used up: then nothing is counted. */
  take(request: {
    readonly company: string;
    readonly project: string;
    /** A limit that is absent or null does not limit. */
    readonly limits: Pick<Project['rate_limits'], RequestLimit>;
    /** Milliseconds since 1970. */
    readonly now: number;
  }): Promise<LimitDecision>;
}

/** Whole seconds until the limit's minute or day is over, at least one. */
export function secondsUntilRenewal(limit: RequestLimit, now: number): number {
  const length = limit === 'requests_per_minute' ? 60_000 : 24 * 60 * 60_000;
  return Math.max(1, Math.ceil((length - (now % length)) / 1000));
}
