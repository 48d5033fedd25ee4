import { Command, Option } from 'commander';
import { stringify } from 'yaml';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { TemplateVersion } from '../../records/dynamodb-template-history';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { carryOut, requireSound } from '../companies/apply';
import { checkRecord } from '../companies/check-record';
import { companyStores, requireRecord } from '../companies/company-stores';
import { differenceLines, differences } from '../companies/difference';
import type { RecordDocument } from '../companies/document';
import { readDocument, readText } from '../companies/document';
import { templateOf, withTemplate, withVersions } from '../companies/write-record';
import { confirmed, decisionMaker } from '../operator';
import type { StageClients } from '../stage-clients';
import { wholeNumberTo } from '../whole-number';

type Fields = Readonly<Record<string, unknown>>;

/** `template`: the approved words of a project's channel, each version kept. */
export function templateCommands(host: CommandHost): Command {
  return new Command('template')
    .description('show, change and roll back templates; every version is kept, and the number counts up')
    .addCommand(showCommand(host))
    .addCommand(setCommand(host))
    .addCommand(historyCommand(host))
    .addCommand(rollbackCommand(host));
}

interface ChannelOption {
  readonly channel: Channel;
}

interface ChangeOptions extends ChannelOption {
  readonly yes?: true;
  readonly by?: string;
}

function ofProject(command: Command): Command {
  return command.argument('<company>').argument('<project>')
    .addOption(new Option('--channel <channel>', 'whose template').choices(CHANNELS).makeOptionMandatory());
}

function changing(command: Command): Command {
  return command.option('--yes', 'do not ask').option('--by <name>', 'who decides it; otherwise the user of the shell');
}

function showCommand(host: CommandHost): Command {
  return ofProject(new Command('show').description('a template as YAML, ready to be edited and set'))
    .option('--number <version>', 'an earlier version', wholeNumberTo(Infinity))
    .addHelpText('after', '\nExamples:\n  engine template show harbour-and-pine nurses --channel sms > sms.yaml\n  engine template show harbour-and-pine nurses --channel sms --number 2')
    .action(async (company: string, project: string, { channel, number }: ChannelOption & { readonly number?: number }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = await requireRecord(clients, 'Showing the template', company, project);
        const template = number === undefined ? requireTemplate(record, channel) : (await requireVersion(clients, record, channel, number)).template;
        output.result(template, [stringify(template, { lineWidth: 0 }).trimEnd()]);
      }));
}

function setCommand(host: CommandHost): Command {
  return changing(ofProject(new Command('set').description('replaces a template by a file\'s, which is checked first; messages that are composed already keep their words')))
    .requiredOption('--file <file>', 'YAML or JSON with the template\'s fields')
    .addHelpText('after', '\nExamples:\n  engine template set harbour-and-pine nurses --channel sms --file sms.yaml --stage prod')
    .action(async (company: string, project: string, options: ChangeOptions & { readonly file: string }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = await requireRecord(clients, 'Setting the template', company, project);
        const read = readDocument(options.file, readText(options.file));
        const document = read.readable ? read.document : undefined;
        const findings = document ? checkAlone(document, record, options.channel, clients) : read.readable ? [] : read.findings;
        const { value } = requireSound(options.file, { ...(document ? { document } : {}), findings }, host.complain);
        await change({ host, clients, output, record, options, next: value, words: 'Set' });
      }));
}

/** The template in its record, so that every rule of the record counts; positions are those of the template's own file. */
function checkAlone(document: RecordDocument, record: Fields, channel: Channel, { names }: StageClients) {
  const base = `channel_config.${channel}.template`;
  const below = (path: string) => path.slice(base.length).replace(/^\./, '');
  const inRecord: RecordDocument = {
    file: document.file,
    value: withTemplate(record, channel, { version: 1, ...document.value }),
    positionOf: (path) => document.positionOf(path.startsWith(base) ? below(path) : ''),
  };
  return checkRecord(inRecord, names).filter(({ path }) => path.startsWith(base)).map((finding) => ({ ...finding, path: below(finding.path) }));
}

function historyCommand(host: CommandHost): Command {
  return ofProject(new Command('history').description('every version of a template, newest first, with when and by whom'))
    .addHelpText('after', '\nExamples:\n  engine template history harbour-and-pine nurses --channel sms --stage prod')
    .action(async (company: string, project: string, { channel }: ChannelOption, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = await requireRecord(clients, 'Reading the history', company, project);
        const current = templateOf(record, channel);
        const versions = [...await listVersions(clients, record, channel)].reverse();
        const isKept = versions.some(({ version }) => version === current?.version);
        const shown = versions.map((version) => ({ ...version, current: version.version === current?.version }));
        output.result(shown, [
          ...(current && !isKept ? [`${String(current.version)}  current; written by another tool, kept with the next change`] : []),
          ...shown.map(({ version, written_at: at, written_by: by, current: isCurrent }) => `${version}  ${at}  ${by ?? '(another tool)'}${isCurrent ? '  current' : ''}`),
          ...(versions.length === 0 && !current ? [`${company} ${project} has no template for ${channel}`] : []),
        ]);
      }));
}

function rollbackCommand(host: CommandHost): Command {
  return changing(ofProject(new Command('rollback').description('makes a new version with the content of an earlier one')))
    .requiredOption('--to <version>', 'the earlier version (from template history)', wholeNumberTo(Infinity))
    .addHelpText('after', '\nExamples:\n  engine template rollback harbour-and-pine nurses --channel sms --to 2 --stage prod')
    .action(async (company: string, project: string, options: ChangeOptions & { readonly to: number }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = await requireRecord(clients, 'Rolling back', company, project);
        const { template } = await requireVersion(clients, record, options.channel, options.to);
        await change({ host, clients, output, record, options, next: template, words: `Take back version ${options.to} of` });
      }));
}

interface TemplateChange {
  readonly host: CommandHost;
  readonly clients: StageClients;
  readonly output: CommandOutput;
  readonly record: Fields;
  readonly options: ChangeOptions;
  readonly next: Fields;
  readonly words: string;
}

async function change({ host, clients, output, record, options: { channel, yes, by }, next, words }: TemplateChange): Promise<void> {
  const after = await withVersions(companyStores(clients), record, withTemplate(record, channel, next))
    .catch((error: unknown) => { throw awsFailure('Reading the history', error); });
  const [old, now] = [templateOf(record, channel), templateOf(after, channel)];
  const changes = differences(old ?? {}, now);
  const told = { channel, version: now?.version, changes };
  if (changes.length === 0) return output.result({ ...told, outcome: 'unchanged' }, [`${channel}: nothing differs from version ${String(now?.version)}`]);
  for (const line of differenceLines(changes)) output.progress(line);
  const maker = decisionMaker(host, by);
  await confirmed(host, `${words} the ${channel} template of ${String(record.company_id)} ${String(record.project_id)} on ${clients.stage}?`, yes);
  await carryOut(clients, 'Changing the template', { before: record, after }, maker);
  output.result({ ...told, outcome: 'changed' }, [`${channel}: version ${String(now?.version)} counts from the next message on`]);
}

function requireTemplate(record: Fields, channel: Channel): Fields {
  const template = templateOf(record, channel);
  if (template) return template;
  throw new CommandError(`Showing the template failed: ${String(record.company_id)} ${String(record.project_id)} has none for ${channel}; set one with template set.`);
}

async function requireVersion(clients: StageClients, record: Fields, channel: Channel, version: number): Promise<TemplateVersion> {
  const current = templateOf(record, channel);
  if (current?.version === version) return { version, template: current, written_at: '' };
  const found = (await listVersions(clients, record, channel)).filter((kept) => kept.version === version).at(-1);
  if (found) return found;
  throw new CommandError(`Finding version ${version} failed: no such version of the ${channel} template was kept; see template history.`);
}

async function listVersions(clients: StageClients, record: Fields, channel: Channel): Promise<readonly TemplateVersion[]> {
  const owner = { companyId: String(record.company_id), projectId: String(record.project_id), channel };
  return companyStores(clients).history.list(owner).catch((error: unknown) => { throw awsFailure('Reading the history', error); });
}
