import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS, CHANNELS } from '../../core/channel';
import { parseCredentialName } from '../../core/company/credential-name';
import type { ResourceNames } from '../../core/names';
import { describeSenders, senderKind } from '../../core/channels/sender-form';
import { isFields } from './known-fields';

type Fields = Readonly<Record<string, unknown>>;

/** Something about a record that its author should know. */
export interface RecordFinding {
  readonly severity: 'fault' | 'warning';
  /** Dotted; empty for the record as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Identifiers are parts of conversation identifiers (with `#`), secrets' names (with `/`) and URLs. */
export const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const AN_IDENTIFIER = 'must be at most 64 letters, digits, dots, hyphens and underscores';

/** The channels that a record allows or has settings for. */
export function channelsOf(value: Fields): readonly Channel[] {
  const allowed = listed(value.allowed_channels);
  const settings = isFields(value.channel_config) ? value.channel_config : {};
  return CHANNELS.filter((channel) => allowed.includes(channel) || isFields(settings[channel]));
}

/** What the engine's own schema leaves open, because old records are taken as they are. */
export function recordFaults(record: Fields, names: ResourceNames): readonly RecordFinding[] {
  const each = (path: string, pattern: RegExp, message: string) =>
    listed(record[path]).flatMap((value, index) => malformed(`${path}.${index}`, value, pattern, message));
  const forms = [...new Set(CHANNELS.map((channel) => CHANNEL_DEFINITIONS[channel].address))];
  const lists = ['initial', 'reply'].flatMap((kind) => forms.flatMap(({ listName, pattern, description }) => (
    each(`auto_queue_${kind}_message_from_${listName}`, pattern, `must be ${description}`)
  )));
  const isWithoutChannels = Array.isArray(record.allowed_channels) && record.allowed_channels.length === 0;
  const representatives = isFields(record.company_rep) ? Object.keys(record.company_rep) : [];
  return [
    ...malformed('company_id', record.company_id, IDENTIFIER, AN_IDENTIFIER),
    ...malformed('project_id', record.project_id, IDENTIFIER, AN_IDENTIFIER),
    ...each('allowed_channels', new RegExp(`^(?:${CHANNELS.join('|')})$`), `must be one of ${CHANNELS.join(', ')}`),
    ...(isWithoutChannels ? [fault('allowed_channels', 'is empty: name at least one channel')] : []),
    ...representatives.filter((name) => !/^company_rep_[1-5]$/.test(name))
      .map((name) => fault(`company_rep.${name}`, 'must be one of company_rep_1 to company_rep_5')),
    ...lists,
    ...CHANNELS.flatMap((channel) => channelFaults(record, channel, names)),
  ];
}

function channelFaults(record: Fields, channel: Channel, names: ResourceNames): readonly RecordFinding[] {
  const settings = fieldsOf(fieldsOf(record.channel_config)[channel]);
  const model = fieldsOf(fieldsOf(fieldsOf(record.ai_config).openai_config)[channel]);
  return [
    ...senderFindings(channel, settings),
    ...credentialFaults(
      `channel_config.${channel}.${channel}_credentials_id`,
      settings[`${channel}_credentials_id`],
      channel,
      names,
    ),
    ...modelKeyFaults(`ai_config.openai_config.${channel}.api_key_reference`, model.api_key_reference, channel, names),
  ];
}

/** A name is shown well and hears nothing: a recipient cannot answer it, nor say STOP. */
function senderFindings(channel: Channel, settings: Fields): readonly RecordFinding[] {
  const { senderField, senderKinds } = CHANNEL_DEFINITIONS[channel];
  const sender = settings[senderField];
  if (typeof sender !== 'string' || sender === '') return [];
  const path = `channel_config.${channel}.${senderField}`;
  const kind = senderKind(sender, senderKinds);
  if (kind === undefined) return [fault(path, `must be ${describeSenders(senderKinds)}`)];
  if (kind !== 'name') return [];
  const message = 'is a name, which receives no replies: recipients cannot answer, and cannot opt out by STOP';
  return [{ severity: 'warning', path, message }];
}

function credentialFaults(
  path: string,
  name: unknown,
  channel: Channel,
  names: ResourceNames,
): readonly RecordFinding[] {
  if (typeof name !== 'string' || name === '' || parseCredentialName(names, channel, name).readable) return [];
  const known = names.credentialSecret(channel, '<company>', '<project>');
  return [fault(path, `must be ${known}: this stage's functions may read no other; leave it out to have it filled in`)];
}

function modelKeyFaults(path: string, name: unknown, channel: Channel, names: ResourceNames): readonly RecordFinding[] {
  const known = names.modelSecret(channel);
  if (typeof name !== 'string' || name === '' || name === known) return [];
  return [fault(path, `must be ${known}: this stage's functions may read no other; leave it out to have it filled in`)];
}

function malformed(path: string, value: unknown, pattern: RegExp, message: string): readonly RecordFinding[] {
  return typeof value === 'string' && value !== '' && !pattern.test(value) ? [fault(path, message)] : [];
}

function fault(path: string, message: string): RecordFinding {
  return { severity: 'fault', path, message };
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function listed(value: unknown): readonly string[] {
  const list: readonly unknown[] = value instanceof Set ? [...value] : Array.isArray(value) ? value : [];
  return list.filter((word) => typeof word === 'string');
}
