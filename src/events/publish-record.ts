import type { LoggedEvent } from '../core/events/client-event';
import { EVENT_DAYS } from '../core/events/event-types';
import type { ConversationKey } from '../core/lifecycle/conversation';
import type { Clock } from '../core/ports/clock';
import type { EventLog, Watermark } from '../core/ports/events';
import { sha256 } from '../core/sha256';
import type { Entry, EventDraft } from './entries';
import { entriesOf } from './entries';
import { eventIdentifier } from './identifier';
import { momentOf, positionAt, WRITE_BOUND } from './positions';
import type { WatchedRecord } from './watched-record';

export interface PublishPorts {
  readonly records: { find(key: ConversationKey): Promise<WatchedRecord | undefined> };
  readonly log: Pick<EventLog, 'watermark' | 'advance' | 'append'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Milliseconds: what is older when its record is seen first was imported, restored or was there before events were. */
const NEWS = 60 * 60_000;
const DAY = 24 * 60 * 60_000;

/** What was published of a record. `settle` advances its watermark: until then the next run publishes it once more. */
export interface Published {
  readonly events: readonly LoggedEvent[];
  readonly settle: () => Promise<unknown>;
}

const NOTHING: Published = { events: [], settle: async () => Promise.resolve() };

/**
 * Publishes what lies past a record's watermark. Endpoints are called before it is settled: a crash between the two
 * publishes the same events once more, under the same identifiers; the other way round nobody would be called for them.
 */
export async function publishRecord(
  key: ConversationKey,
  changedAt: number,
  ports: PublishPorts,
): Promise<Published> {
  const record = await ports.records.find(key);
  if (!record) return NOTHING;
  const entries = entriesOf(record);
  if (entries.length === 0) return NOTHING;
  const name = sha256(JSON.stringify([key.primary_channel, key.conversation_id]));
  const watermark = await ports.log.watermark(name);
  const unpublished = newEntries(entries, watermark, changedAt);
  if (!unpublished.some(({ drafts }) => drafts.length > 0)) return NOTHING;
  const timeToLive = lifetime(record, ports.clock.now());
  const published: LoggedEvent[] = [];
  let sequence = sequenceBefore(entries, unpublished, watermark);
  let position = watermark?.position ?? '';
  for (const entry of unpublished) {
    sequence += 1;
    for (const [index, draft] of entry.drafts.entries()) {
      const identity = index === 0 ? entry.identity : `${entry.identity}#${index}`;
      const id = eventIdentifier(recordName(record), identity);
      const logged = await append({ id, at: entry.at, sequence, draft, timeToLive }, position, ports);
      position = logged.position;
      published.push(logged);
    }
  }
  const last = unpublished.at(-1)?.identity ?? '';
  const to = { last, sequence, position };
  return { events: published, settle: async () => ports.log.advance(name, watermark, to, timeToLive) };
}

/**
 * Those behind the watermark; where its entry is gone from a history that keeps only the newest ones, all of them.
 * Without a watermark those that are news.
 */
function newEntries(
  entries: readonly Entry[],
  watermark: Watermark | undefined,
  changedAt: number,
): readonly Entry[] {
  if (!watermark) return entries.filter(({ at }) => Date.parse(at) >= changedAt - NEWS);
  return entries.slice(entries.findIndex(({ identity }) => identity === watermark.last) + 1);
}

function sequenceBefore(
  entries: readonly Entry[],
  [first]: readonly Entry[],
  watermark: Watermark | undefined,
): number {
  return watermark?.sequence ?? (first ? entries.indexOf(first) : 0);
}

interface Numbered {
  readonly id: string;
  readonly at: string;
  readonly sequence: number;
  readonly draft: EventDraft;
  readonly timeToLive: number;
}

/**
 * Written again where it took long: readers take the order up to a moment for settled a second after it.
 */
async function append(
  { id, at, sequence, draft, timeToLive }: Numbered,
  after: string,
  ports: PublishPorts,
): Promise<LoggedEvent> {
  for (;;) {
    const now = Math.max(ports.clock.now(), after === '' ? 0 : momentOf(after) + (isBehind(after, sequence) ? 0 : 1));
    const event = { id, at, sequence, ...draft, time_to_live: timeToLive };
    const logged = { position: positionAt(now, sequence, id), event };
    await ports.log.append(logged);
    if (ports.clock.now() - now <= WRITE_BOUND) return logged;
  }
}

/** Whether the sequence alone sorts behind the last position of the same moment. */
function isBehind(position: string, sequence: number): boolean {
  return Number(position.split('-')[1]) < sequence;
}

/** The record's own end where that is sooner. */
function lifetime(record: WatchedRecord, now: number): number {
  const most = Math.floor((now + EVENT_DAYS * DAY) / 1000);
  const own = record.kind === 'conversation' ? record.conversation.time_to_live
    : record.kind === 'opt_out' ? undefined : record.timeToLive;
  return own !== undefined && Number.isFinite(own) ? Math.min(own, most) : most;
}

/** What identifiers of its events are made of: it names no recipient. */
function recordName(record: WatchedRecord): string {
  switch (record.kind) {
    case 'conversation': return `conversation#${record.conversation.conversation_id}`;
    case 'thread': return `thread#${record.thread}`;
    case 'reply': return `reply#${record.thread}`;
    case 'opt_out': return 'opt-out';
  }
}
