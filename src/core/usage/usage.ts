import { hash } from 'node:crypto';
import type { Project } from '../company/company';

/**
 * Conversations of a project that may be open at once where they are counted at all. They lie in one item of the
 * table, whose size every write pays for: at the most some 45 KB.
 */
export const OPEN_AT_MOST = 1000;

export const USAGE_LIMITS = [
  'monthly_budget',
  'requests_per_day',
  'requests_per_minute',
  'concurrent_conversations',
] as const;
export type UsageLimit = (typeof USAGE_LIMITS)[number];

/** Minutes and days since 1970 and months since the year 0, all in UTC. */
export interface Periods {
  readonly minute: number;
  readonly day: number;
  readonly month: number;
}

/** What one request counts against. */
export interface CountedRequest {
  readonly company: string;
  readonly project: string;
  readonly requestId: string;
  /** A limit that is absent or null does not limit. */
  readonly limits: Pick<
    Project['rate_limits'],
    'requests_per_minute' | 'requests_per_day' | 'concurrent_conversations'
  >;
  /**
   * Where the project has a budget: what a month may cost, and what this message may at the most. Millionths of the
   * currency.
   */
  readonly budget?: { readonly monthly: number; readonly reserved: number };
  /** Milliseconds since 1970 after which it no longer counts as open, whatever became of it. */
  readonly openUntil: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * An open conversation as it stands in the project's item: until when it counts, and what was reserved for it in
 * which month.
 */
export interface OpenEntry {
  /** Minutes since 1970. */
  readonly until: number;
  readonly month: number;
  /** Millionths of the currency. */
  readonly reserved: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Seconds after which a client may ask again where too many conversations are open: one comes to rest every few
 * seconds.
 */
const OPEN_RETRY_SECONDS = 10;

export function periodsOf(now: number): Periods {
  const date = new Date(now);
  return {
    minute: Math.floor(now / MINUTE),
    day: Math.floor(now / DAY),
    month: date.getUTCFullYear() * 12 + date.getUTCMonth(),
  };
}

/** Whether open conversations of this request's project are counted. */
export function countsOpen({ limits, budget }: Pick<CountedRequest, 'limits' | 'budget'>): boolean {
  return Boolean(limits.concurrent_conversations) || budget !== undefined;
}

/** Conversations that may be open at once. */
export function openAtMost({ limits }: Pick<CountedRequest, 'limits'>): number {
  return Math.min(limits.concurrent_conversations ?? OPEN_AT_MOST, OPEN_AT_MOST);
}

/**
 * 132 bits of the identifier's hash, short since every write pays for each entry. No client finds two identifiers that
 * share a name, so none can count as another request.
 */
export function entryName(requestId: string): string {
  return hash('sha256', requestId, 'base64url').slice(0, 22);
}

export function formatEntry({ until, month, reserved }: OpenEntry): string {
  return [until, month, reserved].map((number) => number.toString(36)).join('.');
}

/** What is not an entry counts as one that has run out. */
export function parseEntry(text: string): OpenEntry {
  const [until = 0, month = 0, reserved = 0] = text.split('.').map((part) => Number.parseInt(part, 36) || 0);
  return { until, month, reserved };
}

/** The entry of a request that is counted now, in these periods. */
export function newEntry({ openUntil, budget }: CountedRequest, { month }: Periods): string {
  return formatEntry({ until: Math.ceil(openUntil / MINUTE), month, reserved: budget?.reserved ?? 0 });
}

/** Whole seconds after which the limit may let a request through, at least one. */
export function secondsUntilRenewal(limit: UsageLimit, now: number): number {
  switch (limit) {
    case 'requests_per_minute':
      return secondsUntil(Math.floor(now / MINUTE + 1) * MINUTE, now);
    case 'requests_per_day':
      return secondsUntil(Math.floor(now / DAY + 1) * DAY, now);
    case 'monthly_budget':
      return secondsUntil(Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1, 1), now);
    case 'concurrent_conversations':
      return OPEN_RETRY_SECONDS;
  }
}

function secondsUntil(moment: number, now: number): number {
  return Math.max(1, Math.ceil((moment - now) / 1000));
}
