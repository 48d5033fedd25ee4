import { Command } from 'commander';
import { parseProject } from '../../core/company/company';
import type { StoredRecord } from '../../core/ports/company-records';
import type { ProjectUsage } from '../../core/usage/request-limits';
import { plainRecord, readiness } from '../../operations/companies/readiness';
import { keyState, shortHash } from '../../operations/keys/key-state';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { findingLines } from '../findings';
import { grantLine } from '../keys/grant-line';
import { wrap } from '../layout';
import { DEFAULT_COLUMNS } from '../output';
import { yamlLines } from '../yaml-text';
import { requireRecord } from './require-record';

const EXAMPLES = `
Examples:
  engine company show harbour-and-pine nurses --stage prod
  engine company show harbour-and-pine nurses --yaml > harbour-and-pine.yaml`;

export function showCommand(host: CommandHost): Command {
  const attempted = 'Showing the project';
  return new Command('show')
    .description(
      "a project's record, whether its channels are ready, what it has used today, and its keys by their hash",
    )
    .argument('<company>')
    .argument('<project>')
    .option('--yaml', 'only the record, as a file for company apply')
    .addHelpText('after', EXAMPLES)
    .action(async (company: string, project: string, { yaml }: { readonly yaml?: true }, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = plainRecord(await requireRecord(stage, { company, project, attempted }, output));
        if (yaml) return output.result(record, yamlLines(withoutDates(record)));
        const now = stage.clock.now();
        const [channels, used, grants] = await Promise.all([
          readiness(stage, record),
          stage.usage.usageOf({ company, project, now }),
          stage.grants.list(company),
        ]);
        const keys = grants.filter(({ project_ids: projects }) => projects.includes('*') || projects.includes(project));
        const usage = { ...usageOf(used), line: usageLine(used, record) };
        const shownKeys = keys.map((grant) => ({
          hash: shortHash(grant),
          state: keyState(grant, now),
          expires: grant.expires_at,
        }));
        const readable = channels.map(({ problems, ...channel }) => ({
          ...channel,
          problems: problems.map(({ subject, words }) => `${subject} ${words}`),
        }));
        output.result({ record, channels: readable, usage, keys: shownKeys }, [
          ...yamlLines(record),
          '',
          ...channels.flatMap(({ channel, ready, problems }) => [
            `${channel}: ${ready ? 'ready' : 'not ready'}`,
            ...problems.flatMap((problem) =>
              findingLines(problem, { company, project, channel }, output, host.columns),
            ),
          ]),
          ...wrap(usage.line, host.columns ?? DEFAULT_COLUMNS),
          ...(keys.length === 0 ? ['keys: none'] : ['keys:', ...keys.map((grant) => `  ${grantLine(grant, now)}`)]),
        ]);
      }),
    );
}

function usageOf(used: ProjectUsage) {
  return {
    requestsToday: used.requests_today,
    requestsThisMinute: used.requests_this_minute,
    openConversations: used.open_conversations,
    committedThisMonth: used.committed_this_month,
  };
}

function usageLine(used: ProjectUsage, record: StoredRecord): string {
  const project = parseProject(record);
  const budget = project.valid ? project.value.budget : undefined;
  const committed = used.committed_this_month.toFixed(2);
  const money = budget
    ? `, ${committed} of ${budget.monthly_limit.toFixed(2)} ${budget.currency} spent or reserved in this month`
    : '';
  const requests = `${used.requests_today} requests today, ${used.requests_this_minute} in this minute (UTC)`;
  return `used: ${requests}, ${used.open_conversations} conversations open${money}`;
}

function withoutDates(record: StoredRecord): StoredRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'created_at' && name !== 'updated_at'));
}
