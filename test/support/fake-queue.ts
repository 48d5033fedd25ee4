import type { ChannelQueue, HandoffQueue } from '../../src/core/ports/channel-queue';
import type { TurnQueue } from '../../src/core/ports/turn-queue';
import type { Clock } from '../../src/core/ports/clock';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';

type Enqueued = Parameters<ChannelQueue['enqueue']>[0];

export interface Delivery {
  readonly entryId: number;
  readonly conversationId: string;
  /** Counts from 1. */
  readonly receiveCount: number;
}

interface Entry {
  readonly conversationId: string;
  visibleAt: number;
  receives: number;
}

/** A queue in memory with SQS's rules: invisibility after a receive, dead letters after too many. */
export class FakeQueue implements ChannelQueue {
  readonly enqueued: Enqueued[] = [];
  readonly deadLetters: string[] = [];
  private readonly entries = new Map<number, Entry>();
  private readonly clock: Clock;
  private readonly rules: { readonly visibilityMilliseconds: number; readonly maxReceiveCount: number };

  constructor(clock: Clock, rules = { visibilityMilliseconds: 360_000, maxReceiveCount: QUEUE_RECEIVES }) {
    this.clock = clock;
    this.rules = rules;
  }

  enqueue(message: Enqueued): Promise<void> {
    this.enqueued.push(message);
    const visibleAt = this.clock.now() + (message.delaySeconds ?? 0) * 1000;
    this.entries.set(this.enqueued.length, { conversationId: message.conversationId, visibleAt, receives: 0 });
    return Promise.resolve();
  }

  /** The moment at which the next message becomes visible; undefined: the queue is empty. */
  nextVisibleAt(): number | undefined {
    const moments = [...this.entries.values()].map((entry) => entry.visibleAt);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  /** The visible message that has waited longest; one that was received too often goes to the dead letters instead. */
  receive(): Delivery | undefined {
    const visible = [...this.entries].filter(([, entry]) => entry.visibleAt <= this.clock.now());
    const first = visible.sort(([, one], [, other]) => one.visibleAt - other.visibleAt)[0];
    if (!first) return undefined;
    const [entryId, entry] = first;
    if (entry.receives === this.rules.maxReceiveCount) {
      this.entries.delete(entryId);
      this.deadLetters.push(entry.conversationId);
      return this.receive();
    }
    entry.receives += 1;
    entry.visibleAt = this.clock.now() + this.rules.visibilityMilliseconds;
    return { entryId, conversationId: entry.conversationId, receiveCount: entry.receives };
  }

  hold(entryId: number, seconds: number): void {
    const entry = this.entries.get(entryId);
    if (entry) entry.visibleAt = this.clock.now() + seconds * 1000;
  }

  remove(entryId: number): void {
    this.entries.delete(entryId);
  }
}

/** Keeps what was handed to a person. */
export class FakeHandoff implements HandoffQueue {
  readonly items: Array<Parameters<HandoffQueue['handOff']>[0]> = [];

  handOff(item: Parameters<HandoffQueue['handOff']>[0]): Promise<void> {
    this.items.push(item);
    return Promise.resolve();
  }
}

/** Keeps which bursts were queued. */
export class FakeTurns implements TurnQueue {
  readonly items: Array<Parameters<TurnQueue['enqueue']>[0]> = [];

  enqueue(item: Parameters<TurnQueue['enqueue']>[0]): Promise<void> {
    this.items.push(item);
    return Promise.resolve();
  }
}
