import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { ChannelSettings } from '../../core/company/company';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import { VENDORS } from '../../providers/vendors';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { requireRecord } from '../companies/company-stores';
import { templateFindings } from '../companies/template-findings';
import { rehearsalPorts } from '../requests/dry-run-command';
import { rehearse } from '../requests/rehearse';
import type { SecretKind } from '../secrets/secret-fields';
import { readSecret } from '../secrets/stored-secrets';
import type { StageClients } from '../stage-clients';
import { askVendor } from './ask-vendor';
import { verifyModel, verifyVendor } from './checks';
import { sampleRequestFor } from './sample-facts';
import type { Verified } from './vendor-answer';

type Fields = Readonly<Record<string, unknown>>;

interface VerifiedOfChannel extends Verified {
  readonly channel: Channel;
}

/** `company verify`: what only the vendors can tell, before the first message does. */
export function verifyCommand(host: CommandHost): Command {
  return new Command('verify')
    .description('asks the vendors: credentials, sender, template and its approval, the webhook, and a dry run that sends nothing; one line each with what to do')
    .argument('<company>')
    .argument('<project>')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(CHANNELS))
    .option('--no-dry-run', 'do not ask the model, whose answer costs a fraction of a cent')
    .addHelpText('after', '\nExit code 1 if anything is at fault.\n\nExamples:\n  engine company verify harbour-and-pine nurses --stage prod\n  engine company verify harbour-and-pine nurses --channel whatsapp --json')
    .action(async (company: string, project: string, options: { readonly channel?: Channel; readonly dryRun: boolean }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const record = await requireRecord(clients, 'Verifying', company, project);
        const parsed = parseProject(record);
        if (!parsed.valid) throw new CommandError(`Verifying failed: the record has faults (${parsed.faults.map(({ path, message }) => `${path} ${message}`).join('; ')}); mend them with company apply.`);
        const channels = allowedChannels(parsed.value).filter((channel) => options.channel === undefined || channel === options.channel);
        if (channels.length === 0) throw new CommandError(`Verifying failed: ${company} ${project} does not allow ${options.channel ?? 'any channel'}; add it to allowed_channels.`);
        const found: VerifiedOfChannel[] = [];
        for (const channel of channels) {
          output.progress(`${channel} …`);
          const verified = await verifyChannel(clients, record, channel, options.dryRun);
          found.push(...verified.map((one) => ({ channel, ...one })));
        }
        output.result(found, found.map(({ channel, subject, verdict, words }) => `${verdict.padEnd(7)}  ${channel}  ${subject}: ${words}`));
        const faults = found.filter(({ verdict }) => verdict === 'fault').length;
        if (faults > 0) throw new CommandError(`${company} ${project} is not ready: ${faults} fault${faults === 1 ? '' : 's'}; do what the lines say, then verify again.`);
      }));
}

async function verifyChannel(clients: StageClients, record: Fields, channel: Channel, withDryRun: boolean): Promise<readonly Verified[]> {
  const parsed = parseChannelSettings(record, channel);
  if (!parsed.valid) return parsed.faults.map(({ path, message }) => fault(`record ${path}`, `${message}: mend it with company apply`));
  const settings = parsed.value;
  const template = templateFindings(settings.content).filter(({ severity }) => severity === 'fault')
    .map(({ path, message }) => fault(`template ${path}`, `${message}: mend it with template set`));
  const [credentials, modelKey] = await Promise.all([
    secretOf(clients, 'credentials', channel, settings.credentialsId),
    secretOf(clients, 'model', channel, modelSecretId(settings.model) ?? clients.names.modelSecret(channel)),
  ]);
  const atVendors = [
    ...('fields' in credentials ? await verifyVendor(settings, credentials.fields, clients.vendors) : [credentials.fault]),
    'fields' in modelKey ? await verifyModel(settings, modelKey.fields, clients.vendors) : modelKey.fault,
  ];
  const webhook = await verifyWebhook(clients, record, channel);
  const canCompose = template.length === 0 && 'fields' in modelKey && atVendors.at(-1)?.verdict === 'ok';
  const tried = withDryRun && canCompose ? [await verifyComposition(clients, record, settings)] : [];
  return [...template, ...atVendors, webhook, ...tried];
}

async function secretOf(
  clients: StageClients, kind: SecretKind, channel: Channel, name: string,
): Promise<{ readonly fields: Readonly<Record<string, string>> } | { readonly fault: Verified }> {
  const stored = await readSecret(clients.secrets, { kind, channel, name });
  const todo = `store it with secret set ${kind} --channel ${channel}`;
  if (stored.state === 'missing') return { fault: fault(`secret ${name}`, `there is no such secret: ${todo}`) };
  if (stored.state === 'unusable') return { fault: fault(`secret ${name}`, `${stored.fault}: ${todo}`) };
  return stored.faults.length > 0 ? { fault: fault(`secret ${name}`, `${stored.faults.join('; ')}: ${todo}`) } : { fields: stored.fields };
}

/** A call without a signature is refused by the engine itself: that answer proves that vendors reach it. */
async function verifyWebhook(clients: StageClients, record: Fields, channel: Channel): Promise<Verified> {
  const owner = { companyId: String(record.company_id), projectId: String(record.project_id) };
  const base = await clients.apiUrl();
  const url = VENDORS[channel].urlToEnter(base, { ...owner, channel });
  const subject = 'webhook';
  const answer = await askVendor(url, {}, 'POST');
  if (answer.kind === 'answer' && answer.status === 403) return { subject, verdict: 'ok', words: `answers; enter ${url} at the vendor` };
  const what = answer.kind === 'answer' ? `answers HTTP ${answer.status} to an unsigned call, where it should refuse with 403` : `cannot be reached (${answer.detail})`;
  return fault(subject, `${what}: see the logs of ${clients.names.vendorWebhooks}, and that the stack is deployed`);
}

async function verifyComposition(clients: StageClients, record: Fields, settings: ChannelSettings): Promise<Verified> {
  const subject = 'dry run';
  try {
    const { outcome, reason, detail } = await rehearse(sampleRequestFor(record, settings), rehearsalPorts(clients));
    if (outcome === 'would_send') return { subject, verdict: 'ok', words: 'a sample request makes a message that is proved' };
    return { subject, verdict: 'warning', words: `a sample request's message would wait for a person (${[reason, detail].filter(Boolean).join(': ')}): try real facts with dry-run` };
  } catch (error) {
    if (error instanceof CommandError) return fault(subject, error.message);
    throw error;
  }
}

function fault(subject: string, words: string): Verified {
  return { subject, verdict: 'fault', words };
}
