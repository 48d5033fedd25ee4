import type { OpenConversations, ProjectUsage, UsageReader } from '../core/usage/request-limits';
import { MILLION } from '../core/usage/cost';
import { entryName, parseEntry, periodsOf } from '../core/usage/usage';
import type { TableClient } from './table-client';
import { failedCondition } from './failed-condition';
import { usageItemKey } from './item-keys';
import { readUsage } from './usage-expression';

type Settled = Parameters<OpenConversations['releaseReservation']>[0];

/** A project's item, for those who releaseReservation and those who look. */
export class DynamoDbUsage implements OpenConversations, UsageReader {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /**
   * The entry itself makes it count once: where it is gone, or another one, there is nothing left to
   * releaseReservation.
   */
  async releaseReservation(settled: Settled): Promise<boolean> {
    const { month, reserved } = parseEntry(settled.entry);
    const difference = (settled.cost ?? reserved) - reserved;
    if (difference !== 0 && (await this.close(settled, { month, difference }))) return true;
    // What was reserved in a month that is over is not part of this one's sum.
    return this.close(settled);
  }

  async usageOf({ company, project, now }: Parameters<UsageReader['usageOf']>[0]): Promise<ProjectUsage> {
    const key = usageItemKey(company, project);
    const item = await this.client.get(this.table, key);
    const { latest, ofMinute, ofDay, committed, open = {} } = readUsage(item);
    const at = periodsOf(now);
    return {
      requests_this_minute: latest.minute === at.minute ? ofMinute : 0,
      requests_today: latest.day === at.day ? ofDay : 0,
      open_conversations: Object.values(open).filter((entry) => parseEntry(entry).until >= at.minute).length,
      committed_this_month: latest.month === at.month ? committed / MILLION : 0,
    };
  }

  /** False if the entry is not there, or the month is over. */
  private async close(
    { company, project, requestId, entry }: Settled, correct?: { readonly month: number; readonly difference: number },
  ): Promise<boolean> {
    try {
      await this.client.update({
        TableName: this.table,
        Key: usageItemKey(company, project),
        UpdateExpression: `REMOVE #open.#entry${correct ? ' SET committed = committed + :difference' : ''}`,
        ConditionExpression: `#open.#entry = :entry${correct ? ' AND latest_month = :month' : ''}`,
        ExpressionAttributeNames: { '#open': 'open', '#entry': entryName(requestId) },
        ExpressionAttributeValues: {
          ':entry': entry,
          ...(correct ? { ':difference': correct.difference, ':month': correct.month } : {}),
        },
      });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}
