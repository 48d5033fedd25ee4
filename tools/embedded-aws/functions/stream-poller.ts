import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamRecord, TableStream } from '../services/table-stream';
import { doneMessageIds } from './batch-outcome';
import type { InvocationResult } from './invocation-result';
import { passesFilter } from './record-filter';
import { streamEvent, streamRecord } from './stream-event';
import type { StreamSourceDefinition } from './stream-source-definition';

export interface StreamPollerOptions {
  readonly source: StreamSourceDefinition;
  readonly stream: TableStream;
  readonly region: string;
  readonly invoke: (functionArn: string, event: unknown) => Promise<InvocationResult>;
  /** Receives what went wrong around the function, as a sentence. */
  readonly onFault: (fault: string) => void;
  readonly now?: () => number;
  /** Rest after a batch that failed; it doubles with each failure. */
  readonly restMilliseconds?: number;
}

/** A table on demand begins with four partitions, each of which has a shard of the stream. */
const SHARDS = 4;
const DEFAULT_REST_MILLISECONDS = 200;
const LONGEST_REST_MILLISECONDS = 10_000;

/** Hands a stream's records to a function, shard by shard and in order, as Lambda's event source mapping does. */
export class StreamPoller {
  private readonly stopping = new AbortController();
  private readonly shards = Array.from({ length: SHARDS }, () => new Shard());
  private loops: ReadonlyArray<Promise<void>> = [];
  private unfollow?: () => void;

  constructor(private readonly options: StreamPollerOptions) {}

  start(): void {
    const { stream, source: { filters }, region } = this.options;
    this.unfollow = stream.follow((record) => {
      const shown = streamRecord(record, stream.arn, region);
      if (filters.length > 0 && !filters.some((pattern) => passesFilter(pattern, shown))) return;
      this.shards[shardOf(record)]?.add(record);
    });
    this.loops = this.shards.map(async (shard) => this.poll(shard));
  }

  /** Takes nothing more and waits for the batches at work. */
  async stop(): Promise<void> {
    this.unfollow?.();
    this.stopping.abort();
    for (const shard of this.shards) shard.wake();
    await Promise.all(this.loops);
  }

  private async poll(shard: Shard): Promise<void> {
    const { batchSize, batchingWindowSeconds } = this.options.source;
    while (!this.stopping.signal.aborted) {
      await shard.untilFilled();
      if (batchingWindowSeconds > 0 && shard.length < batchSize) await this.rest(batchingWindowSeconds * 1000);
      const batch = shard.take(batchSize);
      if (batch.length > 0 && !this.stopping.signal.aborted) await this.work(batch);
    }
  }

  /** Nothing behind a batch that fails is worked before it has succeeded, is too old or was repeated too often. */
  private async work(
    given: readonly StreamRecord[],
    mostAttempts = this.options.source.mostRetries + 1,
  ): Promise<void> {
    const { bisects, oldestSeconds } = this.options.source;
    const { restMilliseconds = DEFAULT_REST_MILLISECONDS, now = Date.now } = this.options;
    let batch = given;
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      batch = batch.filter(({ at }) => now() - at <= oldestSeconds * 1000);
      const left = batch.length === 0 ? [] : await this.tryBatch(batch);
      if (left.length === 0) return;
      if (left.length < batch.length) attempt = 0;
      batch = left;
      if (attempt >= mostAttempts) return;
      if (bisects && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.work(batch.slice(0, half), mostAttempts);
        return this.work(batch.slice(half), mostAttempts);
      }
      await this.rest(Math.min(LONGEST_REST_MILLISECONDS, restMilliseconds * 2 ** attempt));
    }
  }

  /** What is to be repeated: from the first record that failed on. */
  private async tryBatch(batch: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const { source, stream, region, invoke, onFault } = this.options;
    try {
      const result = await invoke(source.functionArn, streamEvent(batch, stream.arn, region));
      const places = batch.map(({ sequenceNumber }) => sequenceNumber);
      const done = new Set(doneMessageIds(places, result, source.reportsItemFailures));
      const failed = batch.findIndex(({ sequenceNumber }) => !done.has(sequenceNumber));
      return failed === -1 ? [] : batch.slice(failed);
    } catch (fault) {
      if (!this.stopping.signal.aborted) onFault(`Working records of ${stream.arn} failed: ${String(fault)}`);
      return batch;
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** Records of one partition key lie in one shard. */
function shardOf({ keys }: StreamRecord): number {
  const [partition] = Object.values(keys);
  return (createHash('sha1').update(JSON.stringify(partition)).digest()[0] ?? 0) % SHARDS;
}

/** Records that wait, in their order. */
class Shard {
  private records: StreamRecord[] = [];
  private onRecord?: () => void;
  private isStopped = false;

  get length(): number {
    return this.records.length;
  }

  add(record: StreamRecord): void {
    this.records.push(record);
    this.onRecord?.();
  }

  wake(): void {
    this.isStopped = true;
    this.onRecord?.();
  }

  async untilFilled(): Promise<void> {
    if (this.records.length > 0 || this.isStopped) return;
    await new Promise<void>((resolve) => { this.onRecord = resolve; });
  }

  take(most: number): readonly StreamRecord[] {
    return this.records.splice(0, most);
  }
}
