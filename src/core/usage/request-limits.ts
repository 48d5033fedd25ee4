import type { CountedRequest, UsageLimit } from './usage';

/** `entry`: how the project's item names the conversation as open; absent where open ones are not counted. */
export type LimitDecision =
  | { readonly allowed: true; readonly entry?: string }
  | { readonly allowed: false; readonly limit: UsageLimit; readonly retryAfterSeconds: number };

type Owner = Pick<CountedRequest, 'company' | 'project' | 'requestId'>;

/** The port to the counters of what a project has asked for. Minutes, days and months are the calendar's, in UTC. */
export interface RequestLimits {
  /**
   * Counts one request, opens its conversation and reserves what it may cost, all at once, unless a limit is used up:
   * then nothing is counted. A request that is open already is not counted again.
   */
  take(request: CountedRequest): Promise<LimitDecision>;
  /** Takes back what was reserved for a request of which nothing was kept. */
  release(counted: Owner & { readonly entry: string }): Promise<void>;
}

/**
 * The port by which a conversation that has come to rest is counted as open no longer, and its cost takes the place
 * of what was reserved.
 */
export interface OpenConversations {
  /**
   * True if this call settled it. Repeatable. `cost` in millionths of the currency; absent: not known, and what was
   * reserved counts as spent.
   */
  releaseReservation(settled: Owner & { readonly entry: string; readonly cost?: number }): Promise<boolean>;
}

/** What a project has used. */
export interface ProjectUsage {
  readonly requests_this_minute: number;
  readonly requests_today: number;
  readonly open_conversations: number;
  /** Spent and reserved in this month, in the currency of the project's budget. */
  readonly committed_this_month: number;
}

/** The port to read the counters. */
export interface UsageReader {
  /** As of this moment (milliseconds since 1970). */
  usageOf(project: { readonly company: string; readonly project: string; readonly now: number }): Promise<ProjectUsage>;
}
