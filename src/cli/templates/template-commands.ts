import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { StoredRecord, TemplateKind } from '../../core/ports/company-records';
import { planChange, writePlan } from '../../operations/companies/change-record';
import { checkTemplate } from '../../operations/companies/check-record';
import { templateOf, withTemplate } from '../../operations/companies/complete-record';
import { findVersion, listVersions } from '../../operations/companies/template-versions';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import type { CheckedFile } from '../companies/record-file';
import { differenceLines, requireSound, requireWritten, rulesOf } from '../companies/record-file';
import { placed, readDocument, readText } from '../companies/document';
import { requireRecord } from '../companies/require-record';
import { actorOf, confirmed } from '../decisions';
import type { Stage } from '../stage';
import type { VersionOptions } from '../versions';
import { changing, versionLines } from '../versions';
import { wholeNumberTo } from '../whole-number';
import { yamlLines } from '../yaml-text';

/** `template`: the approved words of a project's channel, each version kept. */
export function templateCommands(host: CommandHost): Command {
  return new Command('template')
    .description('show, change and roll back templates; every version is kept, and the number counts up')
    .addCommand(showCommand(host))
    .addCommand(setCommand(host))
    .addCommand(historyCommand(host))
    .addCommand(rollbackCommand(host));
}

interface TemplateOption {
  readonly channel: Channel;
  readonly kind: keyof typeof KINDS;
}

/** As the flag names them. */
const KINDS = { message: 'template', reminder: 'reminder_template', reopen: 'reopen_template' } as const satisfies (
  Readonly<Record<string, TemplateKind>>
);

/** Where the record has the template, and what to call it. */
function placeOf({ channel, kind }: TemplateOption) {
  return {
    place: [channel, KINDS[kind]] as const,
    named: kind === 'message' ? channel : `${channel} ${kind}`,
  };
}

type ChangeOptions = TemplateOption & VersionOptions;

function ofProject(command: Command): Command {
  return command.argument('<company>').argument('<project>')
    .addOption(new Option('--channel <channel>', 'whose template').choices(CHANNELS).makeOptionMandatory())
    .addOption(
      new Option('--kind <kind>', 'of messages, of reminders, or of what reopens a WhatsApp chat')
        .choices(Object.keys(KINDS)).default('message'),
    );
}

const SHOW_EXAMPLES = `
Examples:
  engine template show harbour-and-pine nurses --channel sms > sms.yaml
  engine template show harbour-and-pine nurses --channel sms --number 2`;

function showCommand(host: CommandHost): Command {
  const attempted = 'Showing the template';
  return ofProject(new Command('show').description('a template as YAML, ready to be edited and set'))
    .option('--number <version>', 'an earlier version', wholeNumberTo(Infinity))
    .addHelpText('after', SHOW_EXAMPLES)
    .action(
      async (
        company: string,
        project: string,
        { number, ...of }: TemplateOption & { readonly number?: number },
        command: Command,
      ) =>
        withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          const { place, named } = placeOf(of);
          const template =
            number === undefined
              ? templateOf(record, ...place)
              : await requireVersion(stage, record, { of, version: number }, output);
          const set = output.command('template', 'set', '--help');
          if (!template) {
            throw new CommandError(
              `${attempted} failed: ${company} ${project} has none for ${named}; set one: ${set}`,
            );
          }
          output.result(template, yamlLines(template));
        }),
    );
}

const SET_EXAMPLES = `
Examples:
  engine template set harbour-and-pine nurses --channel sms --file sms.yaml`;

function setCommand(host: CommandHost): Command {
  const attempted = 'Setting the template';
  return changing(
    ofProject(
      new Command('set').description(
        "replaces a template by a file's; messages that are composed already keep their words",
      ),
    ),
  )
    .requiredOption('--file <file>', "YAML or JSON with the template's fields")
    .addHelpText('after', SET_EXAMPLES)
    .action(
      async (company: string, project: string, options: ChangeOptions & { readonly file: string }, command: Command) =>
        withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          const checked = checkTemplateFile(options.file, record, options, stage);
          const { value } = requireSound(options.file, checked, output.progress);
          await change({ host, stage, output, record, options, next: value, words: 'Set' });
        }),
    );
}

/**
 * The template in its record, so that every rule of the record counts; positions are those of the template's own file.
 */
function checkTemplateFile(file: string, record: StoredRecord, of: TemplateOption, { names }: Stage): CheckedFile {
  const read = readDocument(file, readText(file));
  if (!read.readable) return { findings: read.findings };
  const { document } = read;
  const { place: [channel, kind] } = placeOf(of);
  const inRecord = withTemplate(record, channel, { version: 1, ...document.value }, kind);
  return { document, findings: placed(document, checkTemplate(inRecord, [channel, kind], rulesOf(names))) };
}

function historyCommand(host: CommandHost): Command {
  const attempted = 'Reading the history';
  return ofProject(
    new Command('history').description('every version of a template, newest first, with when and by whom'),
  )
    .addHelpText('after', '\nExamples:\n  engine template history harbour-and-pine nurses --channel sms --stage prod')
    .action(async (company: string, project: string, of: TemplateOption, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const record = await requireRecord(stage, { company, project, attempted }, output);
        const { place, named } = placeOf(of);
        const current = templateOf(record, ...place);
        const versions = await listVersions(stage, record, ...place);
        output.result(versions, [
          ...versionLines(versions, current?.version),
          ...(versions.length === 0 && !current ? [`${company} ${project} has no template for ${named}`] : []),
        ]);
      }),
    );
}

const ROLLBACK_EXAMPLES = `
Examples:
  engine template rollback harbour-and-pine nurses --channel sms --to 2`;

function rollbackCommand(host: CommandHost): Command {
  const attempted = 'Rolling back';
  return changing(
    ofProject(new Command('rollback').description('makes a new version with the content of an earlier one')),
  )
    .requiredOption('--to <version>', 'the earlier version (from template history)', wholeNumberTo(Infinity))
    .addHelpText('after', ROLLBACK_EXAMPLES)
    .action(
      async (company: string, project: string, options: ChangeOptions & { readonly to: number }, command: Command) =>
        withStage(host, command, attempted, async (stage, output) => {
          const record = await requireRecord(stage, { company, project, attempted }, output);
          const next = await requireVersion(stage, record, { of: options, version: options.to }, output);
          await change({ host, stage, output, record, options, next, words: `Take back version ${options.to} of` });
        }),
    );
}

interface TemplateChange {
  readonly host: CommandHost;
  readonly stage: Stage;
  readonly output: CommandOutput;
  readonly record: StoredRecord;
  readonly options: ChangeOptions;
  readonly next: StoredRecord;
  readonly words: string;
}

async function change({
  host,
  stage,
  output,
  record,
  options,
  next,
  words,
}: TemplateChange): Promise<void> {
  const { yes, by } = options;
  const { place: [channel, kind], named } = placeOf(options);
  const plan = await planChange(stage, record, withTemplate(record, channel, next, kind));
  const version = templateOf(plan.after, channel, kind)?.version;
  const base = `channel_config.${channel}.${kind}.`;
  const changes = plan.changes.map((one) => ({
    ...one,
    path: one.path.startsWith(base) ? one.path.slice(base.length) : one.path,
  }));
  const about = { channel, version, changes };
  if (changes.length === 0) {
    return output.result({ ...about, outcome: 'unchanged' }, [
      `${named}: nothing differs from version ${String(version)}`,
    ]);
  }
  for (const line of differenceLines(changes)) output.progress(line);
  const actor = actorOf(host, by);
  const whose = `${String(record.company_id)} ${String(record.project_id)} on ${stage.name}`;
  await confirmed(host, `${words} the ${named} template of ${whose}?`, yes);
  requireWritten('Changing the template', await writePlan(stage, plan, actor));
  const fields = [String(record.project_id), named, `version ${String(version)}`];
  await audited(stage, host, { action: 'change_template', company: String(record.company_id), fields });
  output.result({ ...about, outcome: 'changed' }, [
    `${named}: version ${String(version)} counts from the next message on`,
  ]);
}

async function requireVersion(
  stage: Stage,
  record: StoredRecord,
  { of, version }: { readonly of: TemplateOption; readonly version: number },
  { command }: CommandOutput,
): Promise<StoredRecord> {
  const { place, named } = placeOf(of);
  const found = await findVersion(stage, record, place, version);
  if (found) return found;
  const project = [String(record.company_id), String(record.project_id)] as const;
  const flags = ['--channel', of.channel, ...(of.kind === 'message' ? [] : ['--kind', of.kind])];
  const history = command('template', 'history', ...project, ...flags);
  throw new CommandError(
    `Finding version ${version} failed: no such version of the ${named} template was kept; see ${history}`,
  );
}
