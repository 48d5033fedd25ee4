import type { LimitDecision, RequestLimit, RequestLimits } from '../../src/core/request-limits';
import { REQUEST_LIMITS, secondsUntilRenewal } from '../../src/core/request-limits';

type Request = Parameters<RequestLimits['take']>[0];

/** Requests of the current minutes and days in memory; the longer limit is named first, as the DynamoDB adapter does. */
export class MemoryRequestLimits implements RequestLimits {
  private readonly counts = new Map<string, number>();

  take(request: Request): Promise<LimitDecision> {
    const limit = [...REQUEST_LIMITS].reverse().find((word) => this.taken(request, word) >= (request.limits[word] ?? Infinity));
    if (limit) return Promise.resolve({ allowed: false, limit, retryAfterSeconds: secondsUntilRenewal(limit, request.now) });
    for (const word of REQUEST_LIMITS) this.counts.set(place(request, word), this.taken(request, word) + 1);
    return Promise.resolve({ allowed: true });
  }

  private taken(request: Request, limit: RequestLimit): number {
    return this.counts.get(place(request, limit)) ?? 0;
  }
}

function place({ company, project, now }: Request, limit: RequestLimit): string {
  const period = new Date(now).toISOString().slice(0, limit === 'requests_per_minute' ? 16 : 10);
  return JSON.stringify([company, project, period]);
}
