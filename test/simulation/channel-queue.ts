import type { ChannelQueue } from '../../src/core/ports/channel-queue';
import { QUEUE_RECEIVES } from '../../src/core/queue-policy';
import type { Machine } from './machine';

export interface Received {
  readonly entry: number;
  readonly conversationId: string;
  readonly receiveCount: number;
}

interface Entry {
  readonly conversationId: string;
  visibleAt: number;
  receives: number;
}

const VISIBILITY = 360_000;
/** Messages of an invocation at most. */
const BATCH = 2;

/** A queue with SQS's rules: at least once, in no order, invisible after a receive, dead letters after too many. */
export class SimulatedQueue {
  readonly deadLetters: string[] = [];
  readonly bodies: string[] = [];
  private readonly entries = new Map<number, Entry>();
  private count = 0;

  constructor(private readonly machine: Machine, private readonly deliver: (batch: readonly Received[]) => void) {}

  put(message: Parameters<ChannelQueue['enqueue']>[0], doubled: boolean): void {
    this.bodies.push(JSON.stringify(message));
    const fault = this.machine.fault('queue')?.what;
    if (fault === 'lost') return;
    const copies = doubled || fault === 'doubled' ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const entry = (this.count += 1);
      const delay = fault === 'late' ? this.machine.random.below(600_000) : copy * this.machine.random.below(60_000);
      const visibleAt = this.machine.now + (message.delaySeconds ?? 0) * 1000 + delay;
      this.entries.set(entry, { conversationId: message.conversationId, visibleAt, receives: 0 });
      this.poll(entry, visibleAt);
    }
  }

  hold(entry: number, seconds: number): void {
    const found = this.entries.get(entry);
    if (!found) return;
    found.visibleAt = this.machine.now + seconds * 1000;
    this.poll(entry, found.visibleAt);
  }

  remove(entry: number): void {
    this.entries.delete(entry);
  }

  left(): number {
    return this.entries.size;
  }

  private poll(entry: number, visibleAt: number): void {
    this.machine.after(visibleAt - this.machine.now + this.machine.random.below(300), () => {
      const found = this.entries.get(entry);
      if (!found || found.visibleAt > this.machine.now) return;
      const others = [...this.entries]
        .filter(([other, { visibleAt: at }]) => other !== entry && at <= this.machine.now)
        .map(([other]) => other);
      const batch = [entry, ...others.slice(0, BATCH - 1)].flatMap((each) => this.receive(each));
      if (batch.length > 0) this.deliver(batch);
    });
  }

  private receive(entry: number): readonly Received[] {
    const found = this.entries.get(entry);
    if (!found) return [];
    if (found.receives === QUEUE_RECEIVES) {
      this.entries.delete(entry);
      this.deadLetters.push(found.conversationId);
      return [];
    }
    found.receives += 1;
    this.hold(entry, VISIBILITY / 1000);
    return [{ entry, conversationId: found.conversationId, receiveCount: found.receives }];
  }
}
