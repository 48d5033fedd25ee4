import type { ConversationIndex, IndexedConversation, ListQuery } from '../ports/conversation-index';
import type { Timestamp } from '../ports/clock';
import type { Position } from './cursor';
import { isAfter, positionOf } from './cursor';

export type Part = Pick<ListQuery, 'index' | 'partition'>;

/** An entry of a list, and whether nothing comes after it. */
export interface Listed {
  readonly entry: IndexedConversation;
  readonly isLast: boolean;
}

/** Keys that are asked for at first from each partition, at least. */
const FEWEST_KEYS = 10;

/** Keys of one partition that are asked for at once; who reads so far reads on. */
const MOST_KEYS = 250;

/** Partitions that are asked at once. */
const AT_ONCE = 25;

/** The entries of all partitions as one list, the newest first. Each is read once, whatever lies beside it. */
export async function* newestFirst(
  index: Pick<ConversationIndex, 'newestFirst'>,
  parts: readonly Part[],
  { from, after, keys: wanted }: {
    readonly from?: Timestamp;
    readonly after?: Position;
    /** Asked for at first, from all partitions together. */
    readonly keys: number;
  },
): AsyncGenerator<Listed, void> {
  const keys = Math.max(FEWEST_KEYS, Math.ceil(wanted / Math.max(1, parts.length)));
  const streams = parts.map((part) => new PartStream(index, part, { until: after?.at ?? from, keys }));
  await fillAll(streams);
  for (;;) {
    const heads = streams.flatMap(({ head }) => head?.at ?? []);
    if (heads.length === 0) return;
    const newest = heads.reduce((one, other) => (one > other ? one : other));
    const group: IndexedConversation[] = [];
    for (const stream of streams) {
      while (stream.head?.at === newest) {
        group.push(stream.head);
        await stream.next();
      }
    }
    const isEnd = streams.every(({ head }) => head === undefined);
    const left = sorted(group).filter((entry) => after === undefined || isAfter(positionOf(entry), after));
    for (const [place, entry] of left.entries()) yield { entry, isLast: isEnd && place === left.length - 1 };
  }
}

async function fillAll(streams: readonly PartStream[]): Promise<void> {
  for (let begin = 0; begin < streams.length; begin += AT_ONCE) {
    await Promise.all(streams.slice(begin, begin + AT_ONCE).map(async (stream) => stream.fill()));
  }
}

/** What one moment has, in the order of the cursor. */
function sorted(group: readonly IndexedConversation[]): readonly IndexedConversation[] {
  if (group.length === 1) return group;
  return group
    .map((entry) => ({ entry, position: positionOf(entry) }))
    .sort((one, other) => (isAfter(one.position, other.position) ? 1 : -1))
    .map(({ entry }) => entry);
}

/** One partition, read on as it is needed. */
class PartStream {
  private waiting: readonly IndexedConversation[] = [];
  private place = 0;
  private isDone = false;
  private until: Timestamp | undefined;
  private keys: number;
  /** What was read of the moment `until`: the next query begins with it again. */
  private known = new Set<string>();

  constructor(
    private readonly index: Pick<ConversationIndex, 'newestFirst'>,
    private readonly part: Part,
    { until, keys }: { readonly until: Timestamp | undefined; readonly keys: number },
  ) {
    this.until = until;
    this.keys = keys;
  }

  /** The newest that was not taken yet; undefined after the last. */
  get head(): IndexedConversation | undefined {
    return this.waiting[this.place];
  }

  async next(): Promise<void> {
    this.place += 1;
    if (this.head === undefined && !this.isDone) await this.fill();
  }

  async fill(): Promise<void> {
    const { until, part } = this;
    const limit = this.keys + this.known.size;
    const read = await this.index.newestFirst({ ...part, ...(until === undefined ? {} : { until }), limit });
    const last = read.at(-1)?.at;
    this.waiting = read.filter(({ at, key }) => at !== until || !this.known.has(key.conversation_id));
    this.place = 0;
    this.isDone = read.length < limit || this.waiting.length === 0;
    if (last !== until) this.known = new Set();
    for (const { at, key } of read) if (at === last) this.known.add(key.conversation_id);
    this.until = last;
    this.keys = Math.min(MOST_KEYS, this.keys * 2);
  }
}
