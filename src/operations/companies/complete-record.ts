import type { Channel } from '../../core/channel';
import type { TemplateKind } from '../../core/ports/company-records';
import { TEMPLATE_KINDS } from '../../core/ports/company-records';
import type { ResourceNames } from '../../core/names';
import { isFields } from './known-fields';
import { channelsOf } from './record-faults';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fills in what a record may leave out: the names of the secrets that a stage's functions read, and the first version.
 */
export function completeRecord(value: Fields, names: ResourceNames): Fields {
  const company = String(value.company_id);
  const project = String(value.project_id);
  const channels = channelsOf(value);
  const withSecrets = isFields(value.channel_config) ? {
    channel_config: mapFields(value.channel_config, channels, (channel, settings) => ({
      [`${channel}_credentials_id`]: names.credentialSecret(channel, company, project),
      ...settings,
      ...Object.fromEntries(TEMPLATE_KINDS.flatMap((kind) => withVersion(settings, kind))),
    })),
  } : {};
  const withModelKeys = isFields(value.ai_config) && isFields(value.ai_config.openai_config) ? {
    ai_config: {
      ...value.ai_config,
      openai_config: mapFields(value.ai_config.openai_config, channels, (channel, settings) => (
        { api_key_reference: names.modelSecret(channel), ...settings }
      )),
    },
  } : {};
  const { answer_cards: cards } = value;
  const withCardVersions = Array.isArray(cards)
    ? { answer_cards: cards.map((card: unknown) => (isFields(card) ? { version: 1, ...card } : card)) }
    : {};
  return { ...value, ...withSecrets, ...withModelKeys, ...withCardVersions };
}

function withVersion(settings: Fields, kind: TemplateKind): ReadonlyArray<readonly [TemplateKind, Fields]> {
  const template = settings[kind];
  return isFields(template) ? [[kind, { version: 1, ...template }]] : [];
}

type FieldsChange = (channel: Channel, settings: Fields) => Fields;

function mapFields(value: Fields, channels: readonly Channel[], change: FieldsChange): Fields {
  const changed = channels.flatMap((channel) => {
    const settings = value[channel];
    return isFields(settings) ? [[channel, change(channel, settings)] as const] : [];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

export function templateOf(record: Fields, channel: Channel, kind: TemplateKind = 'template'): Fields | undefined {
  const settings = isFields(record.channel_config) ? record.channel_config[channel] : undefined;
  const template = isFields(settings) ? settings[kind] : undefined;
  return isFields(template) ? template : undefined;
}

/** The record with another template; settings that its channel lacks are for the schema to report. */
export function withTemplate(
  record: Fields, channel: Channel, template: Fields, kind: TemplateKind = 'template',
): Fields {
  const channels = isFields(record.channel_config) ? record.channel_config : {};
  const settings = isFields(channels[channel]) ? channels[channel] : {};
  return { ...record, channel_config: { ...channels, [channel]: { ...settings, [kind]: template } } };
}
