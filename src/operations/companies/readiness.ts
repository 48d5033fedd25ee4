import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { allowedChannels, modelSecretId, parseChannelSettings, parseProject } from '../../core/company/company';
import type { StoredRecord } from '../../core/ports/company-records';
import type { Finding } from '../../core/ports/vendor-accounts';
import type { OperationPorts } from '../ports';
import { checkSecret } from '../secrets/check-secret';
import type { SecretKind } from '../secrets/secret-fields';
import { isFields } from './known-fields';
import { templateFindings } from './template-findings';

/** Whether a channel can send, and what keeps it from it. */
export interface Readiness {
  readonly channel: Channel;
  readonly ready: boolean;
  readonly problems: readonly Finding[];
}

type Ports = Pick<OperationPorts, 'secrets' | 'vendors'>;

/** Judges every channel that the record allows, without asking a vendor. */
export async function readiness(ports: Ports, record: StoredRecord): Promise<readonly Readiness[]> {
  const project = parseProject(record);
  if (!project.valid) {
    const problems = project.faults.map(({ path, message }) => fault(path, message, 'apply_record'));
    return CHANNELS.map((channel) => ({ channel, ready: false, problems }));
  }
  const { project_status: status, rate_limits: limits } = project.value;
  const inactive = status === 'active' ? []
    : [fault('project_status', 'is inactive: set it to active to send again', 'apply_record')];
  return Promise.all(allowedChannels(project.value).map(async (channel) => {
    const problems = [...inactive, ...await channelProblems(ports, record, channel, limits.max_message_length)];
    return { channel, ready: problems.length === 0, problems };
  }));
}

async function channelProblems(
  ports: Ports, record: StoredRecord, channel: Channel, limit: number | null | undefined,
): Promise<readonly Finding[]> {
  const settings = parseChannelSettings(record, channel);
  if (!settings.valid) return settings.faults.map(({ path, message }) => fault(path, message, 'apply_record'));
  const { credentialsId, model, content } = settings.value;
  const faults = templateFindings(content, limit).filter(({ severity }) => severity === 'fault');
  const secrets = await Promise.all([
    secretProblems(ports, 'credentials', channel, credentialsId),
    secretProblems(ports, 'model', channel, modelSecretId(model)),
  ]);
  return [...faults.map(({ path, message }) => fault(`template ${path}`, message, 'set_template')), ...secrets.flat()];
}

async function secretProblems(
  ports: Ports,
  kind: SecretKind,
  channel: Channel,
  name: string | undefined,
): Promise<readonly Finding[]> {
  if (name === undefined) return [];
  const { complete, problem } = await checkSecret(ports, { kind, channel, name });
  return complete ? [] : [fault(`secret ${name}`, problem, kind === 'model' ? 'store_model_key' : 'store_credentials')];
}

function fault(subject: string, words: string, remedy: Finding['remedy']): Finding {
  return { subject, verdict: 'fault', words, remedy };
}

/** A record with its sets as lists, so that it can be shown. */
export function plainRecord(record: StoredRecord): StoredRecord {
  const printable = (value: unknown) =>
    value instanceof Set ? [...value] : isFields(value) ? plainRecord(value) : value;
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, printable(value)]));
}
