import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { secondsUntilRenewal } from '../core/request-limits';
import type { LimitDecision, RequestLimit, RequestLimits } from '../core/request-limits';
import type { Item } from './failed-condition';
import { failedCondition } from './failed-condition';
import { usageItemKey } from './item-keys';
import type { Usage } from './usage-expression';
import { countInMinute, countInNewMinute, readUsage } from './usage-expression';

type Request = Parameters<RequestLimits['take']>[0];

/** Writes for one request at most; more than two only where several functions begin a minute at once. */
const TRIES = 6;

/** Projects whose current minute a function remembers. */
const REMEMBERED = 1000;

/**
 * Counts requests in one item a project and day. A minute's first request and the ones after it need different writes; each function
 * remembers which minutes it has seen begin, so that nearly every request costs one write.
 */
export class DynamoDbRequestLimits implements RequestLimits {
  private readonly begun = new Map<string, number>();

  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  async take(request: Request): Promise<LimitDecision> {
    const { limits, now } = request;
    if (!limits.requests_per_minute && !limits.requests_per_day) return { allowed: true };
    const project = `${request.company}#${request.project}`;
    let minute = Math.floor(now / 60_000);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const usage = await this.count(request, minute, this.begun.get(project) === minute);
      if (!usage) {
        this.remember(project, minute);
        return { allowed: true };
      }
      const limit = usedUp(usage, limits);
      if (limit) return { allowed: false, limit, retryAfterSeconds: secondsUntilRenewal(limit, now) };
      // Another function's clock may be ahead: its minute is the one that counts.
      minute = Math.max(minute, usage.minute);
      this.remember(project, usage.minute);
    }
    throw new Error(`The request could not be counted for ${project} in ${TRIES} tries: send it again.`);
  }

  /** Undefined if it was counted; otherwise what the item held instead. */
  private async count({ company, project, limits, now }: Request, minute: number, hasBegun: boolean): Promise<Usage | undefined> {
    const key = { ...usageItemKey(company, project, new Date(now).toISOString().slice(0, 10)) };
    try {
      const write = hasBegun ? countInMinute(minute, limits) : countInNewMinute(minute, limits, now);
      await this.client.send(new UpdateCommand({ TableName: this.table, Key: key, ...write, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
      return undefined;
    } catch (error) {
      return readUsage(failedCondition(error).item ?? (await this.find(key)));
    }
  }

  private async find(key: Record<string, string>): Promise<Item | undefined> {
    return (await this.client.send(new GetCommand({ TableName: this.table, Key: key, ConsistentRead: true }))).Item;
  }

  private remember(project: string, minute: number): void {
    if (this.begun.size >= REMEMBERED && !this.begun.has(project)) this.begun.clear();
    this.begun.set(project, minute);
  }
}

/** Where a write failed, the item's minute is the one that counts: an older one would have given way to it. */
function usedUp(usage: Usage, limits: Request['limits']): RequestLimit | undefined {
  if (limits.requests_per_day && usage.ofDay >= limits.requests_per_day) return 'requests_per_day';
  if (limits.requests_per_minute && usage.ofMinute >= limits.requests_per_minute) return 'requests_per_minute';
  return undefined;
}
