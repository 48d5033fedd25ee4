import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { EventSourceDefinition } from '../../../../tools/embedded-aws/functions/event-source-definition';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import { QueuePoller } from '../../../../tools/embedded-aws/functions/queue-poller';
import type { PolledQueue } from '../../../../tools/embedded-aws/functions/sqs-queue';
import { answered } from './handmade-stack';

const SOURCE: EventSourceDefinition = {
  logicalId: 'Source',
  functionArn: 'arn:function',
  queueArn: 'arn:aws:sqs:eu-west-1:111122223333:work',
  queueUrl: 'http://queues/work',
  isEnabled: true,
  batchSize: 2,
  batchingWindowSeconds: 0,
  reportsItemFailures: true,
};

/** A queue in memory whose long poll ends when a message comes or the poller stops. */
class FakeQueue implements PolledQueue {
  readonly asked: Array<{ readonly most: number; readonly waitSeconds: number }> = [];
  readonly deleted: string[] = [];
  isClosed = false;
  fault: Error | undefined;
  onReceive: (() => void) | undefined;
  private readonly waiting: Message[] = [];
  private wake: (() => void) | undefined;

  send(...identifiers: string[]): void {
    this.waiting.push(...identifiers.map((MessageId) => ({ MessageId, Body: MessageId })));
    this.wake?.();
  }

  async receive(most: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Message[]> {
    this.asked.push({ most, waitSeconds });
    this.onReceive?.();
    if (this.fault) throw this.fault;
    if (this.waiting.length === 0) {
      await new Promise<void>((woken, stopped) => {
        this.wake = woken;
        signal.addEventListener('abort', () => { stopped(new Error('aborted')); });
      });
    }
    return this.waiting.splice(0, most);
  }

  async delete(messages: readonly Message[]): Promise<void> {
    this.deleted.push(...messages.map(({ MessageId = '' }) => MessageId));
  }

  close(): void {
    this.isClosed = true;
  }
}

const SUCCESS = answered(null);

async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

describe('the poller of a queue', () => {
  const queue = () => new FakeQueue();
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => { for (const stop of stops.splice(0)) await stop(); });

  function start(
    polled: FakeQueue,
    {
      source = {},
      invoke = async () => SUCCESS,
      now,
    }: {
      source?: Partial<EventSourceDefinition>;
      invoke?: (functionArn: string, event: unknown) => Promise<InvocationResult>;
      now?: () => number;
    } = {},
  ) {
    const faults: string[] = [];
    const batches: string[][] = [];
    const poller = new QueuePoller({
      source: { ...SOURCE, ...source },
      queue: polled,
      concurrency: 2,
      restMilliseconds: 1,
      onFault: (fault) => faults.push(fault),
      invoke: async (functionArn, event) => {
        batches.push(Object(event).Records.map((record: { messageId: string }) => record.messageId));
        return invoke(functionArn, event);
      },
      ...(now && { now }),
    });
    poller.start();
    stops.push(async () => poller.stop());
    return { poller, faults, batches };
  }

  test('hands messages over in batches and deletes what was worked', async () => {
    const polled = queue();
    polled.send('a', 'b', 'c');
    const { batches } = start(polled);
    await turns();
    expect(batches).toEqual([['a', 'b'], ['c']]);
    expect(polled.deleted).toEqual(['a', 'b', 'c']);
    expect(polled.asked[0]).toEqual({ most: 2, waitSeconds: 20 });
  });

  test('leaves what failed on the queue', async () => {
    const polled = queue();
    polled.send('a', 'b');
    start(polled, { invoke: async () => ({ ...SUCCESS, payload: '{"batchItemFailures":[{"itemIdentifier":"a"}]}' }) });
    await turns();
    expect(polled.deleted).toEqual(['b']);
  });

  test('never has more batches at work than may run', async () => {
    const polled = queue();
    const finish: Array<() => void> = [];
    polled.send('a', 'b', 'c', 'd', 'e');
    const { batches } = start(polled, {
      invoke: async () =>
        new Promise((resolve) =>
          finish.push(() => {
            resolve(SUCCESS);
          }),
        ),
    });
    await turns();
    expect(batches).toHaveLength(2);
    finish[0]?.();
    await turns();
    expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    for (const one of finish) one();
  });

  test('waits for a batch to fill until its window is over', async () => {
    const polled = queue();
    let time = 0;
    polled.onReceive = () => {
      if (polled.asked.length === 2) {
        polled.send('b');
      } else if (polled.asked.length === 3) {
        time = 2000;
        polled.send('c');
      }
    };
    polled.send('a');
    const { batches } = start(polled, { source: { batchSize: 15, batchingWindowSeconds: 2 }, now: () => time });
    await turns();
    expect(batches).toEqual([['a', 'b', 'c']]);
    expect(polled.asked.slice(0, 3)).toEqual([
      { most: 10, waitSeconds: 20 },
      { most: 10, waitSeconds: 2 },
      { most: 10, waitSeconds: 2 },
    ]);
  });

  test('asks for no more than a batch still takes', async () => {
    const polled = queue();
    polled.onReceive = () => { if (polled.asked.length === 2) polled.send('b', 'c'); };
    polled.send('a');
    const { batches } = start(polled, { source: { batchSize: 3, batchingWindowSeconds: 60 }, now: () => 0 });
    await turns();
    expect(polled.asked[1]).toEqual({ most: 2, waitSeconds: 20 });
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  test('reports a fault, pauses and goes on', async () => {
    const polled = queue();
    polled.fault = new Error('AccessDenied');
    const { faults, batches } = start(polled);
    while (polled.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    polled.fault = undefined;
    polled.send('a');
    while (batches.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(faults[0]).toBe('Receiving from arn:aws:sqs:eu-west-1:111122223333:work failed: Error: AccessDenied');
  });

  test('reports a batch that could not be worked or deleted', async () => {
    const polled = queue();
    polled.send('a');
    const { faults } = start(polled, { invoke: async () => Promise.reject(new Error('no such function')) });
    await turns();
    expect(faults).toEqual([
      'Working messages of arn:aws:sqs:eu-west-1:111122223333:work failed: Error: no such function',
    ]);
    expect(polled.deleted).toEqual([]);
  });

  test('stops in the middle of a long poll, without a word', async () => {
    const polled = queue();
    const { poller, faults } = start(polled);
    await turns();
    await poller.stop();
    expect(faults).toEqual([]);
    expect(polled.isClosed).toBe(true);
  });

  test('waits for the batches at work when it stops', async () => {
    const polled = queue();
    let finish: () => void = () => undefined;
    polled.send('a');
    const { poller } = start(polled, {
      invoke: async () =>
        new Promise((resolve) => {
          finish = () => {
            resolve(SUCCESS);
          };
        }),
    });
    await turns();
    const stopped = poller.stop();
    finish();
    await stopped;
    expect(polled.deleted).toEqual(['a']);
  });

  test('says nothing of a batch that its own stop has ended', async () => {
    const polled = queue();
    let fail: () => void = () => undefined;
    polled.send('a');
    const { poller, faults } = start(polled, {
      invoke: async () =>
        new Promise((_resolve, reject) => {
          fail = () => {
            reject(new Error('stopped'));
          };
        }),
    });
    await turns();
    const stopped = poller.stop();
    fail();
    await stopped;
    expect(faults).toEqual([]);
  });
});
