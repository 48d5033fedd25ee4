import { Command, InvalidArgumentError, Option } from 'commander';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { Timestamp } from '../../core/ports/clock';
import { timestamp } from '../../core/ports/clock';
import type { ConversationView } from '../../operations/conversations/conversation-view';
import { viewOf } from '../../operations/conversations/conversation-view';
import { listConversations } from '../../operations/conversations/list-conversations';
import type { ListedState, Selection } from '../../operations/conversations/selection';
import { LISTED_STATES } from '../../operations/conversations/selection';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { wrap } from '../layout';
import type { Stage } from '../stage';
import { SHELL_CLOCK } from '../shell-clock';
import { wholeNumberTo } from '../whole-number';
import { listedLines } from './conversation-page';
import { nextWords } from './next-words';

const MOST_LISTED = 100;

interface ListOptions extends Omit<Selection, 'state'> {
  readonly state?: ListedState;
  readonly limit: number;
  readonly after?: string;
  readonly reveal?: boolean;
}

const HELP = `
States: those of docs/message-lifecycle.md, and
  open     not ended
  stuck    open, and due for a check by now
  waiting  for a person's decision
  replied  for an answer
  failed   ended unsent by a fault, unconfirmed or undelivered

Examples:
  engine conversation list --company acme --project hiring
  engine conversation list --company acme --state failed --since 2d
  engine conversation list --state open --reason vendor_busy --stage prod
  engine conversation list --recipient +447700900210 --json`;

export function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('conversations by recipient, company, state, reason and time, newest first; addresses are masked')
    .option('--recipient <address>', 'a phone number (E.164) or an e-mail address, in any spelling')
    .option('--company <company_id>', 'only this company')
    .option('--project <project_id>', 'only this project; with --company')
    .addOption(new Option('--state <state>', 'only in this state').choices(LISTED_STATES))
    .option('--reason <reason>', 'only with this reason')
    .option('--since <moment>', 'accepted since: 2026-11-02, 2026-11-02T09:00Z, or 30m, 12h, 7d ago', momentOf)
    .option('--until <moment>', 'accepted until, written likewise', momentOf)
    .option('--limit <count>', 'conversations a page', wholeNumberTo(MOST_LISTED), 20)
    .option('--after <page>', 'go on where a page before ended')
    .option('--reveal', 'show addresses and names')
    .addHelpText('after', HELP)
    .action(async ({ limit, after, reveal = false, ...selection }: ListOptions, command: Command) =>
      withStage(host, command, 'Listing conversations', async (stage, output) => {
        const { recipient, company, project, state, reason } = selection;
        if ([recipient, company, state, reason].every((part) => part === undefined)) {
          command.error('error: it is not said which; give one of --recipient, --company, --state, --reason');
        }
        if (project !== undefined && company === undefined) command.error('error: --project goes with --company');
        await requireCompany(stage, selection, output);
        const page = await listConversations(stage, selection, { limit, after });
        if (page.outcome === 'unknown_page') {
          const copy = 'copy it whole, or begin without it';
          throw new CommandError(`Listing conversations failed: --after is not what a page ended with; ${copy}.`);
        }
        const now = stage.clock.now();
        const views = page.found.map((record) => viewOf(record, { reveal, text: false }, now));
        output.result(
          { conversations: views.map((view) => withNextStep(view, output, now)), next: page.next, looked: page.looked },
          [
            ...(views.length === 0
              ? ['no conversations']
              : views.flatMap((view) => listedLines(view, now, host.columns))),
            ...(page.next === undefined ? [] : moreLines(page, limit, host.columns)),
          ],
        );
      }));
}

/** An unknown company has no conversations either, but by a slip. */
async function requireCompany(
  stage: Stage,
  { company, project }: Selection,
  { command }: CommandOutput,
): Promise<void> {
  if (company === undefined) return;
  const listed = await stage.companies.list();
  const isKnown = listed.some(({ company_id: id, project_id: one }) => id === company && (project ?? one) === one);
  if (isKnown) return;
  const whose = project === undefined ? `project of ${company}` : `project ${project} of ${company}`;
  throw new CommandError(`Listing conversations failed: this stage has no ${whose}; see ${command('company', 'list')}`);
}

/** A page that holds less than it may was cut short by the number of records that it looks through. */
function moreLines(
  {
    found,
    looked,
    next = '',
  }: { readonly found: readonly Conversation[]; readonly looked: number; readonly next?: string },
  limit: number,
  columns = 80,
): readonly string[] {
  const cut =
    found.length < limit ? wrap(`looked through ${looked} conversations; there are more:`, columns) : ['more:'];
  return [...cut, `  --after ${next}`];
}

/** A view as JSON has it: the next step in words, with the commands that take it. */
export function withNextStep({ step, ...view }: ConversationView, output: CommandOutput, now: number) {
  const { words, commands } = nextWords({ step, ...view }, output, now);
  return { ...view, next: words, nextCommands: commands };
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment as people write it: how long ago, a day, or a day and a time of day in UTC. */
export function momentOf(text: string, _before?: unknown, now = SHELL_CLOCK.now()): Timestamp {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')) {return timestamp(now - Number(amount) * UNITS[unit]);}
  const written = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z?)?$/.test(text);
  const iso = text.replace(' ', 'T').replace(/Z?$/, text.length > 10 ? 'Z' : '');
  const at = written ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) {throw new InvalidArgumentError('Give a moment as 2026-11-02, 2026-11-02T09:00Z, or 30m, 12h, 7d ago.');}
  return timestamp(at);
}
