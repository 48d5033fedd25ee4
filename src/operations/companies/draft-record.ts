import type { Channel } from '../../core/channel';
import { CHANNELS, parseChannel } from '../../core/channel';
import { parseCredentialName } from '../../core/company/credential-name';
import type { ResourceNames } from '../../core/names';
import type { StoredRecord } from '../../core/ports/company-records';
import { isFields } from './known-fields';

type Fields = Readonly<Record<string, unknown>>;

/** A record of the old engine in this one's form, and what became of it on the way. */
export interface Draft {
  readonly record: StoredRecord;
  /** Fields of the Assistants API, which was shut down: left out. */
  readonly dead: readonly string[];
  /** What was put into this engine's form. */
  readonly changed: readonly string[];
  /** What a person has to write. */
  readonly toDecide: readonly string[];
}

const DEAD = /^assistant_id/;

/**
 * Drafts all that can be derived. The words of templates and instructions are a person's to decide, and stay missing.
 */
export function draftRecord(old: StoredRecord, names: ResourceNames): Draft {
  const changed: string[] = [];
  const { created_at: _created, updated_at: _updated, ...rest } = old;
  const channels = channelsOf(rest.allowed_channels);
  const models = asFields(asFields(rest.ai_config).openai_config);
  const settings = asFields(rest.channel_config);
  const status = typeof rest.project_status === 'string' ? { project_status: rest.project_status.toLowerCase() } : {};
  const record = {
    ...withPlainLimits(rest, changed),
    ...status,
    allowed_channels: channels,
    ai_config: {
      openai_config: {
        ...models,
        ...mapChannels(channels, models, (channel, model) => modelOf(model, channel, names, changed)),
      },
    },
    channel_config: {
      ...settings,
      ...mapChannels(channels, settings, (channel, one) => senderOf(one, channel, names, changed)),
    },
  };
  const dead = CHANNELS.flatMap((channel) =>
    Object.keys(asFields(models[channel]))
      .filter((name) => DEAD.test(name))
      .map((name) => `ai_config.openai_config.${channel}.${name}`),
  );
  const open = channels.flatMap((channel) => toDecide(channel, asFields(models[channel]), asFields(settings[channel])));
  return { record, dead, changed, toDecide: open };
}

function toDecide(channel: Channel, model: Fields, settings: Fields): readonly string[] {
  const instructions = `ai_config.openai_config.${channel}.instructions: what the dead assistant was instructed`;
  const template = `channel_config.${channel}.template: the approved words and their variables (see company init)`;
  return [
    ...(model.instructions === undefined ? [instructions] : []),
    ...(settings.template === undefined ? [template] : []),
  ];
}

function mapChannels(
  channels: readonly Channel[],
  held: Fields,
  change: (channel: Channel, one: Fields) => Fields,
): Fields {
  return Object.fromEntries(channels.map((channel) => [channel, change(channel, asFields(held[channel]))]));
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

function modelOf(model: Fields, channel: Channel, names: ResourceNames, changed: string[]): Fields {
  const kept = Object.fromEntries(Object.entries(model).filter(([name]) => !DEAD.test(name)));
  const { api_key_reference: secret, ...rest } = kept;
  if (secret === undefined || secret === names.modelSecret(channel)) return kept;
  changed.push(unreadable(`ai_config.openai_config.${channel}.api_key_reference`, secret, names.modelSecret(channel)));
  return rest;
}

/** Old records name a company's secrets by its short name, which the functions may read: such a secret stays in use. */
function senderOf(settings: Fields, channel: Channel, names: ResourceNames, changed: string[]): Fields {
  const field = `${channel}_credentials_id`;
  const { [field]: secret, ...rest } = settings;
  if (secret === undefined || (typeof secret === 'string' && parseCredentialName(names, channel, secret).readable)) {
    return settings;
  }
  changed.push(
    unreadable(`channel_config.${channel}.${field}`, secret, names.credentialSecret(channel, '<company>', '<project>')),
  );
  return rest;
}

/** A secret of another name cannot be read by the stage's functions; left out, its name is filled in. */
function unreadable(path: string, secret: unknown, known: string): string {
  return `${path}: was ${String(secret)}, which no function may read; ${known} is filled in, so store the secret there`;
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
