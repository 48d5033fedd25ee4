import { Command } from 'commander';
import { stringify } from 'yaml';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import { awsFailure } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { grantLine, listGrants } from '../keys/key-commands';
import { keyState, shortHash } from '../keys/key-work';
import { checkStoredSecret } from '../secrets/secret-commands';
import type { StageClients } from '../stage-clients';
import { requireRecord } from './company-stores';
import { isFields } from './known-fields';
import { templateFindings } from './template-findings';
import { readUsageOf } from './usage';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a channel can send, and what keeps it from it. */
export interface Readiness {
  readonly channel: Channel;
  readonly ready: boolean;
  readonly problems: readonly string[];
}

export function showCommand(host: CommandHost): Command {
  return new Command('show')
    .description('a project\'s record, whether its channels are ready, what it has used today, and its keys by their hash')
    .argument('<company>')
    .argument('<project>')
    .option('--yaml', 'only the record, as a file for company apply')
    .addHelpText('after', '\nExamples:\n  engine company show harbour-and-pine nurses --stage prod\n  engine company show harbour-and-pine nurses --yaml > harbour-and-pine.yaml')
    .action(async (company: string, project: string, { yaml }: { readonly yaml?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = plain(await requireRecord(clients, 'Showing the project', company, project));
        if (yaml) return output.result(record, [stringify(withoutDates(record), { lineWidth: 0 }).trimEnd()]);
        const [channels, usage, grants] = await Promise.all([
          readiness(clients, record),
          readUsageOf(clients, record, Date.now()).catch((error: unknown) => { throw awsFailure('Reading the counters', error); }),
          listGrants(clients, company),
        ]);
        const keys = grants.filter(({ project_ids: projects }) => projects.includes('*') || projects.includes(project));
        const shownKeys = keys.map((grant) => ({ hash: shortHash(grant), state: keyState(grant, Date.now()), expires: grant.expires_at }));
        output.result({ record, channels, usage, keys: shownKeys }, [
          stringify(record, { lineWidth: 0 }).trimEnd(),
          '',
          ...channels.flatMap(({ channel, ready, problems }) => [`${channel}: ${ready ? 'ready' : 'not ready'}`, ...problems.map((problem) => `  ${problem}`)]),
          usage.line,
          ...(keys.length === 0 ? ['keys: none'] : ['keys:', ...keys.map((grant) => `  ${grantLine(grant)}`)]),
        ]);
      }));
}

/** Judges every channel that the record allows, without asking a vendor. */
export async function readiness(clients: StageClients, record: Fields): Promise<readonly Readiness[]> {
  const project = parseProject(record);
  if (!project.valid) {
    const problems = project.faults.map(({ path, message }) => `${path} ${message}`);
    return CHANNELS.map((channel) => ({ channel, ready: false, problems }));
  }
  return Promise.all(allowedChannels(project.value).map(async (channel) => {
    const problems = [
      ...(project.value.project_status === 'active' ? [] : ['the project is inactive: set project_status to active']),
      ...await channelProblems(clients, record, channel, project.value.rate_limits.max_message_length),
    ];
    return { channel, ready: problems.length === 0, problems };
  }));
}

async function channelProblems(
  clients: StageClients, record: Fields, channel: Channel, limit: number | null | undefined,
): Promise<readonly string[]> {
  const settings = parseChannelSettings(record, channel);
  if (!settings.valid) return settings.faults.map(({ path, message }) => `${path} ${message}`);
  const { credentialsId, model, content } = settings.value;
  const modelSecret = modelSecretId(model);
  const faults = templateFindings(content, limit).filter(({ severity }) => severity === 'fault');
  const [credentials, modelKey] = await Promise.all([
    checkStoredSecret(clients, { kind: 'credentials', channel, name: credentialsId }),
    modelSecret === undefined ? { complete: true, problem: undefined } : checkStoredSecret(clients, { kind: 'model', channel, name: modelSecret }),
  ]);
  return [
    ...faults.map(({ path, message }) => `template ${path} ${message}`),
    ...(credentials.complete ? [] : [`secret ${credentialsId}: ${credentials.problem ?? ''}; store it with secret set credentials`]),
    ...(modelKey.complete ? [] : [`secret ${modelSecret ?? ''}: ${modelKey.problem ?? ''}; store it with secret set model`]),
  ];
}

/** Sets as lists, so that the record can be printed. */
export function plain(record: Fields): Fields {
  const printable = (value: unknown) => (value instanceof Set ? [...value] : isFields(value) ? plain(value) : value);
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, printable(value)]));
}

function withoutDates(record: Fields): Fields {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'created_at' && name !== 'updated_at'));
}
