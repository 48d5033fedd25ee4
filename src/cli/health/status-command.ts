import { Command } from 'commander';
import type { StageStatus, StatusGroup } from '../../operations/health/stage-status';
import { stageStatus } from '../../operations/health/stage-status';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { field, table, wrap } from '../layout';
import { moment } from '../moments';
import { PAINT } from '../paint';
import { wholeNumberTo } from '../whole-number';

const EXAMPLES = `
Examples:
  engine status --stage prod
  engine status --company acme --hours 72
  engine status --json`;

interface StatusOptions {
  readonly company?: string;
  readonly hours: number;
}

/** `status`: what is wrong right now, and what to do about it. */
export function statusCommand(host: CommandHost): Command {
  return new Command('status')
    .description('what is wrong right now: counts by state, reason and company, the oldest wait, what to do next')
    .option('--company <company_id>', 'only this company')
    .option(
      '--hours <count>',
      'messages that have ended count if accepted in the last so many hours',
      wholeNumberTo(8760),
      24,
    )
    .addHelpText('after', EXAMPLES)
    .action(async ({ company, hours }: StatusOptions, command: Command) =>
      withStage(host, command, 'Reading the status', async (stage, output) => {
        const status = await stageStatus(stage, { company, hours });
        const lines = { columns: host.columns, hours, stack: stage.names.stack };
        output.result(asJson(status, output), statusLines(status, output, lines));
      }),
    );
}

interface Setting {
  readonly columns: number | undefined;
  readonly hours: number;
  readonly stack: string;
}

export function statusLines(status: StageStatus, output: CommandOutput, setting: Setting): readonly string[] {
  const { columns = 80, hours, stack } = setting;
  const { at, groups, looked, states } = status;
  const troubled = groups.reduce((sum, { count }) => sum + count, 0);
  const scope = `open, or accepted in the last ${hours} h`;
  return [
    ...wrap(`${stack} at ${moment(at, Date.parse(at))}: ${messages(looked.conversations)} ${scope}`, columns),
    ...table(Object.entries(states).map(([state, count]) => [`  ${String(count).padStart(5)}`, state])),
    ...(looked.complete ? [] : wrap('There are more than were read: give --company, or fewer --hours.', columns)),
    '',
    troubled === 0 ? PAINT.good('Nothing is wrong with any of them.') : PAINT.bad(`${messages(troubled)} in trouble:`),
    ...groups.flatMap((group) => groupLines(group, output, { at, columns })),
    ...otherLines(status, output),
  ];
}

function groupLines(
  group: StatusGroup, output: CommandOutput,
  { at, columns }: { readonly at: string; readonly columns: number },
): readonly string[] {
  const { company, count, delivery, oldestSince, project, reason, state, step } = group;
  const words = [
    delivery === undefined ? state : `sent, ${delivery}`,
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join(' ');
  const tone = step.position === 'ended' || step.position === 'unconfirmed' ? PAINT.bad : PAINT.warning;
  return [
    '',
    ...wrap(`${count} × ${words}, ${company} ${project}`, columns).map(tone),
    ...field('  Oldest', `since ${moment(oldestSince, Date.parse(at))}`, columns),
    ...field('  Next', step.words, columns),
    ...commandsOf(group, output).map((line) => `  ${line}`),
  ];
}

/** The commands that show the messages of a group, and move them on after a repair. */
export function commandsOf(group: StatusGroup, { command }: Pick<CommandOutput, 'command'>): readonly string[] {
  const { canRetry, company, project, reason, state } = group;
  const whose = ['--company', company, '--project', project];
  const why = reason === undefined ? [] : ['--reason', reason];
  return [
    command('conversation', 'list', ...whose, '--state', state, ...why),
    ...(canRetry && reason !== undefined ? [command('retry', ...why, ...whose)] : []),
  ];
}

function otherLines({ at, deadLetters, replies }: StageStatus, { command }: CommandOutput): readonly string[] {
  const letters = deadLetters.filter(({ count }) => count > 0);
  const oldest =
    replies.oldestSince === undefined ? '' : `, the oldest since ${moment(replies.oldestSince, Date.parse(at))}`;
  return [
    ...(replies.count === 0
      ? []
      : [
        '',
        `${replies.atLeast ? 'At least ' : ''}${replies.count} conversations wait for an answer${oldest}`,
        `  ${command('reply', 'list')}`,
      ]),
    ...(letters.length === 0
      ? []
      : [
        '',
        `Dead letters: ${letters.map(({ channel, count }) => `${count} of ${channel}`).join(', ')}`,
        `  ${command('deadletter', 'list')}`,
      ]),
  ];
}

function asJson(status: StageStatus, output: CommandOutput) {
  const groups = status.groups.map(({ step, ...group }) => ({
    ...group, next: step.words, retryAt: step.retryAt, nextCommands: commandsOf({ step, ...group }, output),
  }));
  return { ...status, groups };
}

function messages(count: number): string {
  return `${count} message${count === 1 ? '' : 's'}`;
}
