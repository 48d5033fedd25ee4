import type { Channel } from '../../core/channel';
import type { ChannelSettings } from '../../core/company/company';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import type { ChannelTemplate } from '../../core/company/template';
import type { Fault } from '../../core/contract/refusal';
import type { StoredRecord } from '../../core/ports/company-records';
import type { Finding } from '../../core/ports/vendor-accounts';
import type { DryRun, NotTried } from '../dry-run/dry-run';
import { dryRun } from '../dry-run/dry-run';
import type { OperationPorts } from '../ports';
import { checkSecret } from '../secrets/check-secret';
import type { SecretKind } from '../secrets/secret-fields';
import { sampleRequestFor } from './sample-request';
import { templateFindings } from './template-findings';

type Ports = Pick<OperationPorts, 'clock' | 'directory' | 'model' | 'names' | 'probe' | 'secrets' | 'vendors'>;

export interface ChannelFinding extends Finding {
  readonly channel: Channel;
}

export type VerifyResult =
  | { readonly outcome: 'verified'; readonly findings: readonly ChannelFinding[] }
  | { readonly outcome: 'record_incomplete'; readonly faults: readonly Fault[] }
  | { readonly outcome: 'channel_not_allowed' };

export interface VerifyOrder {
  readonly record: StoredRecord;
  /** Absent: every channel that the record allows. */
  readonly channel?: Channel;
  /** Whether the model is asked, whose answer is paid for. */
  readonly withDryRun: boolean;
  readonly onChannel?: (channel: Channel) => void;
}

/** What only the vendors can say, before the first message shows it. Sends nothing. */
export async function verifyCompany(ports: Ports, order: VerifyOrder): Promise<VerifyResult> {
  const project = parseProject(order.record);
  if (!project.valid) return { outcome: 'record_incomplete', faults: project.faults };
  const channels = allowedChannels(project.value).filter(
    (channel) => order.channel === undefined || channel === order.channel,
  );
  if (channels.length === 0) return { outcome: 'channel_not_allowed' };
  const findings: ChannelFinding[] = [];
  for (const channel of channels) {
    order.onChannel?.(channel);
    const found = await verifyChannel(ports, order.record, channel, order.withDryRun);
    findings.push(...found.map((one) => ({ channel, ...one })));
  }
  return { outcome: 'verified', findings };
}

async function verifyChannel(
  ports: Ports, record: StoredRecord, channel: Channel, withDryRun: boolean,
): Promise<readonly Finding[]> {
  const parsed = parseChannelSettings(record, channel);
  if (!parsed.valid) return parsed.faults.map(({ path, message }) => fault(`record ${path}`, message, 'apply_record'));
  const settings = parsed.value;
  const faultsOf = (what: string, content: ChannelTemplate) =>
    templateFindings(content).filter(({ severity }) => severity === 'fault')
      .map(({ path, message }) => fault(`${what} ${path}`, message, 'set_template'));
  const { reminder, reopening } = settings;
  const template = [
    ...faultsOf('template', settings.content),
    ...(reminder ? faultsOf('reminder template', reminder) : []),
    ...(reopening ? faultsOf('reopen template', reopening) : []),
  ];
  const [credentials, modelKey] = await Promise.all([
    secretOf(ports, 'credentials', channel, settings.credentialsId),
    secretOf(ports, 'model', channel, modelSecretId(settings.model) ?? ports.names.modelSecret(channel)),
  ]);
  const webhookUrl = await webhookUrlOf(ports, record, channel);
  const atVendor = 'fields' in credentials
    ? await verifyAtVendor(ports, settings, credentials.fields, webhookUrl)
    : [credentials.finding];
  const model = 'fields' in modelKey ? await ports.vendors.verifyModel(settings, modelKey.fields) : modelKey.finding;
  const webhook = await verifyWebhook(ports, webhookUrl);
  const canCompose = template.length === 0 && model.verdict === 'ok';
  const tried = withDryRun && canCompose ? [await verifyComposition(ports, record, settings)] : [];
  return [...template, ...atVendor, model, webhook, ...tried];
}

/** Each other template is a text of its own that the vendor approves; what is found of the account is told once. */
async function verifyAtVendor(
  { vendors }: Ports,
  settings: ChannelSettings,
  secret: Readonly<Record<string, string>>,
  webhookUrl: string,
): Promise<readonly Finding[]> {
  const found = await vendors.verifyChannel(settings, secret, webhookUrl);
  const all = [...found];
  for (const content of [settings.reminder, settings.reopening]) {
    if (!content) continue;
    const ofOther = await vendors.verifyChannel({ ...settings, content }, secret, webhookUrl);
    all.push(...ofOther.filter(({ words, subject }) => (
      !all.some((one) => one.words === words && one.subject === subject)
    )));
  }
  return all;
}

type ReadSecret = { readonly fields: Readonly<Record<string, string>> } | { readonly finding: Finding };

async function secretOf(ports: Ports, kind: SecretKind, channel: Channel, name: string): Promise<ReadSecret> {
  const checked = await checkSecret(ports, { kind, channel, name });
  if (checked.complete) return { fields: checked.fields };
  return {
    finding: fault(`secret ${name}`, checked.problem, kind === 'model' ? 'store_model_key' : 'store_credentials'),
  };
}

/** The URL that the operator enters at the vendor. */
async function webhookUrlOf({ probe, vendors }: Ports, record: StoredRecord, channel: Channel): Promise<string> {
  const owner = { companyId: String(record.company_id), projectId: String(record.project_id) };
  return vendors.webhookUrl(await probe.apiUrl(), { ...owner, channel });
}

/** A call without a signature is refused by the engine itself: that answer proves that vendors reach it. */
async function verifyWebhook(ports: Ports, url: string): Promise<Finding> {
  const answer = await ports.vendors.callUnsigned(url);
  if ('status' in answer && answer.status === 403) {
    return { subject: 'webhook', verdict: 'ok', words: `answers; enter ${url} at the vendor` };
  }
  const what = 'status' in answer
    ? `answers HTTP ${answer.status} to an unsigned call, where it should refuse with 403`
    : `cannot be reached (${answer.unreachable})`;
  return fault('webhook', `${what}: see the logs of ${ports.names.vendorWebhooks}, and that the stack is deployed`);
}

async function verifyComposition(ports: Ports, record: StoredRecord, settings: ChannelSettings): Promise<Finding> {
  return judgeDryRun(await dryRun(sampleRequestFor(record, settings), ports));
}

function judgeDryRun(result: DryRun | NotTried): Finding {
  const subject = 'dry run';
  switch (result.outcome) {
    case 'would_send':
      return { subject, verdict: 'ok', words: 'a sample request makes a message that is proved' };
    case 'would_wait_for_a_person':
    case 'would_fail': {
      const why = [result.reason, result.detail].filter(Boolean).join(': ');
      const fate = result.outcome === 'would_fail' ? 'end without being sent' : 'wait for a person';
      const words = `a sample request's message would ${fate} (${why}): try it with real facts`;
      return { subject, verdict: 'warning', words, remedy: 'dry_run' };
    }
    case 'model_unavailable':
      return fault(subject, 'the language model did not answer: try again, or check its vendor\'s status page');
    case 'model_misconfigured':
      return fault(
        subject,
        `the language model refused the call (${result.code}): check its key and budget`,
        'store_model_key',
      );
    case 'company_not_found':
    case 'record_incomplete':
    case 'channel_not_allowed':
    case 'model_key_unusable':
      return fault(subject, 'the record or the key was changed meanwhile: verify again');
  }
}

function fault(subject: string, words: string, remedy?: Finding['remedy']): Finding {
  return { subject, verdict: 'fault', words, remedy };
}
