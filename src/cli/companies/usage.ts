import { parseProject } from '../../core/company';
import type { ProjectUsage } from '../../core/request-limits';
import { DynamoDbUsage } from '../../records/dynamodb-usage';
import type { StageClients } from '../stage-clients';

export interface ShownUsage extends ProjectUsage {
  readonly line: string;
}

/** What a project has used of its limits and its budget. `record` is the company record as it is stored. */
export async function readUsageOf({ tables, names }: StageClients, record: Readonly<Record<string, unknown>>, now: number): Promise<ShownUsage> {
  const owner = { company: String(record.company_id), project: String(record.project_id), now };
  const usage = await new DynamoDbUsage(tables, names.conversationTable).usageOf(owner);
  const project = parseProject(record);
  const budget = project.valid ? project.value.budget : undefined;
  const money = budget ? `, ${usage.committed_this_month.toFixed(2)} of ${budget.monthly_limit.toFixed(2)} ${budget.currency} spent or reserved in this month` : '';
  const counts = `${usage.requests_today} requests today, ${usage.requests_this_minute} in this minute (UTC), ${usage.open_conversations} conversations open`;
  return { ...usage, line: `used: ${counts}${money}` };
}
