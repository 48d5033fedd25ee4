import { takeTurns } from '../../../src/conversation/take-turns';
import { timestamp } from '../../../src/core/ports/clock';
import type { Receipt } from '../../../src/core/ports/receipt';
import { QUEUE_RECEIVES } from '../../../src/core/queue-policy';
import { processBatch } from '../../../src/processor/process-batch';
import { takeReceipt } from '../../../src/receipts/take-receipt';
import { reconcile } from '../../../src/reconciler/reconcile';
import type { Received, SimulatedQueue } from '../channel-queue';
import { START } from '../machine';
import type { Chat, ReplyPorts } from './reply-ports';

const MINUTE = 60_000;
const FUNCTION_TIME = 60_000;
const RECONCILER_TIME = 55_000;
/** Milliseconds of a function that answers over HTTP. */
export const SHORT = 10_000;

/** The functions that queues, vendors and the clock start. */
export class ReplyWorkers {
  private wasSlow = false;
  private readonly ticks = new Set<number>();

  constructor(private readonly chat: Chat, private readonly ports: ReplyPorts) {}

  startTurns(batch: readonly Received[]): void {
    if (this.isOut(this.chat.turns, batch)) return;
    this.chat.machine.start('turn', this.functionTime(), async (process) => {
      const items = batch.map(({ entry, conversationId }) => ({ itemId: String(entry), threadId: conversationId }));
      const results = await takeTurns(items, this.ports.turn(process));
      await this.chat.machine.call(process, 'respond', () => this.settle(this.chat.turns, results));
    });
  }

  startProcessor(batch: readonly Received[]): void {
    if (this.isOut(this.chat.queue, batch)) return;
    this.chat.machine.start('processor', this.functionTime(), async (process) => {
      const { slow } = this.chat.plan.answers ?? {};
      if (slow && !this.wasSlow && this.chat.machine.now >= START + slow.after * 1000) {
        this.wasSlow = true;
        process.slow = { calls: slow.call, seconds: slow.seconds };
      }
      const items = batch.map(({ entry, conversationId, receiveCount }) => (
        { itemId: String(entry), conversationId, receiveCount }
      ));
      const settings = { channel: this.chat.channel, processorVersion: '1.0.0', maxReceiveCount: QUEUE_RECEIVES } as const;
      const ports = this.ports.processor(process);
      const results = await processBatch(items, ports, settings, this.chat.machine.now + FUNCTION_TIME);
      await this.chat.machine.call(process, 'respond', () => this.settle(this.chat.queue, results));
    });
  }

  /** While nothing is taken from the queues, it waits for the end of the outage. */
  private isOut(queue: SimulatedQueue, batch: readonly Received[]): boolean {
    const end = this.outageEnd(queue === this.chat.queue ? 'sends' : 'everything');
    if (end === undefined) return false;
    for (const { entry } of batch) queue.hold(entry, (end - this.chat.machine.now) / 1000);
    return true;
  }

  private outageEnd(part: 'sends' | 'everything'): number | undefined {
    const { outage } = this.chat.plan.answers ?? {};
    const seconds = (this.chat.machine.now - START) / 1000;
    const isMeant = outage?.of === 'everything' || outage?.of === part;
    return isMeant && seconds >= outage.from && seconds < outage.until ? START + outage.until * 1000 : undefined;
  }

  private functionTime(): number {
    return this.chat.plan.outlives ? 4 * FUNCTION_TIME : FUNCTION_TIME;
  }

  private settle(
    queue: SimulatedQueue,
    results: ReadonlyArray<{ readonly itemId: string; readonly outcome: string; readonly afterSeconds?: number }>,
  ): void {
    for (const { itemId, outcome, afterSeconds } of results) {
      if (outcome === 'done') queue.remove(Number(itemId));
      else if (outcome === 'retry') queue.hold(Number(itemId), afterSeconds ?? 0);
    }
  }

  startReceipt(receipt: Receipt, tries: number): void {
    this.chat.machine.start('receipt', SHORT, async (process) => {
      let isTaken = false;
      this.chat.machine.after(15_000, () => isTaken || (tries > 1 && this.startReceipt(receipt, tries - 1)));
      const found = this.chat.conversations.all().find((one) => one.conversation_id === receipt.conversationId);
      if (found) await takeReceipt(receipt, found, { ...this.ports.inbound(process), senders: this.ports.senders });
      isTaken = true;
    });
  }

  /** The minute after something is due; the minutes between are left out. */
  lookAfter(dueAt: string | undefined): void {
    if (dueAt === undefined) return;
    const earliest = this.outageEnd('everything') ?? this.chat.machine.now;
    const minute = Math.ceil((Math.max(Date.parse(dueAt), earliest) + 1 - START) / MINUTE);
    if (this.ticks.has(minute)) return;
    this.ticks.add(minute);
    this.chat.machine.after(START + minute * MINUTE - this.chat.machine.now, () => {
      const before = timestamp(this.chat.machine.now + 1);
      const isDue = [...this.chat.conversations.all(), ...this.chat.threads.known().values()].some((one) => (
        one.attention !== undefined && one.due_at !== undefined && one.due_at < before
      ));
      if (!isDue) return;
      this.lookAfter(timestamp(this.chat.machine.now + MINUTE / 2));
      this.chat.machine.start('reconciler', RECONCILER_TIME, async (process) => {
        const ports = this.ports.reconciler(process);
        await reconcile(ports, { records: 20, finishBy: this.chat.machine.now + RECONCILER_TIME - 18_000 });
      });
    });
  }
}
