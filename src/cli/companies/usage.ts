import { parseProject } from '../../core/company/company';
import { DynamoDbUsage } from '../../records/dynamodb-usage';
import type { StageClients } from '../stage-clients';

export interface ShownUsage {
  readonly requestsToday: number;
  readonly requestsThisMinute: number;
  readonly openConversations: number;
  /** Spent and reserved, in the currency of the budget. */
  readonly committedThisMonth: number;
  readonly line: string;
}

/** What a project has used of its limits and its budget. `record` is the company record as it is stored. */
export async function readUsageOf({ tables, names }: StageClients, record: Readonly<Record<string, unknown>>, now: number): Promise<ShownUsage> {
  const owner = { company: String(record.company_id), project: String(record.project_id), now };
  const used = await new DynamoDbUsage(tables, names.conversationTable).usageOf(owner);
  const { requests_today: requestsToday, requests_this_minute: requestsThisMinute } = used;
  const { open_conversations: openConversations, committed_this_month: committedThisMonth } = used;
  const project = parseProject(record);
  const budget = project.valid ? project.value.budget : undefined;
  const money = budget ? `, ${committedThisMonth.toFixed(2)} of ${budget.monthly_limit.toFixed(2)} ${budget.currency} spent or reserved in this month` : '';
  const counts = `${requestsToday} requests today, ${requestsThisMinute} in this minute (UTC), ${openConversations} conversations open`;
  return { requestsToday, requestsThisMinute, openConversations, committedThisMonth, line: `used: ${counts}${money}` };
}
