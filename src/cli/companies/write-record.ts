import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { DynamoDbCompanies } from '../../records/dynamodb-companies';
import type { DynamoDbTemplateHistory, TemplateVersion } from '../../records/dynamodb-template-history';
import { isFields } from './known-fields';
import { contentOf } from './template-findings';

type Fields = Readonly<Record<string, unknown>>;

export interface RecordStores {
  readonly companies: Pick<DynamoDbCompanies, 'find' | 'create' | 'change'>;
  readonly history: Pick<DynamoDbTemplateHistory, 'keep' | 'list'>;
}

/** What is to be written, judged before anybody is asked. */
export interface PlannedWrite {
  readonly before?: Fields;
  readonly after: Fields;
}

/** A changed template gets the next number, whatever number the file gave; one that stays as it is keeps its own. */
export async function withVersions(stores: RecordStores, before: Fields | undefined, after: Fields): Promise<Fields> {
  let counted = after;
  for (const channel of CHANNELS) {
    const next = templateOf(after, channel);
    if (!next) continue;
    const stored = before && templateOf(before, channel);
    const isSame = stored !== undefined && isDeepStrictEqual(contentOf(stored), contentOf(next));
    const version = isSame ? numberOf(stored.version) : await nextVersion(stores, after, channel, stored, next);
    counted = withTemplate(counted, channel, { ...next, version });
  }
  return counted;
}

async function nextVersion({ history }: RecordStores, record: Fields, channel: Channel, stored: Fields | undefined, next: Fields): Promise<number> {
  const kept = await history.list(ownerOf(record, channel));
  const last = Math.max(numberOf(stored?.version), ...kept.map(({ version }) => version));
  return Math.max(last + 1, numberOf(next.version));
}

/**
 * Writes a record, conditional on the one that was read; false if that has changed in between. What a template was is kept before it goes, and what
 * it becomes once it is there: a stop between the two leaves a version that the next write finds in the record and keeps.
 */
export async function writeRecord(stores: RecordStores, { before, after }: PlannedWrite, by: string, now: string): Promise<boolean> {
  const dated = { ...after, created_at: before?.created_at ?? now, updated_at: now };
  const changed = CHANNELS.filter((channel) => !isDeepStrictEqual(before && templateOf(before, channel), templateOf(after, channel)));
  if (before) await keepAll(stores, before, changed, { written_at: now });
  const isWritten = await (before ? stores.companies.change(before, dated) : stores.companies.create(dated));
  if (isWritten) await keepAll(stores, dated, changed, { written_at: now, written_by: by });
  return isWritten;
}

async function keepAll(
  stores: RecordStores, record: Fields, channels: readonly Channel[], origin: Pick<TemplateVersion, 'written_at' | 'written_by'>,
): Promise<void> {
  for (const channel of channels) {
    const template = templateOf(record, channel);
    if (template) await stores.history.keep(ownerOf(record, channel), { version: numberOf(template.version), template, ...origin });
  }
}

export function templateOf(record: Fields, channel: Channel): Fields | undefined {
  const settings = isFields(record.channel_config) ? record.channel_config[channel] : undefined;
  return isFields(settings) && isFields(settings.template) ? settings.template : undefined;
}

/** The record with another template; undefined settings of the channel are left to the schema to complain of. */
export function withTemplate(record: Fields, channel: Channel, template: Fields): Fields {
  const channels = isFields(record.channel_config) ? record.channel_config : {};
  const settings = isFields(channels[channel]) ? channels[channel] : {};
  return { ...record, channel_config: { ...channels, [channel]: { ...settings, template } } };
}

export function ownerOf(record: Fields, channel: Channel) {
  return { companyId: String(record.company_id), projectId: String(record.project_id), channel };
}

function numberOf(version: unknown): number {
  return typeof version === 'number' ? version : 0;
}
