import type { LimitDecision, RequestLimits } from '../core/usage/request-limits';
import type { CountedRequest, Periods, UsageLimit } from '../core/usage/usage';
import {
  countsOpen,
  entryName,
  newEntry,
  openAtMost,
  parseEntry,
  periodsOf,
  secondsUntilRenewal,
} from '../core/usage/usage';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import { usageItemKey } from './item-keys';
import { DynamoDbUsage } from './dynamodb-usage';
import type { Seen, UsageItem } from './usage-expression';
import { countWrite, readUsage } from './usage-expression';

/**
 * Writes for one request at most; more than two only where several functions begin a period at once, or entries have
 * run out.
 */
const TRIES = 6;

/** Projects of which a function remembers what it has seen. */
const REMEMBERED = 1000;

/** Entries that have run out and are removed in one write. */
const SWEPT = 50;

const NOTHING_SEEN: Seen = { minute: -1, day: -1, month: -1, hasOpen: false };

/**
 * Counts requests in one item a project: minute, day, what the month has committed, and the open conversations, all
 * in one conditional write. A period's first request and the ones after it need different writes; each function
 * remembers what it has seen, so that nearly every request costs one.
 */
export class DynamoDbRequestLimits implements RequestLimits {
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async take(request: CountedRequest): Promise<LimitDecision> {
    const { limits, budget, now } = request;
    if (!limits.requests_per_minute && !limits.requests_per_day && !countsOpen(request)) return { allowed: true };
    if (budget && budget.reserved > budget.monthly) return refused('monthly_budget', now);
    const project = `${request.company}#${request.project}`;
    let at = periodsOf(now);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const usage = await this.count(request, this.seen.get(project) ?? NOTHING_SEEN, at);
      if (!usage) {
        this.remember(project, { ...at, hasOpen: countsOpen(request) || (this.seen.get(project)?.hasOpen ?? false) });
        return { allowed: true, ...(countsOpen(request) ? { entry: newEntry(request, at) } : {}) };
      }
      const taken = usage.open?.[entryName(request.requestId)];
      // A crash came after the count, or the SDK repeated the write: it is this very request.
      if (taken !== undefined && countsOpen(request)) return { allowed: true, entry: taken };
      // Another function's clock may be ahead: its periods are the ones that count.
      at = later(at, usage.latest);
      const limit = usedUp(usage, request, at);
      if (limit && !(limit === 'concurrent_conversations' && (await this.sweep(request, usage)))) {
        return refused(limit, now);
      }
      this.remember(project, { ...usage.latest, hasOpen: usage.open !== undefined });
    }
    throw new Error(`The request could not be counted for ${project} in ${TRIES} tries: send it again.`);
  }

  async release(counted: Parameters<RequestLimits['release']>[0]): Promise<void> {
    await new DynamoDbUsage(this.client, this.table).releaseReservation({ ...counted, cost: 0 });
  }

  /** Undefined if it was counted; otherwise what the item held instead. */
  private async count(request: CountedRequest, seen: Seen, at: Periods): Promise<UsageItem | undefined> {
    const key = usageItemKey(request.company, request.project);
    try {
      const write = countWrite(request, seen, at);
      await this.client.update({
        TableName: this.table,
        Key: key,
        ...write,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      return readUsage(failedCondition(error).item ?? (await this.find(key)));
    }
  }

  /**
   * Removes entries that have run out, so that what died unseen does not keep a project closed. False: there are
   * none.
   */
  private async sweep({ company, project, now }: CountedRequest, { open = {} }: UsageItem): Promise<boolean> {
    const out = Object.entries(open).filter(([, entry]) => parseEntry(entry).until * 60_000 < now).slice(0, SWEPT);
    if (out.length === 0) return false;
    const names = Object.fromEntries(out.map(([name], index) => [`#entry${index}`, name]));
    const values = Object.fromEntries(out.map(([, entry], index) => [`:entry${index}`, entry]));
    try {
      await this.client.update(({
        TableName: this.table,
        Key: usageItemKey(company, project),
        UpdateExpression: `REMOVE ${out.map((_entry, index) => `#open.#entry${index}`).join(', ')}`,
        ConditionExpression: out.map((_entry, index) => `#open.#entry${index} = :entry${index}`).join(' AND '),
        ExpressionAttributeNames: { '#open': 'open', ...names },
        ExpressionAttributeValues: values,
      }));
    } catch (error) {
      // Another process has removed some of them: the next try shows what is left.
      failedCondition(error);
    }
    return true;
  }

  private async find(key: Record<string, string>): Promise<Item | undefined> {
    return this.client.get(this.table, key);
  }

  private remember(project: string, seen: Seen): void {
    if (this.seen.size >= REMEMBERED && !this.seen.has(project)) this.seen.clear();
    this.seen.set(project, seen);
  }
}

function refused(limit: UsageLimit, now: number): LimitDecision {
  return { allowed: false, limit, retryAfterSeconds: secondsUntilRenewal(limit, now) };
}

/** The limit that lasts longest is named. A period that the item does not know yet has nothing in it. */
function usedUp(
  { latest, ofDay, ofMinute, committed, open }: UsageItem,
  request: CountedRequest,
  at: Periods,
): UsageLimit | undefined {
  const { limits, budget } = request;
  if (budget && latest.month === at.month && committed > budget.monthly - budget.reserved) return 'monthly_budget';
  if (limits.requests_per_day && latest.day === at.day && ofDay >= limits.requests_per_day) return 'requests_per_day';
  if (limits.requests_per_minute && latest.minute === at.minute && ofMinute >= limits.requests_per_minute) {
    return 'requests_per_minute';
  }
  return countsOpen(request) && Object.keys(open ?? {}).length >= openAtMost(request)
    ? 'concurrent_conversations'
    : undefined;
}

function later(one: Periods, other: Periods): Periods {
  return {
    minute: Math.max(one.minute, other.minute),
    day: Math.max(one.day, other.day),
    month: Math.max(one.month, other.month),
  };
}
