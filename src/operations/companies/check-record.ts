import type { Channel } from '../../core/channel';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import { parseChannelSettings, parseProject } from '../../core/company/company';
import type { ChannelTemplate } from '../../core/company/template';
import type { ResourceNames } from '../../core/names';
import type { TemplateKind } from '../../core/ports/company-records';
import { answerFindings } from './answer-findings';
import { completeRecord } from './complete-record';
import { followUpFindings } from './follow-up-findings';
import { isFields, unknownFields } from './known-fields';
import type { RecordFinding } from './record-faults';
import { channelsOf, IDENTIFIER, recordFaults } from './record-faults';
import { templateFindings } from './template-findings';

type Fields = Readonly<Record<string, unknown>>;

/** What companies and projects may be called. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** What a record is checked against. */
export interface RecordRules {
  readonly names: ResourceNames;
  /** Fields of a template that only the vendor of a channel reads. */
  readonly templateFields: (channel: Channel) => readonly string[];
  /** Milliseconds since 1970: what the company knows is true until a day. */
  readonly now: number;
}

/** Everything that is wrong with a record or may be a slip. */
export function checkRecord(value: Fields, { names, templateFields, now }: RecordRules): readonly RecordFinding[] {
  const record = completeRecord(value, names);
  const project = parseProject(record);
  const settings = channelsOf(record).map((channel) => ({ channel, checked: parseChannelSettings(record, channel) }));
  const shapeFaults = [project, ...settings.map(({ checked }) => checked)]
    .flatMap((checked) => (checked.valid ? [] : checked.faults))
    .map(({ path, message }): RecordFinding => ({ severity: 'fault', path, message: withHint(value, path, message) }));
  const templates = settings.flatMap(({ channel }) => templateProblems(channel, record));
  const vendorsOwn = new Set(channelsOf(value).flatMap((channel) => (
    templateFields(channel).flatMap((name) => [
      `channel_config.${channel}.template.${name}`,
      `channel_config.${channel}.reminder_template.${name}`,
      `channel_config.${channel}.reopen_template.${name}`,
    ])
  )));
  const unread = unknownFields(value).filter(({ path }) => !vendorsOwn.has(path));
  const unknown = unread.map(({ path, meant }): RecordFinding => ({
    severity: 'warning',
    path,
    message: `is not a field of the engine; ${meant === undefined ? 'it is kept as it is' : `did you mean ${meant}?`}`,
  }));
  const shapeAt = new Set(shapeFaults.map(({ path }) => path));
  const values = recordFaults(record, names).filter(({ path }) => !shapeAt.has(path));
  const replies = [...answerFindings(record, now), ...followUpFindings(record)];
  return [...shapeFaults, ...values, ...templates, ...replies, ...unknown]
    .filter((found, index, all) => (
      all.findIndex(({ path, message }) => path === found.path && message === found.message) === index
    ));
}

/** YAML reads +44… as a number. */
function withHint(value: Fields, path: string, message: string): string {
  const held = path.split('.').reduce<unknown>((part, step) => (isFields(part) ? part[step] : undefined), value);
  return message === 'must be string' && typeof held === 'number' ? 'must be a text: put it into quotes' : message;
}

/** A template is checked whatever else its channel lacks, so that all faults are found at once. */
function templateProblems(channel: Channel, record: Fields): readonly RecordFinding[] {
  const { template, reminder_template, reopen_template } = settingsOf(record, channel);
  const alone = parseChannelSettings(
    {
      ai_config: { openai_config: { [channel]: { api_key_reference: '-', instructions: '-' } } },
      channel_config: {
        [channel]: {
          [CHANNEL_DEFINITIONS[channel].senderField]: '-',
          [`${channel}_credentials_id`]: '-',
          template,
          reminder_template,
          reopen_template,
        },
      },
    },
    channel,
  );
  if (!alone.valid) return [];
  const limit = isFields(record.rate_limits) ? record.rate_limits.max_message_length : undefined;
  const { content, reminder, reopening } = alone.value;
  const findings = (base: string, of: ChannelTemplate) =>
    templateFindings(of, typeof limit === 'number' ? limit : undefined)
      .map(({ path, ...found }) => ({ ...found, path: path ? `${base}.${path}` : base }));
  return [
    ...findings(`channel_config.${channel}.template`, content),
    ...(reminder ? findings(`channel_config.${channel}.reminder_template`, reminder) : []),
    ...(reopening ? findings(`channel_config.${channel}.reopen_template`, reopening) : []),
  ];
}

function settingsOf({ channel_config: channels }: Fields, channel: Channel): Fields {
  const settings = isFields(channels) ? channels[channel] : undefined;
  return isFields(settings) ? settings : {};
}

/** What is wrong with a template alone, by paths below it; every rule of its record counts. */
export function checkTemplate(
  record: Fields, [channel, kind]: readonly [Channel, TemplateKind], rules: RecordRules,
): readonly RecordFinding[] {
  const base = `channel_config.${channel}.${kind}`;
  return checkRecord(record, rules)
    .filter(({ path }) => path === base || path.startsWith(`${base}.`))
    .map((finding) => ({ ...finding, path: finding.path.slice(base.length + 1) }));
}
