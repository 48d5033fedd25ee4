import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS, CHANNELS } from '../../core/channel';
import { EMAIL_ADDRESS, TELEPHONE_NUMBER } from '../../core/channels/address-form';
import { parseChannelSettings, parseProject } from '../../core/company/company';
import type { ResourceNames } from '../../core/names';
import type { Finding, Position, RecordDocument } from './document';
import { isFields, unknownFields } from './known-fields';
import { templateFindings } from './template-findings';
import { templateOf } from './write-record';

type Fields = Readonly<Record<string, unknown>>;
type Found = Omit<Finding, keyof Position>;

const ADDRESS_FORMS = [TELEPHONE_NUMBER, EMAIL_ADDRESS];

/** Identifiers are parts of conversation identifiers (with `#`), secrets' names (with `/`) and URLs. */
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The secrets' names that a stage's functions may read; a file may leave them out. */
export function completeRecord(value: Fields, names: ResourceNames): Fields {
  const company = String(value.company_id);
  const project = String(value.project_id);
  const channels = channelsOf(value);
  const vendorField = (channel: Channel) => `${channel}_credentials_id`;
  return {
    ...value,
    ...(isFields(value.channel_config) && {
      channel_config: mapFields(value.channel_config, channels, (channel, settings) => ({
        [vendorField(channel)]: names.credentialSecret(channel, company, project),
        ...settings,
        ...(isFields(settings.template) && { template: { version: 1, ...settings.template } }),
      })),
    }),
    ...(isFields(value.ai_config) && isFields(value.ai_config.openai_config) && {
      ai_config: {
        ...value.ai_config,
        openai_config: mapFields(value.ai_config.openai_config, channels, (channel, settings) => (
          { api_key_reference: names.modelSecret(channel), ...settings }
        )),
      },
    }),
  };
}

function mapFields(value: Fields, channels: readonly Channel[], change: (channel: Channel, settings: Fields) => Fields): Fields {
  const changed = channels.flatMap((channel) => (isFields(value[channel]) ? [[channel, change(channel, value[channel])] as const] : []));
  return { ...value, ...Object.fromEntries(changed) };
}

/** The channels that a record allows or has settings for. */
function channelsOf(value: Fields): readonly Channel[] {
  const allowed = listed(value.allowed_channels);
  return CHANNELS.filter((channel) => allowed.includes(channel) || (isFields(value.channel_config) && isFields(value.channel_config[channel])));
}

/** Everything that is wrong with a file or may be a slip, in the order of its lines. */
export function checkRecord(document: RecordDocument, names: ResourceNames): readonly Finding[] {
  const record = completeRecord(document.value, names);
  const project = parseProject(record);
  const settings = channelsOf(record).map((channel) => ({ channel, checked: parseChannelSettings(record, channel) }));
  const shape = [...(project.valid ? [] : project.faults), ...settings.flatMap(({ checked }) => (checked.valid ? [] : checked.faults))]
    .map(({ path, message }): Found => ({ severity: 'fault', path, message: withHint(document, path, message) }));
  const templates = settings.flatMap(({ channel }) => templateFound(channel, record));
  const unknown = unknownFields(document.value).map(({ path, meant }): Found => ({
    severity: 'warning', path, message: meant === undefined ? 'is no field of the engine; it is kept as it is' : `is no field of the engine; did you mean ${meant}?`,
  }));
  const shapeAt = new Set(shape.map(({ path }) => path));
  const values = valueFaults(record, names).filter(({ path }) => !shapeAt.has(path));
  return [...shape, ...values, ...templates, ...unknown]
    .filter((found, index, all) => all.findIndex(({ path, message }) => path === found.path && message === found.message) === index)
    .map((found) => ({ ...found, ...document.positionOf(found.path) }))
    .sort((left, right) => left.line - right.line || left.column - right.column);
}

/** YAML reads +44… as a number. */
function withHint(document: RecordDocument, path: string, message: string): string {
  const held = path.split('.').reduce<unknown>((value, step) => (isFields(value) ? value[step] : undefined), document.value);
  return message === 'must be string' && typeof held === 'number' ? 'must be a text: put it into quotes' : message;
}

/** A template is checked whatever else its channel lacks, so that all faults are told at once. */
function templateFound(channel: Channel, record: Fields): readonly Found[] {
  const template = templateOf(record, channel);
  const { senderField } = CHANNEL_DEFINITIONS[channel];
  const alone = parseChannelSettings({
    ai_config: { openai_config: { [channel]: { api_key_reference: '-', instructions: '-' } } },
    channel_config: { [channel]: { [senderField]: '-', [`${channel}_credentials_id`]: '-', template } },
  }, channel);
  if (!alone.valid) return [];
  const limit = isFields(record.rate_limits) ? record.rate_limits.max_message_length : undefined;
  const base = `channel_config.${channel}.template`;
  return templateFindings(alone.value.content, typeof limit === 'number' ? limit : undefined)
    .map(({ path, ...found }) => ({ ...found, path: path ? `${base}.${path}` : base }));
}

/** What the engine's own schema leaves open, because old records are taken as they are. */
function valueFaults(record: Fields, names: ResourceNames): readonly Found[] {
  const form = (path: string, value: unknown, pattern: RegExp, message: string): readonly Found[] =>
    (typeof value === 'string' && value !== '' && !pattern.test(value) ? [{ severity: 'fault', path, message }] : []);
  const each = (path: string, pattern: RegExp, message: string) => listed(record[path]).flatMap((value, index) => form(`${path}.${index}`, value, pattern, message));
  const anIdentifier = 'must be at most 64 letters, digits, dots, hyphens and underscores';
  const lists = ['initial', 'reply'].flatMap((kind) => [
    ...ADDRESS_FORMS.flatMap(({ listName, pattern, description }) => (
      each(`auto_queue_${kind}_message_from_${listName}`, pattern, `must be ${description}`)
    )),
  ]);
  const representatives = isFields(record.company_rep) ? Object.keys(record.company_rep) : [];
  return [
    ...form('company_id', record.company_id, IDENTIFIER, anIdentifier),
    ...form('project_id', record.project_id, IDENTIFIER, anIdentifier),
    ...each('allowed_channels', new RegExp(`^(?:${CHANNELS.join('|')})$`), `must be one of ${CHANNELS.join(', ')}`),
    ...(Array.isArray(record.allowed_channels) && record.allowed_channels.length === 0
      ? [{ severity: 'fault' as const, path: 'allowed_channels', message: 'is empty: name at least one channel' }] : []),
    ...representatives.filter((name) => !/^company_rep_[1-5]$/.test(name))
      .map((name): Found => ({ severity: 'fault', path: `company_rep.${name}`, message: 'must be one of company_rep_1 to company_rep_5' })),
    ...lists,
    ...CHANNELS.flatMap((channel) => channelFaults(record, channel, names, form)),
  ];
}

type Form = (path: string, value: unknown, pattern: RegExp, message: string) => readonly Found[];

function channelFaults(record: Fields, channel: Channel, names: ResourceNames, form: Form): readonly Found[] {
  const settings = isFields(record.channel_config) && isFields(record.channel_config[channel]) ? record.channel_config[channel] : {};
  const models = isFields(record.ai_config) && isFields(record.ai_config.openai_config) ? record.ai_config.openai_config[channel] : undefined;
  const { senderField, address } = CHANNEL_DEFINITIONS[channel];
  const secret = names.credentialSecret(channel, '<company>', '<project>');
  const secretPattern = new RegExp(`^${secret.replace(/[.+]/g, '\\$&').replace('<company>', '[^/]+').replace('<project>', '[^/]+')}$`);
  const modelSecret = names.modelSecret(channel);
  return [
    ...form(`channel_config.${channel}.${senderField}`, settings[senderField], address.pattern, `must be ${address.description}`),
    ...form(`channel_config.${channel}.${channel}_credentials_id`, settings[`${channel}_credentials_id`], secretPattern,
      `must be ${secret}, which is all that this stage's functions may read; leave it out to have it filled in`),
    ...form(`ai_config.openai_config.${channel}.api_key_reference`, isFields(models) ? models.api_key_reference : undefined, new RegExp(`^${modelSecret}$`),
      `must be ${modelSecret}, which is all that this stage's functions may read; leave it out to have it filled in`),
  ];
}

function listed(value: unknown): readonly string[] {
  const list: readonly unknown[] = value instanceof Set ? [...value] : Array.isArray(value) ? value : [];
  return list.filter((word) => typeof word === 'string');
}
