import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { doneMessageIds } from './batch-outcome';
import type { EventSourceDefinition } from './event-source-definition';
import type { InvocationResult } from './invocation-result';
import { queueEvent } from './queue-event';
import type { PolledQueue } from './sqs-queue';

export interface QueuePollerOptions {
  readonly source: EventSourceDefinition;
  readonly queue: PolledQueue;
  /** Invocations at once. */
  readonly concurrency: number;
  readonly invoke: (functionArn: string, event: unknown) => Promise<InvocationResult>;
  /** Receives what went wrong around the function, as a sentence. */
  readonly onFault: (fault: string) => void;
  readonly now?: () => number;
  /** Rest after a failed call to the queue. */
  readonly restMilliseconds?: number;
}

const LARGEST_RECEIVE = 10;
const LONGEST_WAIT_SECONDS = 20;
const DEFAULT_REST_MILLISECONDS = 1000;

/** Takes messages off a queue in batches and hands them to a function, as Lambda's event source mapping does. */
export class QueuePoller {
  private readonly stopping = new AbortController();
  private readonly atWork = new Set<Promise<void>>();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: QueuePollerOptions) {}

  start(): void {
    this.loop = this.poll();
  }

  /** Takes nothing more and waits for the batches at work. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    await Promise.all(this.atWork);
    this.options.queue.close();
  }

  private async poll(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const batch = await this.collect();
      if (batch.length === 0) continue;
      const work = this.work(batch).finally(() => this.atWork.delete(work));
      this.atWork.add(work);
      while (this.atWork.size >= this.options.concurrency) await Promise.race(this.atWork);
    }
  }

  /** Waits for a first message, then for more of them until the batch is full or its window is over. */
  private async collect(): Promise<readonly Message[]> {
    const { source: { batchSize, batchingWindowSeconds }, now = Date.now } = this.options;
    const batch = [...await this.receive(batchSize, LONGEST_WAIT_SECONDS)];
    const deadline = now() + batchingWindowSeconds * 1000;
    while (batch.length > 0 && batch.length < batchSize && now() < deadline && !this.stopping.signal.aborted) {
      const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil((deadline - now()) / 1000));
      batch.push(...await this.receive(batchSize - batch.length, waitSeconds));
    }
    return batch;
  }

  private async receive(most: number, waitSeconds: number): Promise<readonly Message[]> {
    const { queue, source, restMilliseconds = DEFAULT_REST_MILLISECONDS } = this.options;
    try {
      return await queue.receive(Math.min(most, LARGEST_RECEIVE), waitSeconds, this.stopping.signal);
    } catch (fault) {
      if (this.stopping.signal.aborted) return [];
      this.options.onFault(`Receiving from ${source.queueArn} failed: ${String(fault)}`);
      await sleep(restMilliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      return [];
    }
  }

  private async work(batch: readonly Message[]): Promise<void> {
    const { source, queue, invoke, onFault } = this.options;
    try {
      const result = await invoke(source.functionArn, queueEvent(batch, source.queueArn));
      const done = doneMessageIds(
        batch.flatMap((message) => message.MessageId ?? []),
        result,
        source.reportsItemFailures,
      );
      const worked = batch.filter((message) => message.MessageId !== undefined && done.includes(message.MessageId));
      if (worked.length > 0) await queue.delete(worked);
    } catch (fault) {
      if (!this.stopping.signal.aborted) onFault(`Working messages of ${source.queueArn} failed: ${String(fault)}`);
    }
  }
}
