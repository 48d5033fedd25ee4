import { Document } from 'yaml';
import type { Channel } from '../../core/channel';
import { CHANNELS, parseChannel } from '../../core/channel';
import type { ResourceNames } from '../../core/names';
import { isFields } from '../companies/known-fields';

type Fields = Readonly<Record<string, unknown>>;

/** A record of the old engine as a file for this one, and what became of it on the way. */
export interface Draft {
  readonly yaml: string;
  /** Fields of the Assistants API, which was shut down: left out. */
  readonly dead: readonly string[];
  /** What was put into this engine's form. */
  readonly changed: readonly string[];
  /** What a person has to write. */
  readonly toDecide: readonly string[];
}

const DEAD = /^assistant_id/;

/** Drafts everything that can be derived; the words of templates and instructions are a person's to decide, and stay missing. */
export function draftRecord(old: Fields, names: ResourceNames): Draft {
  const changed: string[] = [];
  const { created_at: _created, updated_at: _updated, ...rest } = old;
  const channels = channelsOf(rest.allowed_channels);
  const configured = isFields(rest.ai_config) && isFields(rest.ai_config.openai_config) ? rest.ai_config.openai_config : {};
  const dead = CHANNELS.flatMap((channel) => Object.keys(asFields(configured[channel])).filter((name) => DEAD.test(name)).map((name) => `ai_config.openai_config.${channel}.${name}`));
  const settings = asFields(rest.channel_config);
  const limited = withPlainLimits(rest, changed);
  const models = channels.map((channel) => [channel, modelOf(asFields(configured[channel]), channel, names, changed)] as const);
  const senders = channels.map((channel) => [channel, channelOf(asFields(settings[channel]), channel, old, names, changed)] as const);
  const drafted = {
    ...limited,
    ...(typeof rest.project_status === 'string' ? { project_status: rest.project_status.toLowerCase() } : {}),
    allowed_channels: channels,
    ai_config: { openai_config: { ...configured, ...Object.fromEntries(models) } },
    channel_config: { ...settings, ...Object.fromEntries(senders) },
  };
  const toDecide = channels.flatMap((channel) => [
    ...(asFields(configured[channel]).instructions === undefined ? [`ai_config.openai_config.${channel}.instructions: what the dead assistant was told`] : []),
    ...(asFields(settings[channel]).template === undefined ? [`channel_config.${channel}.template: the approved words and their variables (see company init)`] : []),
  ]);
  const document = new Document(drafted);
  document.commentBefore = ` Drafted from a record of the old engine. To be written by a person:\n${toDecide.map((one) => `   ${one}`).join('\n')}`;
  return { yaml: document.toString({ lineWidth: 0 }), dead, changed, toDecide };
}

function channelsOf(allowed: unknown): readonly Channel[] {
  const words: readonly unknown[] = allowed instanceof Set ? [...allowed] : Array.isArray(allowed) ? allowed : [];
  const known = words.map((word) => parseChannel(String(word)));
  return CHANNELS.filter((channel) => known.includes(channel));
}

/** The old engine never read its limits, so some are texts. */
function withPlainLimits(record: Fields, changed: string[]): Fields {
  const limits = Object.entries(asFields(record.rate_limits)).map(([name, value]) => {
    if (typeof value !== 'string' || !/^\d+$/.test(value)) return [name, value] as const;
    changed.push(`rate_limits.${name}: the text "${value}" is a number now, and is enforced`);
    return [name, Number(value)] as const;
  });
  return { ...plainSets(record), ...(limits.length > 0 ? { rate_limits: Object.fromEntries(limits) } : {}) };
}

function plainSets(record: Fields): Fields {
  const held = Object.entries(record).filter(([, value]) => value !== null);
  return Object.fromEntries(held.map(([name, value]) => [name, value instanceof Set ? [...value] : value]));
}

/** Secrets of other names cannot be read by the stage's functions; left out, they are filled in. */
function modelOf(model: Fields, channel: Channel, names: ResourceNames, changed: string[]): Fields {
  const kept = Object.fromEntries(Object.entries(model).filter(([name]) => !DEAD.test(name)));
  return withoutForeign(kept, 'api_key_reference', names.modelSecret(channel), `ai_config.openai_config.${channel}`, changed);
}

function channelOf(
  settings: Fields, channel: Channel, { company_id: company, project_id: project }: Fields, names: ResourceNames, changed: string[],
): Fields {
  const wanted = names.credentialSecret(channel, String(company), String(project));
  return withoutForeign(settings, `${channel}_credentials_id`, wanted, `channel_config.${channel}`, changed);
}

function withoutForeign(fields: Fields, name: string, wanted: string, path: string, changed: string[]): Fields {
  const { [name]: held, ...rest } = fields;
  if (held === undefined || held === wanted) return fields;
  changed.push(`${path}.${name}: was ${String(held)}; the stage's ${wanted} is filled in, so store the secret there`);
  return rest;
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
