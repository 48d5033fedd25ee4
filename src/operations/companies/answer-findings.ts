import type { Channel } from '../../core/channel';
import { countSegments } from '../../core/channels/sms-segments';
import type { AnswerCard } from '../../core/company/answer-card';
import { answerCardSchema, knowledgeSchema } from '../../core/company/answer-card';
import { parseAssistant } from '../../core/company/assistant';
import { isTimeZone, localTime } from '../../core/company/opening-hours';
import { cardFindings } from './card-findings';
import { isFields } from './known-fields';
import { factFindings } from './knowledge-findings';
import type { RecordFinding } from './record-faults';
import { channelsOf } from './record-faults';

type Fields = Readonly<Record<string, unknown>>;

interface Placed<Value> {
  readonly value: Value;
  /** Its place in the list. */
  readonly index: number;
}

/**
 * What is wrong with what a project answers by, at `now`, or may be a slip; paths are those of the record. Each card
 * and fact that can be read is judged, whatever is wrong beside it, so that all faults are found at once.
 */
export function answerFindings(record: Fields, now: number): readonly RecordFinding[] {
  const parsed = parseAssistant(record);
  const settings = isFields(record.assistant) ? record.assistant : {};
  const cards = readable(record.answer_cards, (value) => answerCardSchema.safeParse(value).data);
  const facts = readable(record.knowledge, (value) => knowledgeSchema.safeParse(value).data);
  const { time_zone: zone } = settings;
  const known = {
    knowledge: facts.map(({ value }) => value),
    today: localTime(typeof zone === 'string' && isTimeZone(zone) ? zone : 'UTC', now).date,
  };
  const context = {
    ...known, channels: channelsOf(record), companyLimit: limitOf(record), disclosure: texts(settings.disclosure),
  };
  return [
    ...(parsed.valid ? [] : parsed.faults.map((one): RecordFinding => ({ severity: 'fault', ...one }))),
    ...cards.flatMap(({ value, index }) => under(`answer_cards.${index}`, cardFindings(value, context))),
    ...facts.flatMap(({ value, index }) => under(`knowledge.${index}`, factFindings(value, known))),
    ...sameReasons(cards),
    ...settingsWarnings(record, settings, context.channels),
  ];
}

function readable<Value>(
  listed: unknown, read: (value: unknown) => Value | undefined,
): ReadonlyArray<Placed<Value>> {
  const list: readonly unknown[] = Array.isArray(listed) ? listed : [];
  return list.flatMap((held, index) => {
    const value = read(held);
    return value === undefined ? [] : [{ value, index }];
  });
}

function under(base: string, found: readonly RecordFinding[]): readonly RecordFinding[] {
  return found.map(({ path, ...rest }) => ({ ...rest, path: path ? `${base}.${path}` : base }));
}

/** The model cannot tell two cards apart that are chosen by the same words. */
function sameReasons(cards: ReadonlyArray<Placed<AnswerCard>>): readonly RecordFinding[] {
  const folded = cards.map(({ value }) => value.when.trim().toLowerCase());
  return cards.flatMap(({ index }, place) => {
    const first = cards[folded.indexOf(folded[place] ?? '')];
    if (!first || first.index === index) return [];
    return [warning(`answer_cards.${index}.when`, `says the same as that of ${first.value.card_id}: one is never chosen`)];
  });
}

function settingsWarnings(record: Fields, settings: Fields, channels: readonly Channel[]): readonly RecordFinding[] {
  const whatsapp = isFields(record.channel_config) ? record.channel_config.whatsapp : undefined;
  const reopens = isFields(whatsapp) && whatsapp.reopen_template !== undefined;
  const answers = record.replies === 'answer';
  return [
    ...(channels.includes('sms') ? longSentences(settings) : []),
    ...(settings.outside_hours !== undefined && settings.hours === undefined && settings.closed_on === undefined
      ? [warning('assistant.outside_hours', 'is never said: set hours')]
      : []),
    ...(answers && channels.includes('whatsapp') && !reopens
      ? [warning(
        'channel_config.whatsapp.reopen_template',
        'is missing: a reply that is due after 24 hours of silence waits for a person',
      )]
      : []),
    ...(reopens && !answers
      ? [warning('channel_config.whatsapp.reopen_template', 'is never sent: set replies to answer')]
      : []),
  ];
}

/** SMS segments that a sentence of the assistant's should cost at most: those of a template. */
const MOST_SEGMENTS = 3;

function longSentences(settings: Fields): readonly RecordFinding[] {
  return ['hand_off', 'outside_hours'].flatMap((name) => (
    Object.entries(texts(settings[name])).flatMap(([language, text]) => {
      const segments = countSegments(text);
      if (segments <= MOST_SEGMENTS) return [];
      return [warning(`assistant.${name}.${language}`, `costs ${segments} SMS segments: say it shorter`)];
    })
  ));
}

function limitOf({ rate_limits: limits }: Fields): number | undefined {
  const limit = isFields(limits) ? limits.max_message_length : undefined;
  return typeof limit === 'number' ? limit : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (!isFields(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([name, text]) => (
    typeof text === 'string' ? [[name, text] as const] : []
  )));
}

function warning(path: string, message: string): RecordFinding {
  return { severity: 'warning', path, message };
}
