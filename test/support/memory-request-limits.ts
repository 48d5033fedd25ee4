import type { LimitDecision, OpenConversations, RequestLimits } from '../../src/core/usage/request-limits';
import type { CountedRequest, UsageLimit } from '../../src/core/usage/usage';
import {
  countsOpen,
  entryName,
  newEntry,
  openAtMost,
  parseEntry,
  periodsOf,
  secondsUntilRenewal,
  USAGE_LIMITS,
} from '../../src/core/usage/usage';

interface ProjectCounts {
  readonly requests: Map<string, number>;
  readonly committed: Map<number, number>;
  readonly open: Map<string, string>;
}

/** What projects have used, in memory and written down the plain way; a test compares the DynamoDB adapter with it. */
export class UsageBook {
  private readonly projects = new Map<string, ProjectCounts>();

  take(request: CountedRequest): LimitDecision {
    const counts = this.of(request);
    const known = counts.open.get(entryName(request.requestId));
    if (known !== undefined && countsOpen(request)) return { allowed: true, entry: known };
    const limit = USAGE_LIMITS.find((word) => isUsedUp(word, counts, request));
    if (limit) return { allowed: false, limit, retryAfterSeconds: secondsUntilRenewal(limit, request.now) };
    for (const period of [minuteOf(request.now), dayOf(request.now)]) {
      counts.requests.set(period, (counts.requests.get(period) ?? 0) + 1);
    }
    const at = periodsOf(request.now);
    counts.committed.set(at.month, (counts.committed.get(at.month) ?? 0) + (request.budget?.reserved ?? 0));
    if (!countsOpen(request)) return { allowed: true };
    const entry = newEntry(request, at);
    counts.open.set(entryName(request.requestId), entry);
    return { allowed: true, entry };
  }

  releaseReservation({ entry, cost, ...owner }: Parameters<OpenConversations['releaseReservation']>[0]): boolean {
    const { open, committed } = this.of(owner);
    if (open.get(entryName(owner.requestId)) !== entry) return false;
    open.delete(entryName(owner.requestId));
    const { month, reserved } = parseEntry(entry);
    committed.set(month, (committed.get(month) ?? 0) + (cost ?? reserved) - reserved);
    return true;
  }

  /** For looking at: what a project has open and committed. */
  of({ company, project }: { readonly company: string; readonly project: string }): ProjectCounts {
    const place = JSON.stringify([company, project]);
    const found = this.projects.get(place) ?? { requests: new Map(), committed: new Map(), open: new Map() };
    this.projects.set(place, found);
    return found;
  }
}

/** The same as ports. */
export class MemoryRequestLimits implements RequestLimits, OpenConversations {
  readonly book = new UsageBook();

  take(request: CountedRequest): Promise<LimitDecision> {
    return Promise.resolve(this.book.take(request));
  }

  release(counted: Parameters<RequestLimits['release']>[0]): Promise<void> {
    this.book.releaseReservation({ ...counted, cost: 0 });
    return Promise.resolve();
  }

  releaseReservation(settled: Parameters<OpenConversations['releaseReservation']>[0]): Promise<boolean> {
    return Promise.resolve(this.book.releaseReservation(settled));
  }
}

function isUsedUp(limit: UsageLimit, { requests, committed, open }: ProjectCounts, request: CountedRequest): boolean {
  const { limits, budget, now } = request;
  switch (limit) {
    case 'monthly_budget':
      return budget !== undefined && (committed.get(periodsOf(now).month) ?? 0) + budget.reserved > budget.monthly;
    case 'requests_per_day':
      return (requests.get(dayOf(now)) ?? 0) >= (limits.requests_per_day ?? Infinity);
    case 'requests_per_minute':
      return (requests.get(minuteOf(now)) ?? 0) >= (limits.requests_per_minute ?? Infinity);
    case 'concurrent_conversations': {
      if (!countsOpen(request) || open.size < openAtMost(request)) return false;
      for (const [name, entry] of open) if (parseEntry(entry).until * 60_000 < now) open.delete(name);
      return open.size >= openAtMost(request);
    }
  }
}

function minuteOf(now: number): string {
  return new Date(now).toISOString().slice(0, 16);
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
