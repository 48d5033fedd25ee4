import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { usageItemKey } from '../../records/item-keys';
import { readUsage } from '../../records/usage-expression';
import type { StageClients } from '../stage-clients';

export interface ShownUsage {
  readonly requestsToday: number;
  readonly requestsThisMinute: number;
  readonly line: string;
}

/** What a project has used of its limits. */
export async function readUsageOf({ tables, names }: StageClients, company: string, project: string, now: number): Promise<ShownUsage> {
  const day = new Date(now).toISOString().slice(0, 10);
  const key = { ...usageItemKey(company, project, day) };
  const { Item: item } = await tables.send(new GetCommand({ TableName: names.conversationTable, Key: key, ConsistentRead: true }));
  const { minute, ofMinute, ofDay } = readUsage(item);
  const requestsThisMinute = minute === Math.floor(now / 60_000) ? ofMinute : 0;
  return { requestsToday: ofDay, requestsThisMinute, line: `used: ${ofDay} requests today, ${requestsThisMinute} in this minute (UTC)` };
}
